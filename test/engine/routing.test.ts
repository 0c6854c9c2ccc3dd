import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { routingOf, routingPrefix } from '../../src/engine/routing.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import { routingReport } from '../../src/questions/reports/routing.ts';
import { activateModel, addModel } from '../../src/store/models.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { aModel } from '../support/a-model.ts';
import { freshStore } from '../support/fresh-store.ts';
import { importRecords } from '../support/records.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const fintech = {
  ...{ id: 's1', name: 'Fintech' },
  conditions: [{ key: 'industry', label: 'Industry is Fintech', match: { kind: 'is' as const, values: ['Fintech'] } }],
};
const catalogue = {
  ...{ asOf: start, timeKind: 'dates' as const, features: [], rules: [], setAside: [], sizeBuckets: [] },
  ...{ painPhrases: [], seenFrom: null, accounts: 0 },
};

describe('how leads are routed', () => {
  let store: Store;
  const versions: number[] = [];
  before(async () => {
    store = await freshStore();
    const importId = await importRecords(store, []);
    const add = async (at: number, over: Partial<IcpModel>) => {
      const model = aModel({ cuts: { primary: 70, nurture: 40 }, ...over });
      versions.push(await addModel(store, { book: 'main', importId, asOf: at, model, catalogue, verdict: '' }, at));
    };
    await add(start, {});
    await add(start + day, { segments: [fintech] });
    await add(start + 2 * day, { segments: [fintech], cuts: { primary: 75, nurture: 40 } });
    await activateModel(store, versions[0]!, { by: 'a test', at: start, kind: 'first' });
    await activateModel(store, versions[1]!, { by: 'a test', at: start + day, kind: 'approved' });
  });
  after(() => store.close());
  const changed = async (asked: { at: number; version?: number }) => {
    const routing = await routingOf(store, { book: 'main', ...asked });
    return [
      ...[routing.version, routing.beforeVersion, routing.inForce],
      ...routing.changes.filter(({ change }) => change !== 'same').map(({ label, change }) => `${label}: ${change}`),
    ];
  };

  it('shows what an approved version changed beside the one before it', async () => {
    assert.deepEqual(await changed({ at: start + 3 * day }), [
      versions[1],
      versions[0],
      true,
      'Tier 1: Fintech: added',
    ]);
  });

  it('shows beforehand what a version would change, which is not in force yet', async () => {
    assert.deepEqual(await changed({ at: start + 3 * day, version: versions[2]! }), [
      ...[versions[2], versions[1], false],
      ...['Tier 1: Fintech: changed', 'Tier 1: changed'],
    ]);
  });

  it('answers an earlier moment as it stood then', async () => {
    const [version, before, ...rest] = await changed({ at: start + 1 });
    assert.deepEqual([version, before], [versions[0], null]);
    assert.ok(rest.includes('Tier 1: added'));
  });

  it('knows the queues that were set by then', async () => {
    const value = { tier1: 'Enterprise_Team' };
    await addSetting(store, { key: `${routingPrefix}main`, value, setAt: start + 4 * day, setBy: 'a test' });
    const queueAt = async (at: number) =>
      (await routingOf(store, { book: 'main', at })).rules.find(({ key }) => key === 'tier 1')?.queue;
    assert.equal(await queueAt(start + 3 * day), 'ICP_Tier_1');
    assert.equal(await queueAt(start + 5 * day), 'Enterprise_Team');
  });

  it('says which version there is not', async () => {
    const refused = { code: 'no_version', message: /has no version 99; lodestar models/ };
    await assert.rejects(routingOf(store, { book: 'main', at: start, version: 99 }), refused);
    await assert.rejects(routingOf(store, { book: 'other', at: start }), { code: 'no_version' });
  });

  it('is told rule by rule, as it was and as it is', async () => {
    const { text, figures, card } = routingReport(await routingOf(store, { book: 'main', at: start + 3 * day }));
    assert.match(fillIn(text, figures), /1 of 5 rules changed since version/);
    const rows = card.sections[0]?.table?.rows.map((row) => row.map((cell) => fillIn(cell, figures)));
    assert.deepEqual(
      rows?.find(([rule]) => rule?.startsWith('Tier 1: Fintech')),
      ['Tier 1: Fintech (added)', 'no such rule', 'score above 70.0; Industry is Fintech', 'ICP_Tier_1'],
    );
  });
});
