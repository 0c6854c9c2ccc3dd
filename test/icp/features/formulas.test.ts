import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  buyingCycleStage,
  engagementIntensity,
  growthVelocity,
  seasonalFactor,
  techComplexity,
  timeToCloseDays,
  usageTrend,
} from '../../../src/icp/features/formulas.ts';
import { sizeBucketOf, sizeBuckets } from '../../../src/icp/features/size-buckets.ts';
import { dayMs, on } from './build-history.ts';

it('grows by a fifth from 100 to 120 employees, and says nothing without a year ago', () => {
  assert.equal(growthVelocity(120, 100), 0.2);
  assert.equal(growthVelocity(80, 100), -0.2);
  assert.equal(growthVelocity(120, 0), null);
  assert.equal(growthVelocity(120, null), null);
  assert.equal(growthVelocity(null, 100), null);
});

it('divides twelve tools by bucket 3 to 4.0, and leaves what is unknown unknown', () => {
  assert.equal(techComplexity(12, 3), 4);
  assert.equal(techComplexity(0, 3), 0);
  assert.equal(techComplexity(null, 3), null);
  assert.equal(techComplexity(12, null), null);
});

it('has a size table without gaps or overlaps, and puts each boundary where the table says', () => {
  sizeBuckets.forEach((row, index) => {
    assert.equal(row.bucket, index + 1);
    const next = sizeBuckets[index + 1];
    assert.equal(row.to, next === undefined ? null : next.from - 1);
    assert.equal(sizeBucketOf(row.from), row.bucket);
    if (row.to !== null) assert.equal(sizeBucketOf(row.to), row.bucket);
  });
  assert.equal(sizeBucketOf(0), null);
  assert.equal(sizeBucketOf(null), null);
});

it('counts thirty views in ten days as 3.0 a day, and a first visit today as one day', () => {
  assert.equal(engagementIntensity(30, 10), 3);
  assert.equal(engagementIntensity(30, 0), 30);
  assert.equal(engagementIntensity(30, 1), 30);
});

it('takes 60 days from new year to the second of March 2025, and flags a close before its creation', () => {
  assert.deepEqual(timeToCloseDays(on('2025-01-01'), on('2025-03-02')), { days: 60, dataError: null });
  const wrong = timeToCloseDays(on('2025-03-02'), on('2025-01-01'));
  assert.equal(wrong.days, -60);
  assert.match(wrong.dataError ?? '', /60 days before/);
  assert.deepEqual(timeToCloseDays(on('2025-03-02'), null), { days: null, dataError: null });
});

it('puts 31 March 2025 into the first quarter, and honours the start of the fiscal year', () => {
  assert.equal(seasonalFactor(on('2025-03-31')), 1);
  assert.equal(seasonalFactor(on('2025-04-01')), 2);
  assert.equal(seasonalFactor(on('2025-12-31')), 4);
  assert.equal(seasonalFactor(on('2025-03-31'), 4), 4);
  assert.equal(seasonalFactor(on('2025-04-01'), 4), 1);
  assert.equal(seasonalFactor(on('2025-01-31'), 2), 4);
  assert.equal(seasonalFactor(on('2025-02-01'), 2), 1);
});

it('tells an account of 3, 45 and 200 days ago apart, with the boundaries where they are documented', () => {
  assert.equal(new Set([3, 45, 200].map(buyingCycleStage)).size, 3);
  assert.deepEqual([30, 31, 90, 91, null].map(buyingCycleStage), [
    'engaged',
    'cooling',
    'cooling',
    'dormant',
    'no activity',
  ]);
});

it('compares usage of the last 90 days with the 90 days before', () => {
  const asOf = on('2026-01-01');
  const usage = [100, 120, 60, 50].map((value, index) => ({
    periodStart: asOf - (170 - index * 45) * dayMs,
    metric: 'sessions',
    value,
  }));
  assert.equal(usageTrend(usage, 'sessions', asOf), 55 / 110 - 1);
  assert.equal(usageTrend(usage, 'seats_used', asOf), null);
  assert.equal(usageTrend(usage.slice(2), 'sessions', asOf), null);
});
