import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ScoringComparison } from '../../../src/icp/impact/compare-scorings.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { reportLines } from '../../../src/questions/reports/report-lines.ts';
import { type OldScoring, scoringsReport } from '../../../src/questions/reports/scorings.ts';

const inForce = {
  book: 'main',
  version: 4,
  kind: 'learned' as const,
  learntAsOf: Date.UTC(2026, 8, 28),
  pending: false,
};
const account = { id: 'a', name: '{{up}} <Ltd>', old: 20, now: 81, oldTier: 3 as const, tier: 1 as const };
const sides = { accounts: 50, moves: [{ from: 3 as const, to: 1 as const, accounts: 7 }], up: [account], down: [] };
const version: OldScoring = { kind: 'version', version: 3, byHand: false, learntAsOf: Date.UTC(2026, 7, 1) };

const rate = (v: number) => ({ v, low: v - 0.05, high: v + 0.05, n: 100 });
function judged(difference: { v: number; low: number; high: number }, more: Partial<ScoringComparison> = {}) {
  const band = { from: 80, to: 90, old: rate(0.3), learned: rate(0.5), said: { old: 0.5, learned: 0.52 } };
  const few = { from: 90, to: 100, old: null, learned: { ...rate(0.9), n: 3 }, said: { old: null, learned: 0.1 } };
  return {
    ...{
      stage: 'qualified' as const,
      from: Date.UTC(2026, 1, 1),
      to: Date.UTC(2026, 5, 1),
      sawTest: false,
      unread: [],
    },
    ...{ n: 203, events: 90, bands: [band, few], disorder: { old: 2, learned: 1 }, furthest: [] },
    ...{ difference: { ...difference, p: 0.5 }, ...more },
  };
}

function read(comparison: ScoringComparison | null, old: OldScoring = version): string {
  const { text, figures, card } = scoringsReport(inForce, { old, sides, judged: comparison, supports: new Map() });
  assert.deepEqual(JSON.parse(JSON.stringify(card)), card);
  assert.equal(new Set(figures.map(({ key }) => key)).size, figures.length);
  return [text, ...reportLines(card)].map((line) => fillIn(line, figures)).join('\n');
}

describe('the report on old and new scoring', () => {
  it('calls the new one better or worse only where the interval of the difference is clear of zero', () => {
    assert.match(
      read(judged({ v: 0.1, low: 0.02, high: 0.18 })),
      /foreseeing qualification .* the new one is \*better\* than the old/,
    );
    assert.match(read(judged({ v: -0.1, low: -0.18, high: -0.02 })), /the new one is \*worse\* than the old/);
    assert.match(read(judged({ v: 0.1, low: -0.02, high: 0.22 })), /the new one \*cannot be told apart\* from the old/);
  });

  it('counts the promises that held, of bands with enough accounts', () => {
    const words = read(judged({ v: 0, low: 0, high: 0 }));
    assert.match(words, /The new one: what was said lies within .* in 1 of 1 bands/);
    assert.match(words, /The old one: what was said lies within .* in 0 of 1 bands/);
  });

  it('says of points by hand that they promise nothing, and of a version that had seen the accounts that it is flattered', () => {
    const written = read(judged({ v: 0, low: 0, high: 0 }), { kind: 'written', name: 'Ours', shipped: false });
    assert.match(written, /^Old: Ours, the written ICP, a sum of points by hand\. New: version 4, in force/);
    assert.match(written, /it says no chance/);
    assert.match(read(judged({ v: 0, low: 0, high: 0 }, { sawTest: true })), /that flatters it/);
  });

  it('gives both scores and tiers by name, and says where nothing was judged', () => {
    const words = read(null);
    assert.match(words, /7 of 50 accounts change tier: 7 rise, 0 fall\. Which of them comes truer cannot be said/);
    assert.match(words, /\{\{up\}\} <Ltd>.*20\.0.*tier 3.*81\.0.*tier 1/);
  });

  it('says that there is nothing older, and how to set a written ICP', () => {
    for (const kind of ['learned', 'points'] as const) {
      const { text, figures } = scoringsReport({ ...inForce, kind }, null);
      const words = fillIn(text, figures);
      assert.match(words, /^There is no older scoring than version 4, which is in force/);
      assert.match(words, /lodestar settings hypothesis\.main FILE/);
      assert.equal(/points by hand itself/.test(words), kind === 'points');
    }
  });
});
