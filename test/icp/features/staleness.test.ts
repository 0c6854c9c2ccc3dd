import assert from 'node:assert/strict';
import { it } from 'node:test';
import { triggerCount, triggerRules } from '../../../src/icp/features/triggers.ts';
import { freshnessOf, isStale, signalWeight } from '../../../src/icp/staleness.ts';
import { aSignal, dayMs, on } from './build-history.ts';

const at = on('2026-01-01');

it('counts a trigger on day 90 and not on day 91', () => {
  const signal = aSignal('demo_request', '2026-01-01');
  assert.equal(isStale(signal, at + 90 * dayMs), false);
  assert.equal(isStale(signal, at + 91 * dayMs - 1), false);
  assert.equal(isStale(signal, at + 91 * dayMs), true);
  assert.ok(signalWeight(signal, at + 90 * dayMs) > 0);
  assert.equal(signalWeight(signal, at + 91 * dayMs), 0);
});

it('halves a signal every half-life of its kind, and gives one that is to come no weight', () => {
  const signal = aSignal('page_view', '2026-01-01');
  const { halfLifeDays } = freshnessOf('page_view');
  assert.equal(signalWeight(signal, at), 1);
  assert.equal(signalWeight(signal, at + halfLifeDays * dayMs), 0.5);
  assert.equal(signalWeight(signal, at + 2 * halfLifeDays * dayMs), 0.25);
  assert.equal(signalWeight(signal, at - 1), 0);
});

it('lets kinds fade as their family does, pain slower than the rest', () => {
  assert.deepEqual(freshnessOf('content_download'), freshnessOf('content'));
  assert.deepEqual(freshnessOf('pain_manual_work'), freshnessOf('pain'));
  assert.deepEqual(freshnessOf('never seen before'), { halfLifeDays: 30, expiresAfterDays: 90 });
  assert.ok(freshnessOf('pain').halfLifeDays > freshnessOf('page_view').halfLifeDays);
});

it('has a threshold and a window for each trigger: the last day counts, the day after does not', () => {
  const examples = {
    new_funding: aSignal('new_funding', '2026-01-01'),
    new_sales_leader: aSignal('leadership_change', '2026-01-01', { text: 'New VP of Sales' }),
    sales_hiring_spike: aSignal('job_post', '2026-01-01', { text: 'Hiring three SDRs', value: 3 }),
    public_pain: aSignal('pain', '2026-01-01', { source: 'Glassdoor' }),
  };
  assert.deepEqual(triggerRules.map(({ key }) => key).sort(), Object.keys(examples).sort());
  for (const rule of triggerRules) {
    const signal = Object.entries(examples).find(([key]) => key === rule.key)?.[1];
    assert.ok(signal !== undefined && rule.ofKind(signal.kind));
    assert.ok(triggerCount(rule, signal, at + 90 * dayMs) >= rule.threshold, rule.key);
    assert.equal(triggerCount(rule, signal, at + 91 * dayMs), 0, rule.key);
  }
});

it('takes no other news for a trigger: an engineer wanted, a new head of finance, pain from our own notes', () => {
  const count = (key: string, signal: ReturnType<typeof aSignal>): number => {
    const rule = triggerRules.find((each) => each.key === key);
    assert.ok(rule !== undefined);
    return triggerCount(rule, signal, at);
  };
  assert.equal(count('sales_hiring_spike', aSignal('job_post', '2026-01-01', { text: 'Data engineer', value: 5 })), 0);
  assert.equal(count('new_sales_leader', aSignal('leadership_change', '2026-01-01', { text: 'New CFO' })), 0);
  assert.equal(count('public_pain', aSignal('pain', '2026-01-01', { source: 'crm note' })), 0);
});
