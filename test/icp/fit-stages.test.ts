import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fitDetractor } from '../../src/icp/fit-detractor.ts';
import { fitIcpModel } from '../../src/icp/fit-model.ts';
import { predictTable } from '../../src/icp/fit-predict.ts';
import type { Criterion, IcpModel, ModelBin } from '../../src/icp/model.ts';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import { sigmoid } from '../../src/stats/models/logistic.ts';
import { createRandom } from '../../src/stats/random.ts';
import { aFeature, aSet, planted } from './fit-support.ts';

function learn(set: TrainingSet): IcpModel {
  const { model, verdict } = fitIcpModel(set, { seed: 7 });
  assert.ok(model !== null, verdict.sentence);
  return model;
}

function binOf(criteria: readonly Criterion[], key: string, value: string): ModelBin {
  const bins = criteria.find((criterion) => criterion.key === key)?.bins ?? [];
  const bin = bins.find(({ match }) => match.kind === 'is' && match.values.includes(value));
  assert.ok(bin !== undefined, `${key} is not in the table`);
  return bin;
}

describe('levers of later stages', () => {
  it('lets a trait that reps love and expanding customers lack come out negative for expansion', () => {
    const model = learn(
      aSet({
        rows: 1500,
        accepted: ({ colour }) => (colour === 'red' ? 1.5 : -0.7),
        expanded: ({ colour, industry }) => (colour === 'red' ? -2 : -0.6) + (industry === 'logistics' ? 1 : 0),
      }),
    );
    const { levers } = binOf(model.criteria, 'colour', 'red');
    assert.ok(levers.accepted > 0.8, `accepted ${levers.accepted}`);
    assert.ok(levers.expanded < -0.4, `expanded ${levers.expanded}`);
    assert.ok(model.levers.expanded.borrowedShare < 0.8);
  });

  it('borrows where the next stage is like the one before it', () => {
    const model = learn(aSet({ rows: 1500, accepted: (account) => 1 + planted(account) }));
    assert.ok(model.levers.won.borrowedShare > 0.5);
    assert.equal(model.levers.accepted.borrowedShare, 0);
  });

  it('stands wholly on the stage before it with fewer than 20 events, and says so', () => {
    const set = aSet({ rows: 1000, expanded: () => -4.6 });
    const events = set.fit.reached.expanded.filter((value) => value === 1).length;
    assert.ok(events > 0 && events < 20);
    const model = learn(set);
    assert.equal(model.levers.expanded.borrowedShare, 1);
    assert.equal(model.levers.expanded.events, events);
    assert.match(model.warnings.join(), new RegExp(`only ${events} of 1000 accounts reached expanded`));
    for (const { levers } of model.criteria.flatMap(({ bins }) => bins)) assert.equal(levers.expanded, levers.won);
  });

  it('leaves a stage without any data out of the score', () => {
    const model = learn(aSet());
    assert.equal(model.levers.accepted.estimable, false);
    assert.equal(model.levers.expanded.estimable, false);
    for (const { levers } of model.criteria.flatMap(({ bins }) => bins)) {
      assert.equal(levers.accepted, 0);
      assert.equal(levers.expanded, 0);
    }
  });
});

describe('rare wins', () => {
  it('says the plain rate of a stage that is too rare to learn, so that early blocks do not spoil the verdict', () => {
    const rare = aSet({ rows: 700, won: (account) => 2.2 * planted(account) - 3.6 });
    assert.ok(rare.counts.won >= 50 && rare.counts.won < 100, `${rare.counts.won} won`);
    const { model, verdict } = fitIcpModel(rare, { seed: 1 });
    assert.equal(verdict.kind, 'provisional', verdict.sentence);
    assert.ok(model !== null && model.outOfTime!.expectedCalibrationError < 0.05);
  });
});

