import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dayOf, isoDate, isoMoment, monthStart, officeMoment } from '../../src/market/calendar.ts';
import { highest, spread } from '../../src/market/choose.ts';

describe('calendar', () => {
  it('reads back the dates that it writes', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 40_000 }), (day) => dayOf(isoDate(day)) === day));
    assert.equal(isoMoment(dayOf('2024-02-29') + 0.5), '2024-02-29T12:00:00Z');
    assert.equal(isoDate(monthStart(dayOf('2024-01-31'), 1)), '2024-02-01');
  });

  it('puts what happens at work on working days between 8 and 18 o’clock, in the same order', () => {
    const day = fc.double({ min: 0, max: 30_000, noNaN: true });
    fc.assert(
      fc.property(day, day, (a, b) => {
        const [first, second] = [officeMoment(Math.min(a, b)), officeMoment(Math.max(a, b))];
        const at = new Date(first);
        assert.ok(first <= second);
        assert.ok(at.getUTCDay() >= 1 && at.getUTCDay() <= 5, first);
        assert.ok(at.getUTCHours() >= 8 && at.getUTCHours() < 18, first);
      }),
    );
  });
});

describe('spread', () => {
  it('deals out exactly the total, in whole shares, none for a weight of nothing', () => {
    const weights = fc.array(fc.double({ min: 0, max: 9, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), weights, (total, each) => {
        fc.pre(each.some((weight) => weight > 0.001));
        const shares = spread(total, each);
        assert.equal(
          shares.reduce((sum, share) => sum + share, 0),
          total,
        );
        assert.ok(shares.every((share) => Number.isInteger(share) && share >= 0));
      }),
    );
  });

  it('deals nothing out where nobody has any weight', () => {
    assert.deepEqual(spread(7, [0, 0]), [0, 0]);
    assert.deepEqual(spread(7, []), []);
  });
});

describe('highest', () => {
  it('leaves out what is not eligible, also when there are too few', () => {
    assert.deepEqual(highest([Number.NaN, 1, Number.NaN], 2), [1]);
    assert.deepEqual(highest([], 3), []);
    assert.deepEqual(highest([1, 1, 1], 2), [0, 1]);
  });
});
