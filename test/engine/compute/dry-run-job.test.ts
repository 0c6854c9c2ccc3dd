import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dryRunJob } from '../../../src/engine/compute/dry-run-job.ts';
import { readAccount } from '../../../src/icp/features/read-account.ts';
import type { MovedAccount } from '../../../src/icp/proposals/dry-run.ts';
import { supportOf } from '../../../src/icp/score-support.ts';
import { weighAccount } from '../../../src/icp/weigh-account.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { simulationReport } from '../../../src/questions/reports/dry-run.ts';
import { dryRunDetails } from '../../../src/slack/views/dry-run.ts';
import { catalogue, day, under } from '../../icp/changes/a-little-world.ts';
import { aHistory } from '../../support/a-model.ts';
import { aDryRun } from '../../support/slack-proposal.ts';

const asOf = 1_000 * day;

describe('the accounts that a dry run names', () => {
  const observed = (observedAt: number) => [
    { values: { industry: 'SaaS', employees: 20, crm: false, chat: false }, observedAt, source: 'crm' },
  ];
  const heard = aHistory('heard', { observations: observed(asOf - day) });
  const stale = aHistory('stale', { observations: observed(asOf - 400 * day) });
  const standing = { standing: 'hypothesis' } as const;
  const [base, variant] = [under(1, {}, standing).model, under(2, { saas: 300 }, standing).model];

  it('carry what stands behind the score of today where that is low evidence, and only there', () => {
    const band = { low: 0, high: 1, most: 1 };
    const job = dryRunJob({ base, variants: [variant], catalogue, timeKind: 'dates', asOf, importId: 1, band });
    job.add(0, [heard, stale]);
    const [dryRun] = job.finish(() => {});
    const named = new Map(dryRun?.up.map((moved) => [moved.id, moved]));
    assert.deepEqual([...named.keys()].sort(), ['heard', 'stale']);
    assert.ok(!('support' in (named.get('heard') ?? assert.fail())));
    const { support, before } = named.get('stale') ?? assert.fail();
    const read = readAccount(stale, catalogue, asOf);
    assert.deepEqual(support, supportOf(weighAccount({ model: base, timeKind: 'dates', history: stale, read, asOf })));
    assert.ok(support?.range && support.range.low <= before && before <= support.range.high, JSON.stringify(support));
  });

  it('are told with the range of today on low evidence, and bare where the score is sure', () => {
    const moved: MovedAccount = {
      ...{ id: '1', name: 'Acme', ownerEmail: null, from: 2, to: 1 },
      before: 62,
      after: 71.2,
    };
    const rough: MovedAccount = { ...moved, support: { evidence: 'D', range: { low: 41.4, high: 82.6 } } };
    const told = (one: MovedAccount) => {
      const dryRun = aDryRun({ up: [one], down: [] });
      const { figures, card } = simulationReport(1, [], dryRun);
      const rows = card.sections.find(({ heading }) => heading === 'Furthest up')?.table?.rows ?? [];
      const lines = dryRunDetails(dryRun).find(({ heading }) => heading === 'Furthest up')?.lines;
      return [fillIn(rows[0]?.[2] ?? '', figures), lines?.[0]];
    };
    assert.deepEqual(told(rough), [
      'about 62 (41 to 83), low evidence, to 71.2',
      'Acme: tier 2 to 1, about 62 (41 to 83), low evidence, to 71.2',
    ]);
    assert.deepEqual(told(moved), ['62.0 to 71.2', 'Acme: tier 2 to 1, 62.0 to 71.2']);
  });
});
