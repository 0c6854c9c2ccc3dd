import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refineSubgroup } from '../../src/stats/patterns/refine-subgroup.ts';
import { rowsOfSubgroup } from '../../src/stats/patterns/rows-of-subgroup.ts';
import { keyOf, type SearchOptions, unknownBin } from '../../src/stats/patterns/subgroup.ts';
import { searchSubgroups } from '../../src/stats/patterns/subgroup-search.ts';
import { createRandom } from '../../src/stats/random.ts';

const rows = Uint32Array.from({ length: 4000 }, (_, row) => row);
const options: SearchOptions = { mostParts: 3, beam: 20, fewestRows: 40, mostRows: 1500, gain: 0.3, caution: 2 };

/** Six columns of five bins, the first three ordered; `p` is the chance of each row. */
function planted(seed: number, p: (bins: readonly number[]) => number) {
  const random = createRandom(seed);
  const columns = Array.from({ length: 6 }, () => Uint8Array.from(rows, () => random.integer(0, 4)));
  const chances = Float64Array.from(rows, (row) => p(columns.map((column) => column[row]!)));
  const mean = chances.reduce((sum, chance) => sum + chance, 0) / rows.length;
  const excess = chances.map((chance) => (random.next() < chance ? 1 : 0) - mean);
  const x = { columns, sizes: [5, 5, 5, 5, 5, 5], ordered: [true, true, true, false, false, false] };
  return { x, scores: { excess, variance: excess.map(() => mean * (1 - mean)) } };
}

describe('searching for subgroups', () => {
  it('finds a planted conjunction of three conditions, ranges and all', () => {
    const { x, scores } = planted(1, ([a, b, , d]) => (a! >= 2 && b! <= 2 && d === 3 ? 0.6 : 0.15));
    const [best] = searchSubgroups(x, scores, rows, options);
    assert.equal(keyOf(best!), '0:2-4 1:0-2 3:3-3');
    assert.equal(best!.rows, rowsOfSubgroup(x, best!.parts, rows).length);
  });

  it('finds what two conditions have only together, where each adds something by itself', () => {
    const { x, scores } = planted(2, ([a, , , d, e]) => 0.1 + (a! >= 3 ? 0.1 : 0) + (d === 1 && e === 2 ? 0.35 : 0));
    const [best] = searchSubgroups(x, scores, rows, { ...options, beyondParts: true });
    const columns = best!.parts.map(({ column }) => column);
    assert.ok(columns.includes(3) && columns.includes(4), keyOf(best!));
  });

  it('takes good plus good for no more than it is', () => {
    const { x, scores } = planted(3, ([, , , d, e]) => 0.2 + (d === 1 ? 0.2 : 0) + (e === 2 ? 0.2 : 0));
    const plain = searchSubgroups(x, scores, rows, options)[0]!;
    const beyond = searchSubgroups(x, scores, rows, { ...options, beyondParts: true })[0]!;
    assert.ok(plain.quality > 7, `${plain.quality}`);
    assert.ok(beyond.quality < 4.8, `${beyond.quality}`);
  });

  it('settles conditions that are a little off', () => {
    const { x, scores } = planted(4, ([a, , , d]) => (a! >= 2 && d === 3 ? 0.7 : 0.1));
    const parts = [
      { column: 3, from: 3, to: 3 },
      { column: 0, from: 3, to: 4 },
    ];
    const start = { parts, rows: 0, excess: 0, variance: 0, z: 0, quality: 0 };
    assert.equal(keyOf(refineSubgroup(x, scores, rows, start, options)), '0:2-4 3:3-3');
  });

  it('takes no row of which a condition is unknown', () => {
    const { x } = planted(5, () => 0.2);
    const column = Uint8Array.from(x.columns[0]!, (bin, row) => (row % 2 === 0 ? unknownBin : bin));
    const members = rowsOfSubgroup({ columns: [column] }, [{ column: 0, from: 0, to: 4 }], rows);
    assert.ok(members.every((row) => row % 2 === 1));
    assert.equal(members.length, 2000);
  });

  it('finds nothing among no rows', () => {
    const { x, scores } = planted(6, () => 0.2);
    assert.deepEqual(searchSubgroups(x, scores, new Uint32Array(0), options), []);
  });
});
