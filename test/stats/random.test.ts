import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createRandom } from '../../src/stats/random.ts';

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('repeats itself from the same seed and not from another', () => {
    assert.deepEqual(take(20, createRandom(1).next), take(20, createRandom(1).next));
    assert.notDeepEqual(take(20, createRandom(1).next), take(20, createRandom(2).next));
    assert.notDeepEqual(take(20, createRandom('a/1').next), take(20, createRandom('a/2').next));
  });

  it('is uniform: a chi-square over 50 cells stays below the 99.99th percentile', () => {
    const counts = new Array<number>(50).fill(0);
    const random = createRandom('uniform');
    for (let draw = 0; draw < 50_000; draw += 1) counts[Math.floor(random.next() * 50)]! += 1;
    const statistic = counts.reduce((sum, count) => sum + (count - 1000) ** 2 / 1000, 0);
    // chi2.ppf(0.9999, 49) is 96.2 and chi2.ppf(0.0001, 49) is 19.6.
    assert.ok(statistic > 19.6 && statistic < 96.2, `${statistic}`);
  });

  it('draws normals with mean 0, variance 1 and no skew', () => {
    const values = take(40_000, createRandom('normal').normal);
    assert.ok(Math.abs(mean(values)) < 0.02);
    assert.ok(Math.abs(mean(values.map((value) => value ** 2)) - 1) < 0.03);
    assert.ok(Math.abs(mean(values.map((value) => value ** 3))) < 0.06);
  });

  it('forks into streams that do not move one another and are not alike', () => {
    const parent = createRandom(9);
    const untouched = createRandom(9);
    take(10, parent.fork('a').next);
    assert.equal(parent.next(), untouched.next());
    const [a, b] = [take(5_000, createRandom(9).fork('a').next), take(5_000, createRandom(9).fork('b').next)];
    const correlation = 12 * mean(a.map((value, place) => (value - 0.5) * (b[place]! - 0.5)));
    assert.ok(Math.abs(correlation) < 0.06, `${correlation}`);
  });

  it('includes both ends of integer and reaches every one between', () => {
    const random = createRandom(5);
    assert.deepEqual(new Set(take(400, () => random.integer(3, 6)).sort()), new Set([3, 4, 5, 6]));
  });

  it('weighs, and never draws what weighs nothing', () => {
    const random = createRandom(6);
    const drawn = take(8_000, () => random.weighted([1, 2, 3], [1, 0, 3]));
    assert.ok(!drawn.includes(2));
    assert.ok(Math.abs(drawn.filter((value) => value === 3).length / 8_000 - 0.75) < 0.025);
    assert.throws(() => random.weighted([1, 2], [0, 0]), /sum above 0/);
    assert.throws(() => random.weighted([1, 2], [1]), /one weight for each/);
    assert.throws(() => random.pick([]), /empty list/);
  });

  it('shuffles a copy and keeps every member', () => {
    const list = [1, 2, 3, 4, 5, 6, 7, 8];
    const shuffled = createRandom(7).shuffle(list);
    assert.deepEqual(list, [1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual([...shuffled].sort(), list);
    assert.notDeepEqual(shuffled, list);
  });
});
