import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type SparseRows, sparseRows } from '../../src/stats/models/sparse-rows.ts';

/** A public causal benchmark beside the repository: its rows, and what is known to be true. */
export interface CausalRows {
  table: SparseRows;
  treated: number[];
  outcome: number[];
  fold: number[];
  truth: number;
}

const root = resolve(import.meta.dirname, '../../../shared');

/** Where the benchmarks are; `null` where this copy of the project has none beside it. */
export const causalFolder: string | null = existsSync(resolve(root, 'data/causal'))
  ? resolve(root, 'data/causal')
  : null;

export const causalReference: string = resolve(root, 'reference/causal.json');

/** What the experiment itself found of the job training that LaLonde studied: dollars a year. */
const lalondeEffect = 1794.3424;

/** LaLonde: the experiment, or its treated against the men of PSID-1. `placebo` asks of the year before the training. */
export function lalonde(folder: string, of: 'exp' | 'psid1', placebo = false): CausalRows {
  const rows = columnsOf(resolve(folder, `lalonde_${of}.csv`));
  const names = ['age', 'education', 'black', 'hispanic', 'married', 'nodegree', 're74', 'u74'];
  const all = placebo ? names : [...names, 're75', 'u75'];
  return read(rows, all, { outcome: placebo ? 're75' : 'y', truth: placebo ? 0 : lalondeEffect });
}

/** One of the five replications of IHDP, whose both outcomes are known for every child. */
export function ihdp(folder: string, replication: number): CausalRows {
  const rows = columnsOf(resolve(folder, `ihdp_${replication}.csv`));
  const [with1, without] = [rows.get('mu1')!, rows.get('mu0')!];
  const truth = with1.reduce((sum, value, row) => sum + value - without[row]!, 0) / with1.length;
  const names = Array.from({ length: 25 }, (_, at) => `x${at + 1}`);
  return read(rows, names, { outcome: 'y', truth });
}

function read(
  rows: ReadonlyMap<string, number[]>,
  names: readonly string[],
  { outcome, truth }: { outcome: string; truth: number },
): CausalRows {
  const n = rows.get('t')!.length;
  const table = sparseRows([new Float64Array(n).fill(1), ...names.map((name) => standardised(rows.get(name)!))]);
  return { table, treated: rows.get('t')!, outcome: rows.get(outcome)!, fold: rows.get('fold')!, truth };
}

function standardised(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const spread = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return values.map((value) => (value - mean) / spread);
}

function columnsOf(file: string): Map<string, number[]> {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header!.split(',');
  const cells = lines.map((line) => line.split(',').map(Number));
  return new Map(names.map((name, place) => [name, cells.map((row) => row[place]!)]));
}
