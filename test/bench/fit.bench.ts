import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { landmarkHorizonDays } from '../../src/icp/features/landmarks.ts';
import { binFeatures, binRows } from '../../src/icp/fit-bins.ts';
import { fitIcpModel } from '../../src/icp/fit-model.ts';
import { designOf } from '../../src/icp/fit-rows.ts';
import type { TrainingSet } from '../../src/icp/training-set.ts';
import type { Feature, FeatureTable, FeatureValue } from '../../src/icp/types.ts';
import { type AdditiveFit, fitAdditiveLogistic } from '../../src/stats/models/additive-logistic.ts';
import { binnedRows } from '../../src/stats/models/binned-rows.ts';
import { boostSteps } from '../../src/stats/models/boosted-steps.ts';
import { sigmoid } from '../../src/stats/models/logistic.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';
import { findPython } from './python.ts';

const dayMs = 86_400_000;

/** How long learning takes: one fit on many rows, and a whole model on a book of the usual size; as lines of markdown. */
export function* benchFit(): Generator<string> {
  yield '| what | rows | features | seconds of CPU |';
  yield '|---|---|---|---|';
  const rows = 100_000;
  const features = 100;
  const { x, outcome } = manyRows(rows, features);
  const ways: [string, () => AdditiveFit | undefined][] = [
    ['one fit at a fixed ridge', () => fitAdditiveLogistic(x, outcome, { ridge: 10, smooth: 20 })],
    ['one fit of 200 steps', () => boostSteps(x, outcome, { stops: [200] }).next().value],
  ];
  for (const [what, fit] of ways) {
    yield `| ${what} | ${rows} | ${features} | ${secondsOf(fit).toFixed(2)} |`;
    yield `| again, compiled | ${rows} | ${features} | ${secondsOf(fit).toFixed(2)} |`;
  }
  const set = aBook(3000, 40, 10);
  const learn = (): unknown => fitIcpModel(set, { seed: 1 });
  yield `| a model: four levers, timing, detractor, out-of-time table | 3000 | 50 | ${secondsOf(learn).toFixed(2)} |`;
  yield `| again, compiled | 3000 | 50 | ${secondsOf(learn).toFixed(2)} |`;
  yield* besideScikitLearn();
}

const rowsBeside = 100_000;
const featuresBeside = 100;
/** The same rows there, to the default models of scikit-learn: the second fit counts, as it does here. */
const inScikitLearn = `
import json, sys, time, numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
X = np.ascontiguousarray(np.fromfile(sys.argv[1]).reshape(${featuresBeside}, ${rowsBeside}).T)
y = np.fromfile(sys.argv[2], dtype=np.uint8)
def seconds(make):
    make().fit(X, y)
    cpu, wall = time.process_time(), time.perf_counter()
    make().fit(X, y)
    return [time.process_time() - cpu, time.perf_counter() - wall]
print(json.dumps([seconds(lambda: HistGradientBoostingClassifier(random_state=0)), seconds(lambda: LogisticRegression(max_iter=1000))]))
`;

