import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { explainAccount } from '../../../src/icp/explain.ts';
import { reasonsText } from '../../../src/icp/publishing/reasons-text.ts';
import { valuesOf } from '../../../src/icp/publishing/values-of.ts';
import { aHistory, anyModel, anyValues } from '../../support/a-model.ts';

/** The figures of a text of reasons, read as a person with a pencil would. */
function addedUp(text: string): { sum: number; multiplier: number; score: number } {
  const parts = text.split('; ');
  let sum = 0;
  let multiplier = 1;
  let score = Number.NaN;
  for (const part of parts) {
    const [first = '', second = ''] = part.split(' ');
    if (first === 'x') multiplier = Number(second);
    else if (first === '=') score = Number(second);
    else sum += Math.round(Number(first) * 10);
  }
  return { sum: sum / 10, multiplier, score };
}

const nasty = fc.oneof(
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.constantFrom('; +99.9 forged; = 100.0', 'x 0.1', '\u200b\u202e', 'a\nb\r\nc', '👩‍👩‍👧‍👦'.repeat(40)),
);

describe('the reasons in one field', () => {
  it('add up to the score for any model and any account, whatever the labels say', () => {
    fc.assert(
      fc.property(anyModel, anyValues, fc.array(nasty, { minLength: 1, maxLength: 7 }), (model, values, labels) => {
        const value = (key: string) => values[key] ?? null;
        const provenance = () => ({ value: null, observedAt: null, source: null });
        const { explanation } = explainAccount({
          ...{ model, modelVersion: 3, timeKind: 'dates', history: aHistory('a1'), asOf: 0 },
          read: { value, provenance, notes: [], collectsSignals: false },
        });
        const criteria = explanation.criteria.map((one, nth) => ({ ...one, label: labels[nth % labels.length] ?? '' }));
        const told = { tier: 2, scoredAt: 0, modelVersion: 3, runId: 'run' } as const;
        const written = valuesOf({ ...explanation, criteria }, told);
        const text = String(written.ICP_Reasons__c);
        assert.ok(text.length <= 255, `${text.length} characters`);
        const { sum, multiplier, score } = addedUp(text);
        assert.equal(score, written.ICP_Score__c);
        assert.ok(Math.abs(sum * multiplier - score) <= 0.05 + 1e-9, `${text} is ${sum * multiplier}`);
      }),
      { numRuns: 400, seed: 11 },
    );
  });

  it('names the largest points, and puts the rest into one figure', () => {
    const criteria = Array.from({ length: 12 }, (_, nth) => ({ label: `reason ${nth}`, points: nth - 5.5 }));
    const text = reasonsText({ score: 56, base: 50, criteria, clamp: 0, detractor: { multiplier: 1 } }, 255);
    assert.match(text, /^50\.0 base; -5\.5 reason 0; \+5\.5 reason 11; /);
    assert.match(text, /from \d others; = 56\.0$/);
  });

  it('says the clamp and the multiplier where they did something', () => {
    const input = { score: 84.8, base: 90, criteria: [{ label: 'SaaS', points: 20 }], clamp: -10 };
    assert.equal(
      reasonsText({ ...input, detractor: { multiplier: 0.848 } }, 255),
      '90.0 base; +20.0 SaaS; -10.0 to stay within the limits; x 0.848 for likeness to those who left; = 84.8',
    );
  });

  it('fits into any length that holds its sum', () => {
    const criteria = Array.from({ length: 9 }, () => ({ label: 'x'.repeat(90), points: 1 }));
    const text = reasonsText({ score: 59, base: 50, criteria, clamp: 0, detractor: { multiplier: 1 } }, 60);
    assert.equal(text, '50.0 base; +9.0 from 9 criteria; = 59.0');
  });
});
