import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { findSuspects } from '../../src/icp/find-suspects.ts';
import { readTask, sharedFolder, trainingSetOf } from '../bench/tasks.ts';
import { aFeature, aSet } from './fit-support.ts';

function suspectsWith(column: readonly (string | number | null)[], type: 'category' | 'number'): string[] {
  const set = aSet({ extra: [{ feature: aFeature('leak', type, { field: 'leak_field' }), column }] });
  return findSuspects(set).map(({ field }) => field);
}

describe('columns that the outcome may have written', () => {
  const won = aSet().fit.reached.won;

  it('finds none among honest ones', () => {
    assert.deepEqual(findSuspects(aSet()), []);
  });

  it('finds a copy of the outcome, as a number or as words', () => {
    assert.deepEqual(suspectsWith(won, 'number'), ['leak_field']);
    assert.deepEqual(
      suspectsWith(
        won.map((value) => (value === 1 ? 'signed' : 'gone')),
        'category',
      ),
      ['leak_field'],
    );
  });

  it('finds a column that is only filled for one outcome, though seldom', () => {
    const reason = won.map((value, row) => (value === 0 && row % 9 === 0 ? 'too expensive' : null));
    assert.deepEqual(suspectsWith(reason, 'category'), ['leak_field']);
  });

  it('lets a column pass that is often blank for either outcome', () => {
    const blank = won.map((_, row) => (row % 4 === 0 ? 'yes' : null));
    assert.deepEqual(suspectsWith(blank, 'category'), []);
  });

  it('finds what gives churning away, and names it', () => {
    const set = aSet({ rows: 2000, churned: () => -1 });
    const feature = aFeature('exit_survey', 'category');
    const column = set.fit.churned.map((value) => (value === 1 ? 'sent' : 'none'));
    const table = {
      ...set.fit.table,
      features: [...set.fit.table.features, feature],
      columns: [...set.fit.table.columns, column],
    };
    const [suspect] = findSuspects({ ...set, fit: { ...set.fit, table } });
    assert.equal(suspect?.field, 'exit_survey');
    assert.match(suspect.reason, /predicts churning with AUC 1.00/);
  });

  it('says nothing of books too small to tell', () => {
    const set = aSet({ rows: 60, extra: [] });
    assert.deepEqual(findSuspects(set), []);
  });

  const tasks = resolve(sharedFolder, 'data/tasks');
  for (const [task, expected] of [
    ['xedu_convert_LEAKY', ['Lead Quality', 'Tags']],
    ['xedu_convert_strict', []],
    ['telco_churn', []],
    ['maven_win', []],
    ['bank_first70', []],
  ] as const) {
    it(`finds on real data what is known to leak: ${task}`, (t) => {
      if (!existsSync(tasks)) return t.skip('shared/data/tasks is not beside the checkout');
      const { table, outcome, name, ...rest } = readTask(task);
      const set = trainingSetOf({ table, outcome, name, ...rest }, [...outcome.keys()]);
      const found = findSuspects(set).map(({ field }) => field);
      assert.deepEqual(found.sort(), expected);
    });
  }
});