describe('the detractor', () => {
  const churny = { churned: ({ contract }: { contract: string }) => (contract === 'month' ? 0.8 : -2.5) };

  it('pushes accounts like those who left down, and keeps the shares on the final score', () => {
    const set = aSet({ rows: 2000, ...churny });
    const model = learn(set);
    assert.ok(
      binOf(model.criteria, 'contract', 'month').churn > binOf(model.criteria, 'contract', 'years').churn + 1000,
    );
    assert.ok(Number.isInteger(model.detractor!.intercept));
    const { score } = predictTable(model, set.reference);
    const above = (cut: number): number => score.filter((value) => value > cut).length / score.length;
    assert.ok(Math.abs(above(70) - 0.15) < 0.01);
    assert.ok(Math.abs(above(40) - 0.5) < 0.01);
  });

  it('says how likely churning is, about as often as it happens', () => {
    const set = aSet({ rows: 2000, ...churny });
    const { churn } = predictTable(learn(set), set.fit.table);
    const customers = [...set.fit.churned.keys()].filter((row) => set.fit.churned[row] !== null);
    const expected = customers.reduce((sum, row) => sum + churn![row]!, 0);
    assert.ok(Math.abs(expected - set.counts.churnedAfterUse) < 0.05 * set.counts.churnedAfterUse);
  });

  it('is not estimable with 24 churned customers, and is with 25', () => {
    const set = aSet({ rows: 800, ...churny });
    const keep = (wanted: number): TrainingSet => {
      let left = wanted;
      const churned = set.fit.churned.map((value) => (value === 1 && left-- <= 0 ? null : value));
      return { ...set, fit: { ...set.fit, churned }, counts: { ...set.counts, churnedAfterUse: wanted } };
    };
    assert.equal(fitDetractor(keep(24)), null);
    assert.equal(fitDetractor(keep(25))?.detractor.events, 25);
    const model = learn(keep(24));
    assert.equal(model.detractor, null);
    assert.match(model.warnings.join(), /not estimable yet/);
  });

  it('is learnt alone where everybody is a customer and winning cannot be learnt', () => {
    const set = aSet({ rows: 900, won: () => 50, ...churny });
    const { model, verdict } = fitIcpModel(set, { seed: 1 });
    assert.equal(model, null);
    assert.equal(verdict.kind, 'not enough data');
    const alone = fitDetractor(set);
    assert.ok(alone !== null);
    assert.ok(binOf(alone.criteria, 'contract', 'month').churn > 500);
    assert.ok(alone.criteria.every(({ bins }) => bins.every(({ points }) => points === 0)));
  });
});

describe('timing', () => {
  const day = 86_400_000;

  function withLandmarks(effect: number): TrainingSet {
    const set = aSet({ rows: 900 });
    const random = createRandom(5);
    const fitRow = set.fit.table.accountIds.flatMap((_, row) => [row, row, row]);
    const visits = fitRow.map(() => random.integer(0, 12 - 1));
    const won = fitRow.map((row, at): 0 | 1 => {
      const logOdds = (set.fit.reached.won[row] === 1 ? -1 : -2.5) + effect * (visits[at]! - 6);
      return random.next() < sigmoid(logOdds) ? 1 : 0;
    });
    const feature = aFeature('visits', 'number', { label: 'Visits', layer: 'behavioural', part: 'timing' });
    const table = { features: [feature], accountIds: fitRow.map((row) => `a${row}`), columns: [visits] };
    return {
      ...set,
      timing: { table, fitRow, landmarkAt: fitRow.map((row, at) => (row + (at % 3) * 30) * day), won },
      reference: {
        ...set.reference,
        features: [...set.reference.features, feature],
        columns: [...set.reference.columns, set.reference.accountIds.map((_, row) => visits[3 * row]!)],
      },
    };
  }

  it('adds the same to every lever that says something, and more for more', () => {
    const model = learn(withLandmarks(0.25));
    const { bins, part } = model.criteria.find(({ key }) => key === 'visits')!;
    assert.equal(part, 'timing');
    assert.ok(bins.at(-1)!.levers.won - bins[0]!.levers.won > 1.2);
    assert.ok(bins.at(-1)!.points > bins[0]!.points);
    for (const { levers } of bins) assert.equal(levers.accepted, 0);
  });

  it('learns from the landmarks since all is watched, so that no line of the table is about not watching', () => {
    const set = withLandmarks(0.25);
    const unwatched = (row: number): boolean => row % 3 === 0 && row < 900;
    const columns = set.timing.table.columns.map((column) =>
      column.map((value, row) => (unwatched(row) ? null : value)),
    );
    const model = learn({ ...set, timing: { ...set.timing, table: { ...set.timing.table, columns } } });
    const { bins } = model.criteria.find(({ key }) => key === 'visits')!;
    assert.ok(bins.every(({ match }) => match.kind === 'range'));
    assert.ok(bins.at(-1)!.levers.won - bins[0]!.levers.won > 1);
  });

  it('is centred on the reference accounts, so that it moves none of them on average', () => {
    const set = withLandmarks(0.25);
    const model = learn(set);
    const { bins } = model.criteria.find(({ key }) => key === 'visits')!;
    const visits = set.reference.columns.at(-1)!;
    const points = visits.map(
      (value) =>
        bins.find(
          ({ match }) =>
            match.kind === 'range' &&
            typeof value === 'number' &&
            (match.from === null || value >= match.from) &&
            (match.to === null || value < match.to),
        )?.points ?? 0,
    );
    assert.ok(Math.abs(points.reduce((sum, value) => sum + value, 0) / points.length) < 0.6);
  });

  it('adds nothing, and says so, when behaviour says nothing', () => {
    const model = learn(withLandmarks(0));
    assert.equal(
      model.criteria.some(({ key }) => key === 'visits'),
      false,
    );
    assert.match(model.warnings.join(), /behaviour and pain do not improve/);
  });
});
