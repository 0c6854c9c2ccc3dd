import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { tierAlarms } from '../../../src/icp/proposals/tier-alarms.ts';

const band = { low: 0.05, high: 0.3, most: 5_000 };
/** A market of 1,000 accounts by tier. */
const market = (before: readonly number[], after: readonly number[]) =>
  before.map((one, at) => ({ before: one, after: after[at] ?? 0, shareAfter: (after[at] ?? 0) / 1_000 }));

describe('alarms about the market by tier', () => {
  it('are said when tier 1 loses more than a quarter, or more than the setting allows', () => {
    const lost = market([200, 300, 500], [160, 340, 500]);
    assert.deepEqual(tierAlarms(lost, band, 'would come'), []);
    assert.deepEqual(tierAlarms(lost, { ...band, shrink: 0.1 }, 'would come'), [
      'tier 1 would shrink by 20 %, from 200 to 160 accounts',
    ]);
    const more = market([200, 300, 500], [140, 360, 500]);
    assert.deepEqual(tierAlarms(more, band, 'has come'), ['tier 1 shrank by 30 %, from 200 to 140 accounts']);
    assert.deepEqual(tierAlarms(more, { ...band, shrink: 0.5 }, 'has come'), []);
  });

  it('are said when tier 2 falls away under tier 1, and not when it rises into it', () => {
    assert.deepEqual(tierAlarms(market([100, 400, 500], [100, 200, 700]), band, 'has come'), [
      'tiers 1 and 2 together shrank by 40 %, from 500 to 300 accounts',
    ]);
    assert.deepEqual(tierAlarms(market([100, 400, 500], [280, 220, 500]), band, 'has come'), []);
  });

  it('are said when tier 1 is outside its band, or more than people can work', () => {
    assert.deepEqual(tierAlarms(market([400, 100, 500], [400, 100, 500]), { ...band, most: 300 }, 'has come'), [
      'tier 1 holds 40 % of the market, over the 30 % that it should',
      'tier 1 holds 400 accounts, over the 300 that people can work',
    ]);
    assert.deepEqual(tierAlarms(market([40, 100, 860], [40, 100, 860]), band, 'would come'), [
      'tier 1 would hold 4 % of the market, under the 5 % that it should',
    ]);
  });

  it('say nothing of a loss where nobody has counted before, and nothing of no market', () => {
    const counts = fc.array(fc.nat(300), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(counts, (after) => {
        for (const alarm of tierAlarms(market([0, 0, 0], after), band, 'has come'))
          assert.doesNotMatch(alarm, /shrank/);
      }),
      { numRuns: 40 },
    );
    assert.deepEqual(tierAlarms([], band, 'has come'), []);
  });
});
