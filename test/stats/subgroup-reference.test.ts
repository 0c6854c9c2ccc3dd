import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, it } from 'node:test';
import { extendBeyond } from '../../src/stats/patterns/extend-beyond.ts';
import { extendPlain } from '../../src/stats/patterns/extend-plain.ts';
import { refineSubgroup } from '../../src/stats/patterns/refine-subgroup.ts';
import { rowsOfSubgroup } from '../../src/stats/patterns/rows-of-subgroup.ts';
import { inOrder, keyOf, type Subgroup, type SubgroupPart } from '../../src/stats/patterns/subgroup.ts';
import { extendSubgroup, searchSubgroups } from '../../src/stats/patterns/subgroup-search.ts';
import { sumRows } from '../../src/stats/patterns/sum-rows.ts';
import { twoSidedP } from '../../src/stats/tests/normal-distribution.ts';
import { agree } from './causal-reference.ts';
import { isNear } from './reference.ts';

/** Every subgroup tried in numpy, and the score test of statsmodels; `test/reference/subgroups.py` writes them. */
const figures: {
  columns: number[][];
  sizes: number[];
  ordered: boolean[];
  excess: number[];
  variance: number[];
  outcome: number[];
  fewestRows: number;
  mostRows: number;
  caution: number;
  single: Subgroup[];
  best: Subgroup;
  part: SubgroupPart;
  beyond: { to: SubgroupPart; z: number; fitted: number[]; known: number[]; p: number }[];
  rows: number[];
} = JSON.parse(readFileSync(resolve(import.meta.dirname, '../reference/subgroups.json'), 'utf8'));

const { sizes, ordered, fewestRows, mostRows, caution, best, part } = figures;
const x = { columns: figures.columns.map((column) => Uint8Array.from(column)), sizes, ordered };
const scores = { excess: Float64Array.from(figures.excess), variance: Float64Array.from(figures.variance) };
const rows = Uint32Array.from(figures.excess.keys());
const options = { mostParts: 3, beam: 30, fewestRows, mostRows, caution };
const anything = Number.NEGATIVE_INFINITY;

function figuresOf({ rows, excess, variance, z, quality }: Subgroup): number[] {
  return [rows, excess, variance, z, quality];
}

describe('subgroups beside every one that numpy can try', () => {
  it('have the sums of numpy, condition by condition', () => {
    const found = extendPlain(x, scores, { parts: [], rows, atLeast: anything }, options);
    const expected = new Map(figures.single.map((one) => [keyOf(one), figuresOf(one)]));
    assert.equal(found.length, expected.size);
    for (const one of found) assert.ok(agree(figuresOf(one), expected.get(keyOf(one)) ?? [], 1e-9), keyOf(one));
  });

  it('find the best of all, whether searched for or settled on from nearby', () => {
    const [first] = searchSubgroups(x, scores, rows, options);
    assert.equal(keyOf(first!), keyOf(best));
    assert.ok(agree(figuresOf(first!), figuresOf(best), 1e-9));
    const off = { column: 0, from: 3, to: 3 };
    const start = { ...best, parts: [off, ...best.parts.filter(({ column }) => column !== 0)] };
    assert.equal(keyOf(refineSubgroup(x, scores, rows, start, options)), keyOf(best));
  });

  it('reach the best of all from its first condition', () => {
    const found = extendSubgroup(x, scores, rows, { parts: best.parts.slice(0, 1), atLeast: anything }, options);
    const top = found.reduce((one, other) => (other.quality > one.quality ? other : one));
    assert.ok(agree(figuresOf(top), figuresOf(best), 1e-9), keyOf(top));
  });

  it('hold the rows that numpy holds, and their sums', () => {
    const members = rowsOfSubgroup(x, [{ column: 2, from: 0, to: 1 }, part], rows);
    assert.deepEqual([...members], figures.rows);
    const found = sumRows(rowsOfSubgroup(x, best.parts, rows), scores);
    assert.ok(agree([found.excess, found.variance, found.z], [best.excess, best.variance, best.z], 1e-9));
  });

  it('go by the same name in whatever order their conditions come', () => {
    const turned = { parts: best.parts.toReversed() };
    assert.deepEqual(inOrder(turned), best.parts);
    assert.equal(keyOf(turned), keyOf(best));
  });
});

describe('what a pair has beyond its conditions', () => {
  const extend = (of: typeof scores, among: Uint32Array): Subgroup[] =>
    extendBeyond(x, of, { parts: [part], rows: among, atLeast: anything }, { ...options, caution: 0 }, [1]);

  it('is the score test that numpy works out from the whole table, rows of unknown value left out', () => {
    const found = extend(scores, rows);
    assert.equal(found.length, figures.beyond.length);
    for (const { to, z } of figures.beyond) {
      const pair = found.find((one) => keyOf(one) === keyOf({ parts: [part, to] }));
      assert.ok(isNear(pair?.quality ?? Number.NaN, z, 1e-6), `${keyOf({ parts: [to] })}: ${pair?.quality}, not ${z}`);
    }
  });

  it('has the p-value of statsmodels once the single effects are fitted', () => {
    for (const { to, fitted, known, p } of figures.beyond) {
      const held = { excess: new Float64Array(rows.length), variance: new Float64Array(rows.length) };
      for (const [at, row] of known.entries()) {
        held.excess[row] = figures.outcome[row]! - fitted[at]!;
        held.variance[row] = fitted[at]! * (1 - fitted[at]!);
      }
      const pair = extend(held, Uint32Array.from(known)).find(({ parts }) => parts[1]?.from === to.from);
      assert.ok(isNear(twoSidedP(pair?.quality ?? Number.NaN), p, 1e-5), `${pair?.quality}, p ${p}`);
    }
  });
});
