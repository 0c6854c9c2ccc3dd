import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTrainingSetBuilder, type TrainingSetOptions } from '../../src/icp/build-training-set.ts';
import { buildCatalogue } from '../../src/icp/features/catalogue.ts';
import type { AccountHistory } from '../../src/icp/history.ts';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import type { FeatureTable, TimeKind } from '../../src/icp/types.ts';
import {
  aCustomer,
  aHistory,
  aLead,
  anOpportunity,
  anOutcome,
  aSignal,
  dated,
  dayMs,
  on,
  undated,
} from './features/build-history.ts';

const asOf = on('2026-01-01');

function trainingSet(
  histories: readonly AccountHistory[],
  options: Partial<TrainingSetOptions> = {},
  timeKind: TimeKind = 'dates',
): TrainingSet {
  const catalogue = buildCatalogue(histories, { fields: [], asOf, timeKind });
  const builder = createTrainingSetBuilder({ book: 'test', asOf, timeKind, catalogue, ...options });
  for (const history of histories) builder.add(history);
  return builder.finish();
}

function columnOf(table: FeatureTable, key: string) {
  return table.columns[table.features.findIndex((feature) => feature.key === key)];
}

const accepted = (day: string) => aLead(day, { status: 'accepted', decidedAt: on(day) });
const untouched = aHistory({ id: 'untouched', observations: [undated({ industry: 'Retail' })] });

describe('a snapshot of customers', () => {
  it('counts everybody who left after use, however late, where all of them left in its last days', () => {
    const left = (id: string, start: string) =>
      aHistory({ id, customers: [{ ...aCustomer(start), endedAt: on('2025-12-31') }] });
    const { fit } = trainingSet([
      left('early', '2021-01-01'),
      left('late', '2025-06-01'),
      aHistory({ id: 'stays', customers: [aCustomer('2022-01-01')] }),
    ]);
    assert.deepEqual(fit.churned, [1, 0, 1]);
  });
});

describe('fit rows', () => {
  it('are as of the day before the first touch, in order of touch, without accounts that nobody touched', () => {
    const grown = (touch: string) => [dated('2025-01-01', { employees: 10 }), dated(touch, { employees: 99 })];
    const late = aHistory({ id: 'a', observations: grown('2025-06-01'), leads: [aLead('2025-06-01')] });
    const early = aHistory({
      id: 'b',
      observations: grown('2025-03-01'),
      opportunities: [anOpportunity('2025-03-01')],
    });
    const { fit, counts } = trainingSet([late, untouched, early]);
    assert.deepEqual(fit.table.accountIds, ['b', 'a']);
    assert.deepEqual(fit.touchedAt, [on('2025-03-01'), on('2025-06-01')]);
    assert.deepEqual(columnOf(fit.table, 'employees'), [10, 10]);
    assert.deepEqual([counts.accounts, counts.touched], [3, 2]);
  });

  it('have fit features only, timing rows timing features only, and the reference both', () => {
    const history = aHistory({
      observations: [undated({ industry: 'SaaS' })],
      signals: [aSignal('demo_request', '2025-01-15')],
      leads: [aLead('2025-02-01')],
    });
    const { fit, timing, reference } = trainingSet([history, untouched]);
    const parts = (table: FeatureTable) => [...new Set(table.features.map(({ part }) => part))];
    assert.deepEqual(parts(fit.table), ['fit']);
    assert.deepEqual(parts(timing.table), ['timing']);
    assert.equal(reference.features.length, fit.table.features.length + timing.table.features.length);
    for (const table of [fit.table, timing.table, reference]) {
      assert.equal(table.columns.length, table.features.length);
      for (const column of table.columns) assert.equal(column.length, table.accountIds.length);
    }
  });
});

