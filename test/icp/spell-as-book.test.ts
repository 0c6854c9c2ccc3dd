import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseHypothesis } from '../../src/icp/hypothesis.ts';
import { spellAsBook } from '../../src/icp/spell-as-book.ts';
import type { Feature } from '../../src/icp/types.ts';

const industry: Feature = {
  ...{ key: 'industry', label: 'Industry', layer: 'firmographic', part: 'fit', type: 'category', field: 'industry' },
  levels: ['Fintech', 'E-commerce'],
};

describe('spellAsBook', () => {
  it('writes the values of a rule as the book does, and leaves what the book does not have', () => {
    const rule = { label: '', layer: 'firmographic', points: 5 };
    const written = parseHypothesis({
      name: 'spelling',
      rules: [
        { ...rule, key: 'industry', when: { is: ['FinTech', 'FINTECH ', 'e-commerce', 'SaaS'] } },
        { ...rule, key: 'country', when: { is: ['FinTech'] } },
        { ...rule, key: 'employees', when: { from: 3 } },
      ],
    });
    assert.deepEqual(
      spellAsBook(written, [industry]).rules.map(({ when }) => when),
      [{ is: ['Fintech', 'E-commerce', 'SaaS'] }, { is: ['FinTech'] }, { from: 3 }],
    );
  });
});
