import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { matchesPattern } from '../../../src/icp/patterns/condition.ts';
import { dealTable } from '../../../src/icp/patterns/deal-table.ts';
import { findPatterns } from '../../../src/icp/patterns/find-patterns.ts';
import { wordablePattern } from '../../../src/icp/wordable.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { shuffleWithin } from '../../../src/stats/tests/permutation.ts';
import { plainSet } from '../segments/plain-set.ts';

const long = ({ stakeholders, procurement }: { stakeholders: number; procurement: string }): number =>
  stakeholders > 5 && procurement === 'formal' ? 3 : 0;

describe('patterns', () => {
  const set = plainSet({ seed: 11, lost: long });
  const found = findPatterns(set);

  it('finds what deals are lost by together, with how often against all', () => {
    const [worst] = found.losses;
    assert.ok(worst !== undefined, found.verdicts.losses ?? '');
    const keys = worst.conditions.map(({ key }) => key);
    assert.ok(keys.includes('deal.stakeholders') && keys.includes('deal.procurement'), keys.join());
    assert.ok(worst.rate.low > worst.overallRate.v);
    assert.ok(worst.heldOut.pValue <= 0.05 && worst.heldOut.rate.n < worst.n);
    assert.ok(wordablePattern(worst).facts.includes('Days to close, in the middle: 50'));
    assert.deepEqual([worst.cycle?.median, worst.priceRealised], [50, null]);
  });

  it('counts the deals that its conditions hold for', () => {
    const { closed, table } = dealTable(set);
    for (const pattern of found.losses) {
      const hits = closed.filter((_, at) =>
        matchesPattern(
          pattern,
          (key) => table.columns[table.features.findIndex((one) => one.key === key)]?.[at] ?? null,
        ),
      );
      assert.equal(pattern.n, hits.length);
      assert.equal(pattern.winRate?.n, hits.length);
      assert.ok(Math.abs((pattern.winRate?.v ?? 0) + pattern.rate.v - 1) < 1e-12);
    }
  });

  it('gives the same bytes for the same seed', () => {
    assert.equal(JSON.stringify(findPatterns(set)), JSON.stringify(found));
  });

  it('claims no losses or profiles where outcomes mean nothing', () => {
    let claims = 0;
    for (let seed = 1; seed <= 10; seed++) {
      const plain = plainSet({ seed: 100 + seed, rows: 1200 });
      const order = shuffleWithin(new Uint8Array(plain.accounts.length), createRandom(seed));
      const { accounts, training } = plain;
      const shuffled = {
        ...plain,
        accounts: accounts.map((account, at) => ({ ...account, deals: accounts[order[at]!]!.deals })),
        training: {
          ...training,
          fit: {
            ...training.fit,
            reached: {
              ...training.fit.reached,
              won: training.fit.reached.won.map((_, at) => training.fit.reached.won[order[at]!]!),
            },
          },
        },
      };
      const { losses, anti } = findPatterns(shuffled);
      if (losses.length > 0 || anti.length > 0) claims++;
    }
    assert.ok(claims <= 2, `${claims} of 10`);
  });

  it('says how many it would need where there are too few', () => {
    const few = findPatterns(plainSet({ seed: 5, rows: 20 }));
    assert.deepEqual([few.losses, few.churn, few.anti], [[], [], []]);
    assert.match(few.verdicts.losses ?? '', /from 20 lost deals on/);
  });

  it('leaves out a column that the end of a deal fills', () => {
    const leaking = {
      ...set,
      accounts: set.accounts.map((account) => ({
        ...account,
        deals: account.deals.map((deal) => ({
          ...deal,
          more: {
            ...deal.more,
            products: deal.outcome === 'won' ? 'a' : null,
            region: deal.stakeholders === 3 ? 'x' : 'y',
          },
        })),
      })),
    };
    const keys = dealTable(leaking).table.features.map(({ key }) => key);
    assert.ok(keys.includes('deal.region') && !keys.includes('deal.products'));
  });
});