describe('reached', () => {
  const of = (histories: AccountHistory[], options = {}) => trainingSet(histories, options).fit.reached;

  it('is 1 up to the last day of the horizon and 0 after it', () => {
    const won = (id: string, days: number) =>
      aHistory({
        id,
        leads: [accepted('2024-01-01')],
        outcomes: [{ ...anOutcome('won', '2024-01-01'), occurredAt: on('2024-01-01') + days * dayMs }],
      });
    assert.deepEqual(of([won('a', 365), won('b', 366)]).won, [1, 0]);
  });

  it('is null for an account that is too young, never 0', () => {
    const touched = (id: string, days: number) =>
      aHistory({ id, leads: [aLead(new Date(asOf - days * dayMs).toISOString().slice(0, 10))] });
    const winner = aHistory({ id: 'w', outcomes: [anOutcome('won', '2024-01-01')] });
    assert.deepEqual(of([winner, touched('a', 365), touched('b', 364)]).won, [1, 0, null]);
  });

  it('leaves out a young account that has reached the stage as it does its peers, unless told to keep it', () => {
    const young = aHistory({ leads: [accepted('2025-11-01')], outcomes: [anOutcome('won', '2025-12-01')] });
    assert.deepEqual(of([young]).won, [null]);
    assert.deepEqual(of([young], { youngReached: 'keep' }).won, [1]);
  });

  it('is null everywhere for a stage that the book keeps no record of', () => {
    const winner = aHistory({ id: 'a', outcomes: [anOutcome('won', '2023-01-01')] });
    const loser = aHistory({ id: 'b', outcomes: [anOutcome('lost', '2023-02-01')] });
    assert.deepEqual(of([winner, loser]), {
      accepted: [null, null],
      qualified: [null, null],
      won: [1, 0],
      expanded: [null, null],
    });
  });

  it('implies the earlier stages only where the source records them', () => {
    const winner = aHistory({ id: 'a', outcomes: [anOutcome('won', '2023-01-01')] });
    const rejected = aHistory({
      id: 'b',
      leads: [aLead('2023-02-01', { status: 'rejected', decidedAt: on('2023-02-02') })],
    });
    const { accepted: reached, qualified } = of([winner, rejected]);
    assert.deepEqual(
      [reached, qualified],
      [
        [1, 0],
        [null, null],
      ],
    );
  });

  it('counts a book of losses only as one that records winning', () => {
    assert.deepEqual(of([aHistory({ outcomes: [anOutcome('lost', '2023-02-01')] })]).won, [0]);
  });
});

describe('churned', () => {
  const of = (customer: ReturnType<typeof aCustomer>) =>
    trainingSet([aHistory({ customers: [customer] })]).fit.churned[0];

  it('is 1 after use within the horizon, 0 for the old and for those who left without use, null for the young', () => {
    assert.equal(of(aCustomer('2024-01-01', '2024-10-01')), 1);
    assert.equal(of(aCustomer('2024-01-01', '2024-02-01')), 0);
    assert.equal(of(aCustomer('2024-01-01', '2025-06-01')), 0);
    assert.equal(of(aCustomer('2024-01-01')), 0);
    assert.equal(of(aCustomer('2025-06-01')), null);
    assert.deepEqual(trainingSet([aHistory({ leads: [aLead('2023-01-01')] })]).fit.churned, [null]);
  });

  it('is null everywhere in a book that tells of no customer after winning', () => {
    const winner = aHistory({ id: 'a', outcomes: [anOutcome('won', '2023-01-01')] });
    assert.deepEqual(trainingSet([winner]).fit.churned, [null]);
    const left = aHistory({ id: 'b', outcomes: [anOutcome('won', '2023-02-01'), anOutcome('churned', '2023-09-01')] });
    assert.deepEqual(trainingSet([winner, left]).fit.churned, [0, 1]);
  });
});

describe('timing rows', () => {
  it('read signals month by month, and ask for a win in the 90 days that follow', () => {
    const history = aHistory({
      id: 'b',
      signals: [aSignal('demo_request', '2024-11-01'), aSignal('demo_request', '2025-01-25')],
      leads: [aLead('2025-02-01')],
      outcomes: [anOutcome('won', '2025-05-15')],
    });
    const other = aHistory({ id: 'a', leads: [aLead('2024-06-01')], signals: [aSignal('demo_request', '2023-01-01')] });
    const { fit, timing } = trainingSet([history, other]);
    const own = timing.table.accountIds.flatMap((id, index) => (id === 'b' ? [index] : []));
    const days = own.map((index) => new Date(timing.landmarkAt[index] ?? 0).toISOString().slice(0, 10));
    assert.deepEqual(days, [
      '2024-11-03',
      '2024-12-03',
      '2025-01-02',
      '2025-02-01',
      '2025-03-03',
      '2025-04-02',
      '2025-05-02',
    ]);
    assert.deepEqual(
      own.map((index) => timing.won[index]),
      [0, 0, 0, 0, 1, 1, 1],
    );
    assert.deepEqual(
      own.map((index) => columnOf(timing.table, 'days_since_last_activity')?.[index]),
      [2, 32, 62, 7, 37, 67, 97],
    );
    assert.ok(own.every((index) => fit.table.accountIds[timing.fitRow[index] ?? -1] === 'b'));
    assert.ok(timing.fitRow.every((row, index) => index === 0 || row >= (timing.fitRow[index - 1] ?? 0)));
  });

  it('stay under their cap by leaving out whole accounts', () => {
    const histories = Array.from({ length: 20 }, (_, index) =>
      aHistory({ id: `a${index}`, leads: [aLead('2024-01-01')], signals: [aSignal('demo_request', '2023-01-01')] }),
    );
    const all = trainingSet(histories).timing.table.accountIds;
    const each = all.length / 20;
    const some = trainingSet(histories, { maxLandmarks: 100 }).timing.table.accountIds;
    assert.ok(some.length > 0 && some.length <= 100);
    assert.equal(some.length, new Set(some).size * each);
  });
});

