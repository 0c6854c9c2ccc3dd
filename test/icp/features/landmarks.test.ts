import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { landmarksOf } from '../../../src/icp/features/landmarks.ts';
import { dayMs } from './build-history.ts';

const day = (count: number) => count * dayMs;

it('starts 90 days before the first touch and goes on monthly until it was won', () => {
  assert.deepEqual(landmarksOf(day(1000), day(1040), day(0), day(5000)), [910, 940, 970, 1000, 1030].map(day));
});

it('stops where the 90 days that follow are not over, and has none where nothing is dated', () => {
  assert.deepEqual(landmarksOf(day(1000), null, day(0), day(1030)), [910, 940].map(day));
  assert.deepEqual(landmarksOf(day(1000), null, null, day(5000)), []);
});

it('does not start before the book remembers anything', () => {
  assert.deepEqual(landmarksOf(day(1000), day(1001), day(945), day(5000)), [970, 1000].map(day));
});

it('has at most 24, a month apart, none after winning', () => {
  const days = fc.integer({ min: 0, max: 3000 }).map(day);
  fc.assert(
    fc.property(days, fc.option(days), days, days, (touched, won, seen, asOf) => {
      const landmarks = landmarksOf(touched, won, seen, asOf);
      assert.ok(landmarks.length <= 24);
      landmarks.forEach((at, index) => {
        assert.ok(at >= seen && at >= touched - day(90) && at + day(90) <= asOf && (won === null || at < won));
        if (index > 0) assert.equal(at - (landmarks[index - 1] ?? 0), day(30));
      });
    }),
  );
});
