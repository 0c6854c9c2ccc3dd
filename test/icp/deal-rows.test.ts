import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTrainingSetBuilder } from '../../src/icp/build-training-set.ts';
import { buildCatalogue } from '../../src/icp/features/catalogue.ts';
import type { AccountHistory } from '../../src/icp/history.ts';
import { aHistory, anOpportunity, dated, on } from './features/build-history.ts';

const asOf = on('2026-01-01');

/** An account that lost and won so many deals, one a day, and grew from 10 to 99 people on the day of its last deal. */
function reordering(id: string, lost: number, won: number): AccountHistory {
  const day = (nth: number) => new Date(Date.UTC(2025, 0, 1 + nth)).toISOString().slice(0, 10);
  const opportunities = Array.from({ length: lost + won }, (_, nth) => ({
    ...anOpportunity(day(nth)),
    id: `${id}-${nth}`,
    closedAt: on(day(nth + 1)),
    outcome: nth < lost ? ('lost' as const) : ('won' as const),
  }));
  const last = day(lost + won - 1);
  return aHistory({
    id,
    opportunities,
    observations: [dated('2024-01-01', { employees: 10 }), dated(last, { employees: 99 })],
  });
}

function setOf(histories: readonly AccountHistory[]) {
  const catalogue = buildCatalogue(histories, { fields: [], asOf });
  const builder = createTrainingSetBuilder({ book: 'test', asOf, timeKind: 'dates', catalogue });
  for (const history of histories) builder.add(history);
  return builder.finish();
}

describe('a book whose accounts all won sooner or later', () => {
  const set = setOf([reordering('a', 30, 40), reordering('b', 25, 20)]);

  it('is learnt from its deals, in order of their opening', () => {
    assert.equal(set.unit, 'deals');
    assert.deepEqual([set.counts.won, set.counts.lost], [60, 55]);
    assert.equal(set.fit.table.accountIds.length, 115);
    assert.deepEqual(
      [...set.fit.touchedAt].sort((x, y) => x - y),
      set.fit.touchedAt,
    );
    assert.equal(set.fit.reached.won.filter((value) => value === 1).length, 60);
    assert.ok(set.fit.reached.accepted.every((value) => value === null));
  });

  it('reads each deal as of the day before it was opened', () => {
    const employees = set.fit.table.columns[set.fit.table.features.findIndex(({ key }) => key === 'employees')];
    assert.ok(employees?.every((value) => value === 10));
  });

  it('stays with accounts where enough of them lost', () => {
    const losers = Array.from({ length: 50 }, (_, nth) => reordering(`loser ${nth}`, 1, 0));
    const both = setOf([reordering('a', 30, 40), ...losers]);
    assert.equal(both.unit, undefined);
    assert.deepEqual([both.counts.won, both.counts.lost], [1, 50]);
  });
});
