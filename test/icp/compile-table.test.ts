import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { compileTable } from '../../src/icp/compile-table.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import type { FeatureTable, FeatureValue } from '../../src/icp/types.ts';
import { aBin, aCriterion, aModel, anyModel, anyValues } from '../support/a-model.ts';

/** Accounts in a table that has all that was drawn of any of them. */
function tableOf(accounts: readonly Readonly<Record<string, FeatureValue>>[]): FeatureTable {
  const keys = [...new Set(accounts.flatMap((values) => Object.keys(values)))];
  return {
    features: keys.map((key) => aCriterion(key, [])),
    accountIds: accounts.map((_, nth) => `a${nth}`),
    columns: keys.map((key) => accounts.map((values) => values[key] ?? null)),
  };
}

describe('a compiled table', () => {
  it('gives every account the score, tier and match that scoring it alone gives', () => {
    const some = fc.array(anyValues, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyModel, some, (model, accounts) => {
        const compiled = compileTable(model);
        const { score, tier, match } = compiled.score(compiled.bin(tableOf(accounts)));
        for (const [row, values] of accounts.entries()) {
          const alone = scoreAccount(model, (key) => values[key] ?? null);
          assert.deepEqual([score[row], tier[row], match[row]], [alone.score, alone.tier, alone.match]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('goes on over the end of a block of rows', () => {
    const model = aModel({
      criteria: [aCriterion('size', [aBin({ kind: 'range', from: null, to: 5 }, -100), aBin({ kind: 'other' }, 100)])],
    });
    const accounts = Array.from({ length: 9_000 }, (_, nth) => ({ size: nth % 10 }));
    const compiled = compileTable(model);
    const { score } = compiled.score(compiled.bin(tableOf(accounts)));
    assert.deepEqual(
      [...score],
      accounts.map(({ size }) => (size < 5 ? 400 : 600)),
    );
  });

  it('scores nobody without a complaint', () => {
    const compiled = compileTable(aModel());
    assert.equal(compiled.score(compiled.bin(tableOf([]))).score.length, 0);
  });
});
