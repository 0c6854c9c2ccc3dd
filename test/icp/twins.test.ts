import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { AccountNotFoundError } from '../../src/errors.ts';
import { distanceBetween } from '../../src/icp/twins/find-twin.ts';
import { idealButDetractor } from '../../src/icp/twins/ideal-but-detractor.ts';
import { createPlaces } from '../../src/icp/twins/place-of.ts';
import { createSupportOfPlace } from '../../src/icp/twins/support-of-place.ts';
import { tablePoints } from '../../src/icp/twins/table-points.ts';
import { twinsOf } from '../../src/icp/twins/twins-of.ts';
import { aHistory } from '../support/a-model.ts';
import { analysisSetOf } from '../support/analysis-set.ts';
import { catalogue, day, under, usual } from './changes/a-little-world.ts';

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

describe('what stands behind a score at its place', () => {
  const values = { employees: 200, crm: true, chat: true };
  const history = aHistory('a', {
    observations: [
      { values: { ...values, industry: 'SaaS' }, observedAt: 100 * day, source: 'crm' },
      { values: { industry: 'Retail' }, observedAt: 500 * day, source: 'crm' },
    ],
    signals: [{ kind: 'demo_request', observedAt: 290 * day, value: 1, source: 'web', text: null }],
    opportunities: [
      {
        ...{ id: 'd', createdAt: 300 * day, closedAt: null, outcome: 'open', amount: null, type: 'new', more: {} },
        ...{
          closeDate: null,
          budgetConfirmed: null,
          nextStep: null,
          lossReason: null,
          source: null,
          stakeholders: null,
        },
      },
    ],
  });
  const seen = (standing: 'full' | 'hypothesis') => ({
    ...{ model: under(1, {}, { standing }).model, catalogue, timeKind: 'dates' as const, asOf: 1_000 * day },
  });
  const base = 50;
  // Points of big, a CRM and a chat; the kind of company has changed since, and what it did is not read as of a first touch.
  const always = (usual.big + usual.crm + usual.chat) / 10;
  const today = base + always + usual.retail / 10;
  const then = base + always + usual.saas / 10;

  it('is that of the reading that gives the score: of today, or of before the first touch', () => {
    const supportOf = createSupportOfPlace(seen('hypothesis'));
    for (const score of [today, then]) {
      const { evidence, range } = supportOf(history, score);
      assert.equal(evidence, 'D');
      assert.ok(range !== null && range.low <= score && score <= range.high, JSON.stringify({ score, range }));
    }
    assert.notDeepEqual(supportOf(history, today).range, supportOf(history, then).range);
  });

  it('knows no range of a score that no reading gives', () => {
    assert.deepEqual(createSupportOfPlace(seen('hypothesis'))(history, 1.2), { evidence: 'D', range: null });
  });

  it('is no low evidence where the model was learnt from enough', () => {
    assert.equal(createSupportOfPlace(seen('full'))(history, today).evidence, 'B');
  });
});
