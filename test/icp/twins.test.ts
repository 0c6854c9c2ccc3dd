import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccountNotFoundError } from '../../src/errors.ts';
import { distanceBetween } from '../../src/icp/twins/find-twin.ts';
import { idealButDetractor } from '../../src/icp/twins/ideal-but-detractor.ts';
import { createPlaces } from '../../src/icp/twins/place-of.ts';
import { tablePoints } from '../../src/icp/twins/table-points.ts';
import { twinsOf } from '../../src/icp/twins/twins-of.ts';
import { analysisSetOf } from '../support/analysis-set.ts';

describe('twins on a planted market', () => {
  const { market, ...set } = analysisSetOf({ size: 'box', seed: 1, usage: false });
  const planted = new Set(market.answerKey.detractor?.accounts);
  const places = createPlaces(set);

  it('has leads that look ideal and match the detractor, and most of them are the planted ones', () => {
    const { leads, ideal, flagged, listed } = idealButDetractor(set);
    assert.ok(leads > ideal && ideal > flagged && flagged >= 20, JSON.stringify({ leads, ideal, flagged }));
    const right = listed.filter(({ id }) => planted.has(id)).length;
    assert.ok(right / listed.length > 0.7, `${right} of ${listed.length}`);
    for (const { id, fit, score } of listed) {
      assert.ok(fit > set.model.cuts.primary && score < fit);
      assert.equal(set.accounts.find((facts) => facts.id === id)?.isCustomer, false);
    }
  });

  it('counts the ideal as scoring account by account would', () => {
    const points = tablePoints(set.model, set.training.reference);
    for (const [row, id] of set.training.reference.accountIds.entries()) {
      if (row % 50 !== 0) continue;
      const positive = Math.min(1000, Math.max(0, set.model.base + points[row]!));
      assert.equal(places.now(id)?.scored.positive, positive);
    }
  });

  it('finds the nearest customers, by a distance that adds up from the traits of both', () => {
    const [lead] = idealButDetractor(set).listed;
    const found = twinsOf(set, lead!.id);
    const { churned, expanded, detractor } = found;
    assert.ok(churned !== null && expanded !== null && detractor !== null);
    const own = places.now(lead!.id)!;
    for (const [twin, space] of [
      [churned, 'churn'],
      [expanded, 'points'],
    ] as const) {
      const theirs = places.atFirstTouch(twin.id)!;
      const squares = own.hits.map(({ bin }, at) => {
        const other = theirs.hits[at]?.bin;
        const part =
          space === 'points'
            ? ((bin?.points ?? 0) - (other?.points ?? 0)) / 10
            : ((bin?.churn ?? 0) - (other?.churn ?? 0)) / 1000;
        return part ** 2;
      });
      assert.ok(Math.abs(twin.distance - Math.sqrt(squares.reduce((sum, square) => sum + square, 0))) < 0.001);
    }
    for (const facts of set.accounts) {
      const theirs = facts.churns.some(({ afterUse }) => afterUse) ? places.atFirstTouch(facts.id) : null;
      if (theirs !== null) assert.ok(distanceBetween(own, theirs, 'churn') >= churned.distance - 0.001);
    }
    assert.equal(detractor.multiplier, own.scored.multiplier / 1000);
    assert.ok(detractor.flagged && detractor.because.length > 0);
    assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
  });

  it('makes nobody its own twin, and does not know strangers', () => {
    const left = set.accounts.find(({ churns }) => churns.some(({ afterUse }) => afterUse))!;
    assert.notEqual(twinsOf(set, left.id).churned?.id, left.id);
    assert.throws(() => twinsOf(set, 'nobody'), AccountNotFoundError);
  });

  it('says that it cannot tell without an estimable detractor', () => {
    const bare = { ...set, model: { ...set.model, detractor: null } };
    assert.match(idealButDetractor(bare).why ?? '', /not estimable yet/);
    const { churned, detractor } = twinsOf(bare, set.accounts[0]!.id);
    assert.deepEqual([churned, detractor], [null, null]);
  });
});