/** One lever on 100,000 accounts of 100 numbers, from the values to the effects, beside scikit-learn where it is installed. */
function* besideScikitLearn(): Generator<string> {
  const { table, outcome } = manyNumbers(rowsBeside, featuresBeside);
  const binned = binFeatures(table);
  const x = designOf(binned, binRows(table, binned), outcome.length);
  const fitOnly = (): unknown => fitAdditiveLogistic(x, outcome, { ridge: 10, smooth: 20 });
  const fromValues = (): unknown => {
    const again = binFeatures(table);
    const cells = designOf(again, binRows(table, again), outcome.length);
    return fitAdditiveLogistic(cells, outcome, { ridge: 10, smooth: 20 });
  };
  fromValues();
  const [fit, whole] = [timesOf(fitOnly), timesOf(fromValues)];
  yield '';
  yield `| one lever at a fixed penalty, ${rowsBeside} rows of ${featuresBeside} numbers | seconds | processor seconds | times as long as ours, processor |`;
  yield '|---|---|---|---|';
  yield `| ours, from values to effects | ${whole.wall.toFixed(2)} | ${whole.cpu.toFixed(2)} | 1 |`;
  yield `| ours, the fit without the cutting into bins | ${fit.wall.toFixed(2)} | ${fit.cpu.toFixed(2)} | ${(fit.cpu / whole.cpu).toFixed(2)} |`;
  const python = findPython('import sklearn, numpy');
  if (python === null) {
    yield '| scikit-learn is not here (LODESTAR_PYTHON, python3 on the PATH): left out | | | |';
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-fit-'));
  try {
    const [values, outcomes] = [join(folder, 'values'), join(folder, 'outcomes')];
    writeFileSync(
      values,
      Buffer.concat(table.columns.map((column) => Buffer.from(Float64Array.from(column, Number).buffer))),
    );
    writeFileSync(outcomes, outcome);
    const run = spawnSync(python, ['-c', inScikitLearn, values, outcomes], { encoding: 'utf8', timeout: 600_000 });
    if (run.status !== 0) throw new Error(`scikit-learn failed: ${run.stderr}`);
    const pair = z.tuple([z.number(), z.number()]);
    const [boosting, logistic] = z.tuple([pair, pair]).parse(JSON.parse(run.stdout));
    for (const [name, [cpu, wall]] of [
      ['HistGradientBoostingClassifier', boosting],
      ['LogisticRegression', logistic],
    ] as const) {
      yield `| scikit-learn ${name} | ${wall.toFixed(2)} | ${cpu.toFixed(2)} | ${(cpu / whole.cpu).toFixed(2)} |`;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function manyNumbers(rows: number, features: number): { table: FeatureTable; outcome: Uint8Array } {
  const random = createRandom(7);
  const columns = Array.from({ length: features }, () => Array.from({ length: rows }, () => random.normal()));
  const strength = columns.map((_, f) => (f % 2 === 0 ? 0.15 * random.normal() : 0));
  const described = columns.map((_, f): Feature => {
    const key = `number_${f}`;
    return { key, label: key, layer: 'firmographic', part: 'fit', type: 'number', field: key };
  });
  const chance = (row: number) => sigmoid(columns.reduce((sum, column, f) => sum + strength[f]! * column[row]!, -1.5));
  return {
    table: { features: described, accountIds: Array.from({ length: rows }, (_, row) => `a${row}`), columns },
    outcome: Uint8Array.from({ length: rows }, (_, row) => (random.next() < chance(row) ? 1 : 0)),
  };
}

function secondsOf(work: () => unknown): number {
  return timesOf(work).cpu;
}

function timesOf(work: () => unknown): { cpu: number; wall: number } {
  const before = process.cpuUsage();
  const from = performance.now();
  work();
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / 1e6, wall: (performance.now() - from) / 1000 };
}

function manyRows(rows: number, features: number) {
  const random = createRandom(1);
  const sizes = Array.from({ length: features }, (_, f) => (f < 60 ? 20 : f < 80 ? 12 : 3));
  const columns = sizes.map((size) => Uint16Array.from({ length: rows }, () => random.integer(0, size - 1)));
  const logOdds = new Float64Array(rows).fill(-1.5);
  for (const [f, column] of columns.entries()) {
    if (f % 3 > 0) continue;
    const effects = Array.from({ length: sizes[f]! }, () => 0.15 * random.normal());
    for (let row = 0; row < rows; row++) logOdds[row]! += effects[column[row]!]!;
  }
  const ordered = sizes.map((size, f) => (f < 60 ? size - 1 : 0));
  return {
    x: binnedRows(columns, sizes, ordered),
    outcome: Uint8Array.from(logOdds, (value) => (random.next() < sigmoid(value) ? 1 : 0)),
  };
}

/** A book in which half the columns matter, with nine landmarks an account. */
function aBook(rows: number, fitFeatures: number, timingFeatures: number): TrainingSet {
  const random = createRandom(2);
  const fit = aTable(random, rows, fitFeatures, 'fit');
  const strength = fit.features.map((_, f) => (f % 2 === 0 ? 0.3 * random.normal() : 0));
  const score = Array.from({ length: rows }, (_, row) => sumOf(fit.columns, strength, row));
  const happens = (logOdds: number): 0 | 1 => (random.next() < sigmoid(logOdds) ? 1 : 0);
  const won = score.map((value) => happens(value - 2));
  const fitRow = Array.from({ length: 9 * rows }, (_, at) => Math.floor(at / 9));
  const timing = aTable(random, fitRow.length, timingFeatures, 'timing');
  const pace = timing.features.map((_, f) => (f % 2 === 0 ? 0.4 : 0));
  const nothing = { features: [], accountIds: [], columns: [] };
  const customers = won.map((value, row) => (value === 1 ? happens(-1 + score[row]!) : null));
  return {
    book: 'bench',
    asOf: rows * dayMs,
    timeKind: 'dates',
    fit: {
      table: fit,
      touchedAt: score.map((_, row) => row * dayMs),
      reached: {
        accepted: score.map((value) => happens(value)),
        qualified: score.map((value) => happens(value - 1)),
        won,
        expanded: score.map((value) => happens(value - 3.5)),
      },
      churned: customers,
    },
    timing: {
      table: { ...timing, accountIds: fitRow.map((row) => fit.accountIds[row]!) },
      fitRow,
      landmarkAt: fitRow.map((row, at) => (row + (at % 9) * (landmarkHorizonDays / 3)) * dayMs),
      won: fitRow.map((row, at) => happens(score[row]! - 4.5 + sumOf(timing.columns, pace, at))),
    },
    reference: nothing,
    counts: {
      accounts: rows,
      touched: rows,
      won: won.filter((value) => value === 1).length,
      lost: won.filter((value) => value === 0).length,
      churnedAfterUse: customers.filter((value) => value === 1).length,
      expanded: 0,
    },
    historyDays: rows,
    suspects: [],
  };
}

function aTable(random: Random, rows: number, features: number, part: Feature['part']): FeatureTable {
  const kinds = ['number', 'category', 'flag'] as const;
  const drawn = (type: Feature['type']): FeatureValue => {
    if (random.next() < 0.1) return null;
    if (type === 'number') return random.normal();
    return type === 'flag' ? (random.next() < 0.3 ? 'present' : 'absent') : `level ${random.integer(0, 9)}`;
  };
  const described = Array.from({ length: features }, (_, f): Feature => {
    const key = `${part}_${f}`;
    const layer = part === 'fit' ? 'firmographic' : 'behavioural';
    return { key, label: key, layer, part, type: kinds[f % 3] ?? 'number', field: key };
  });
  return {
    features: described,
    accountIds: Array.from({ length: rows }, (_, row) => `a${row}`),
    columns: described.map(({ type }) => Array.from({ length: rows }, () => drawn(type))),
  };
}

function sumOf(columns: FeatureTable['columns'], strength: readonly number[], row: number): number {
  return columns.reduce((sum, column, f) => {
    const value = column[row] ?? null;
    const side =
      value === null ? 0 : typeof value === 'number' ? value : value === 'present' || value < 'level 5' ? 1 : -1;
    return sum + (strength[f] ?? 0) * side;
  }, 0);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const text of benchFit()) process.stdout.write(`${text}\n`);
}