describe('the reference', () => {
  it('is every account that is not a customer now, as of now', () => {
    const customer = aHistory({ id: 'customer', customers: [aCustomer('2024-01-01')] });
    const left = aHistory({ id: 'left', customers: [aCustomer('2024-01-01', '2025-01-01')] });
    const lost = aHistory({
      id: 'lost',
      observations: [dated('2025-12-01', { employees: 77 })],
      outcomes: [anOutcome('lost', '2025-02-01')],
    });
    const { reference } = trainingSet([untouched, customer, lost, left]);
    assert.deepEqual(reference.accountIds, ['left', 'lost', 'untouched']);
    assert.deepEqual(columnOf(reference, 'employees'), [null, 77, null]);
  });

  it('is a sample that does not depend on the order of the accounts', () => {
    const histories = Array.from({ length: 50 }, (_, index) => aHistory({ id: `a${index}` }));
    const ids = (of: readonly AccountHistory[]) => trainingSet(of, { maxReference: 10 }).reference.accountIds;
    assert.equal(ids(histories).length, 10);
    assert.deepEqual(ids([...histories].reverse()), ids(histories));
  });
});

it('counts accounts by what became of them, lost only where nothing was won', () => {
  const histories = [
    untouched,
    aHistory({ id: 'a', outcomes: [anOutcome('lost', '2024-01-01'), anOutcome('won', '2024-06-01')] }),
    aHistory({ id: 'b', outcomes: [anOutcome('lost', '2024-01-01'), anOutcome('lost', '2024-02-01')] }),
    aHistory({
      id: 'c',
      outcomes: [anOutcome('expanded', '2025-01-01')],
      customers: [aCustomer('2024-01-01', '2025-09-01')],
    }),
    aHistory({ id: 'd', customers: [aCustomer('2025-01-01', '2025-02-01')] }),
  ];
  const { counts, historyDays } = trainingSet(histories);
  assert.deepEqual(counts, { accounts: 5, touched: 4, won: 3, lost: 1, churnedAfterUse: 1, expanded: 1 });
  assert.equal(historyDays, 609);
});

it('works with order in place of time: nothing is too young, nothing too late, and no days are told', () => {
  const row = (id: string, place: number, kind: 'won' | 'lost') =>
    aHistory({
      id,
      observations: [undated({ plan: kind === 'won' ? 'gold' : 'iron' })],
      outcomes: [{ ...anOutcome(kind, '2026-01-01'), occurredAt: place }],
    });
  const histories = [row('c', 2, 'won'), row('b', 1, 'lost'), row('a', 3, 'won')];
  const { fit, timing, historyDays } = trainingSet(histories, { asOf: 3 }, 'order');
  assert.deepEqual(fit.table.accountIds, ['b', 'c', 'a']);
  assert.deepEqual(fit.reached.won, [0, 1, 1]);
  assert.deepEqual(columnOf(fit.table, 'plan'), ['iron', 'gold', 'gold']);
  assert.deepEqual(timing.table.accountIds, []);
  assert.equal(historyDays, null);
});

it('changes no byte when anything is dated after its date, or when the accounts come in another order', () => {
  const base = [
    untouched,
    aHistory({
      id: 'a',
      observations: [dated('2024-12-01', { industry: 'SaaS' })],
      signals: [aSignal('demo_request', '2024-12-20')],
      leads: [accepted('2025-01-01')],
      opportunities: [anOpportunity('2025-01-10', { outcome: 'lost', closedAt: on('2025-03-01') })],
    }),
    aHistory({ id: 'b', observations: [undated({ industry: 'Retail' })], customers: [aCustomer('2025-04-01')] }),
  ];
  const later = base.map((history) => ({
    ...history,
    observations: [
      ...history.observations,
      dated('2026-01-02', { industry: 'Won it', oracle: history.customers.length }),
    ],
    signals: [...history.signals, aSignal('celebration', '2026-01-02')],
    outcomes: [anOutcome('won', '2026-01-02')],
    leads: [...history.leads, aLead('2026-01-02')],
    customers: history.customers.map((customer) => ({ ...customer, endedAt: on('2026-02-01') })),
  }));
  assert.equal(JSON.stringify(trainingSet(later)), JSON.stringify(trainingSet(base)));
  assert.equal(JSON.stringify(trainingSet([...base].reverse())), JSON.stringify(trainingSet(base)));
});

it('survives an empty book and a book without a single value', () => {
  const empty = trainingSet([]);
  assert.deepEqual([empty.fit.table.accountIds, empty.reference.accountIds, empty.counts.accounts], [[], [], 0]);
  const bare = trainingSet([aHistory({ leads: [accepted('2024-01-01')] })]);
  assert.deepEqual(bare.fit.table.features, []);
  assert.deepEqual(bare.fit.reached.accepted, [1]);
});

it('names the columns that the close wrote', () => {
  const { suspects } = trainingSet([aHistory({ observations: [undated({ loss_reason: 'price', industry: 'SaaS' })] })]);
  assert.deepEqual(
    suspects.map(({ field }) => field),
    ['loss_reason'],
  );
});
