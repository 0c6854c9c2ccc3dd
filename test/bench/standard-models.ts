import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { findPython } from './python.ts';
import { sharedFolder, type Task } from './tasks.ts';

const needed = 'import sklearn, xgboost, pandas';

export const standardModels = ['logreg_l2_C1', 'gam_stumps_d1', 'gbm_d2', 'hist_gbm_default', 'xgb_default'] as const;
export type StandardModel = (typeof standardModels)[number];
export type Kind = 'cv' | 'time';

/** What each standard model said of each row id. */
export type Said = Record<StandardModel, Map<string, number>>;

/** Runs the five models on the tasks that the folder does not have yet; false where they are not installed. */
export function runStandardModels(tasks: readonly string[], folder: string): boolean {
  const missing = tasks.filter((task) => !existsSync(resolve(folder, `${task}.csv`)));
  if (missing.length === 0) return true;
  const python = findPython(needed);
  if (python === null) return false;
  mkdirSync(folder, { recursive: true });
  const script = resolve(import.meta.dirname, '../reference/predict.py');
  const run = spawnSync(python, [script, resolve(sharedFolder, 'data'), folder, ...missing], { stdio: 'inherit' });
  return run.status === 0;
}

export function readSaid(task: Task, kind: Kind, folder: string): Said | null {
  const file = resolve(folder, `${task.name}.csv`);
  if (!existsSync(file)) return null;
  const records: Record<string, string>[] = parse(readFileSync(file, 'utf8'), { columns: true });
  const of = (model: StandardModel): Map<string, number> =>
    new Map(records.map((record) => [record.row_id ?? '', Number(record[`${kind}:${model}`])]));
  return {
    logreg_l2_C1: of('logreg_l2_C1'),
    gam_stumps_d1: of('gam_stumps_d1'),
    gbm_d2: of('gbm_d2'),
    hist_gbm_default: of('hist_gbm_default'),
    xgb_default: of('xgb_default'),
  };
}
