import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import type { Feature, FeatureTable, FeatureValue } from '../../src/icp/types.ts';

/** A plain table of `shared/data/tasks`: the rows of a real data set with the split that others were measured on. */
export interface Task {
  name: string;
  rowIds: string[];
  outcome: (0 | 1)[];
  fold: number[];
  /** `train`, `test`, or empty where the task has no order in time. */
  timeSplit: string[];
  table: FeatureTable;
}

/** Real data lies beside the checkout, not in it. */
export const sharedFolder = resolve(import.meta.dirname, '../../../shared');

export function taskNames(): string[] {
  const files = readdirSync(resolve(sharedFolder, 'data/tasks'));
  return files.flatMap((file) => (file.endsWith('.csv') ? [file.slice(0, -4)] : [])).sort();
}

/** Reads a task in order of time: the leads of xeducation are stored newest first. */
export function readTask(name: string): Task {
  const text = readFileSync(resolve(sharedFolder, `data/tasks/${name}.csv`), 'utf8');
  const records: Record<string, string>[] = parse(text, { columns: true });
  if (name.startsWith('xedu')) records.reverse();
  const columns = Object.keys(records[0] ?? {}).filter((column) => /^(num|cat):/.test(column));
  const column = (name: string): string[] => records.map((record) => record[name] ?? '');
  return {
    name,
    rowIds: column('row_id'),
    outcome: column('y').map((value) => (value === '1' ? 1 : 0)),
    fold: column('fold').map(Number),
    timeSplit: column('time_split'),
    table: {
      accountIds: column('row_id'),
      features: columns.map(featureOf),
      columns: columns.map((name) => column(name).map((value) => readValue(name, value))),
    },
  };
}

function featureOf(column: string): Feature {
  const label = column.slice(4);
  const type = column.startsWith('num:') ? 'number' : 'category';
  return { key: label, label, layer: 'firmographic', part: 'fit', type, field: label };
}

function readValue(column: string, value: string): FeatureValue {
  if (value === '' || value === '__missing__') return null;
  return column.startsWith('num:') ? Number(value) : value;
}

/** Some rows of a task as a training set in which nothing but winning is known. */
export function trainingSetOf(task: Task, rows: readonly number[]): TrainingSet {
  const table = rowsOf(task, rows);
  const outcome = rows.map((row) => task.outcome[row] ?? 0);
  const won = outcome.filter((value) => value === 1).length;
  const nothing = rows.map(() => null);
  const none = { features: [], accountIds: [], columns: [] };
  return {
    book: task.name,
    asOf: rows.length,
    timeKind: 'order',
    fit: {
      table,
      touchedAt: rows.map((_, at) => at),
      reached: { accepted: nothing, qualified: nothing, won: outcome, expanded: nothing },
      churned: nothing,
    },
    timing: { table: none, fitRow: [], landmarkAt: [], won: [] },
    reference: table,
    counts: {
      accounts: rows.length,
      touched: rows.length,
      won,
      lost: rows.length - won,
      churnedAfterUse: 0,
      expanded: 0,
    },
    historyDays: null,
    suspects: [],
  };
}

export function rowsOf(task: Task, rows: readonly number[]): FeatureTable {
  const pick = <T>(column: readonly T[]): T[] => rows.map((row) => column[row]!);
  return {
    features: task.table.features,
    accountIds: pick(task.table.accountIds),
    columns: task.table.columns.map((column) => pick(column)),
  };
}
