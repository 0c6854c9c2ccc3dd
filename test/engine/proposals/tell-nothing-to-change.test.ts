import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCompute } from '../../../src/engine/compute/compute.ts';
import { governanceChannelSetting } from '../../../src/engine/governance/governance-channel.ts';
import type { NothingToChange } from '../../../src/engine/notifier.ts';
import { bandSetting } from '../../../src/engine/proposals/proposal-settings.ts';
import { tellNothingToChange } from '../../../src/engine/proposals/tell-nothing-to-change.ts';
import type { Findings } from '../../../src/icp/findings.ts';
import { addFindings } from '../../../src/store/findings.ts';
import { activateModel, addModel } from '../../../src/store/models.ts';
import { savePerson } from '../../../src/store/people.ts';
import { addProposal } from '../../../src/store/proposals.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { addWording } from '../../../src/store/wordings.ts';
import { aBin, aCriterion, aModel } from '../../support/a-model.ts';
import { aDraft, aDryRun, noFeatures } from '../../support/a-proposal.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { anAccount } from '../../support/plain-book.ts';
import { importRecords } from '../../support/records.ts';
import { anEmergingSegment } from '../../support/slack-proposal.ts';

const day = 86_400_000;
const week = 7 * day;
const start = Date.UTC(2026, 5, 1);
const industry = { key: 'industry', label: 'Industry', layer: 'firmographic', part: 'fit', field: 'industry' } as const;
const catalogue = {
  ...noFeatures,
  features: [{ ...industry, type: 'category' as const, levels: ['SaaS', 'Retail'] }],
  rules: [{ how: 'value' as const }],
};
/** SaaS is tier 1, retail tier 3. */
const model = aModel({
  book: 'main',
  criteria: [
    aCriterion('industry', [
      aBin({ kind: 'is', values: ['SaaS'] }, 400, { label: 'SaaS' }),
      aBin({ kind: 'other' }, -400, { label: 'another' }),
    ]),
  ],
});
const accounts = (saas: number, at: number) =>
  Array.from({ length: 10 }, (_, nth) =>
    anAccount(`a${nth}`, { observedAt: at - day, values: { industry: nth < saas ? 'SaaS' : 'Retail' } }),
  );

describe('a week in which nothing is proposed', () => {
  let store: Store;
  let version: number;
  let clock = start;
  let importId: number;
  let refused = false;
  const told: NothingToChange[] = [];
  const tell = async () => {
    const notifier = {
      nothingToChange: async (said: NothingToChange) => {
        told.push(said);
        return refused ? null : { channel: 'C1', ts: '1' };
      },
    };
    await tellNothingToChange(
      { store, compute: createCompute(), now: () => clock, notifier },
      {
        ...{ book: { name: 'main', timeKind: 'dates', clock: null }, asOf: clock, importId, accounts: 10 },
        ...{ version, dryRun: null },
      },
    );
    return told.at(-1);
  };
  const set = (key: string, value: unknown) => addSetting(store, { key, value, setAt: clock, setBy: 'a test' });

  before(async () => {
    store = await freshStore();
    importId = await importRecords(store, accounts(4, start));
    const entry = { book: 'main', importId, asOf: start, model, catalogue, verdict: 'learnt' };
    version = await addModel(store, entry, start);
    await activateModel(store, version, { by: 'a test', at: start, kind: 'first' });
  });
  after(() => store.close());

  it('says nothing where no channel is set', async () => {
    assert.equal(await tell(), undefined);
    await set(governanceChannelSetting, 'C1');
  });

  it('shows the market by tier, the first time without anything to hold it against', async () => {
    const first = await tell();
    assert.deepEqual(
      first?.tiers.map(({ tier, before: was, after: is }) => [tier, was, is]),
      [
        [1, null, 4],
        [2, null, 0],
        [3, null, 6],
      ],
    );
    assert.deepEqual([first?.since, first?.version], [null, version]);
    assert.deepEqual(first?.alarms, ['tier 1 holds 40 % of the market, over the 30 % that it should']);
  });

  it('holds it against the last digest, with an alarm where tier 1 shrank by more than the setting allows', async () => {
    const before = clock;
    clock += week;
    importId = await importRecords(store, accounts(3, clock));
    const second = await tell();
    assert.deepEqual(
      second?.tiers.map(({ before: was, after: is }) => [was, is]),
      [
        [4, 3],
        [0, 0],
        [6, 7],
      ],
    );
    assert.deepEqual(second?.since, { at: before, version });
    assert.deepEqual(second?.alarms, [], 'a quarter is no more than a quarter');
    await set(bandSetting, { low: 0.05, high: 0.5, most: 5_000, shrink: 0.3 });
    clock += week;
    importId = await importRecords(store, accounts(2, clock));
    refused = true;
    assert.deepEqual((await tell())?.alarms, ['tier 1 shrank by 33.3 %, from 3 to 2 accounts']);
    refused = false;
    assert.deepEqual((await tell())?.since?.at, clock - week, 'nobody read the one that was refused');
  });

  it('holds it against the digest of a proposal where that was the last', async () => {
    const draftedAt = clock + day;
    const tam = ([1, 2, 3] as const).map((tier) => ({
      ...{ tier, before: tier, after: 9, shareBefore: 0.1, shareAfter: 0.9 },
    }));
    const draft = aDraft({ book: 'main', baseVersion: version, draftedAt, deadlineAt: draftedAt + day });
    await addProposal(store, { ...draft, dryRun: { ...aDryRun, tam } });
    clock += week;
    const next = await tell();
    assert.deepEqual(next?.since, { at: draftedAt, version });
    assert.deepEqual(
      next?.tiers.map(({ before: was }) => was),
      [1, 2, 3],
    );
  });

  it('names what is emerging by the name that somebody gave it, stale criteria and overdue reviews', async () => {
    assert.deepEqual([told.at(-1)?.emerging, told.at(-1)?.stale, told.at(-1)?.overdue], [[], [], []]);
    const segments = { segments: [], emerging: [anEmergingSegment({ id: 'g1', name: 'industry is SaaS' })] };
    const findings = { segments } as unknown as Findings;
    const inputs = { seed: 1, hypothesis: null, previous: [], pastVersions: [] };
    const entry = { book: 'main', modelVersion: version, importId, asOf: clock, inputs, findings };
    await addFindings(store, entry, clock);
    assert.deepEqual(
      (await tell())?.emerging.map(({ name, won }) => [name, won]),
      [['industry is SaaS', 8]],
    );
    await addWording(store, {
      ...{ book: 'main', kind: 'segment', subject: 'g1', name: 'AI-Native Startups', text: '' },
      ...{ person: 'rita@ours.example', saidAt: clock },
    });
    await savePerson(store, { email: 'rita@ours.example', slackId: null, name: 'Rita Okafor', role: 'revops' });
    await set('governance.owner.criteria', 'rita@ours.example');
    await set('governance.review.criteria', new Date(clock).toISOString().slice(0, 10));
    clock += 20 * week;
    const said = await tell();
    assert.deepEqual(
      said?.emerging.map(({ name }) => name),
      ['AI-Native Startups'],
    );
    assert.deepEqual(
      said?.stale.map(({ key }) => key),
      ['industry'],
    );
    assert.deepEqual(
      said?.overdue.map(({ key, owner }) => [key, owner]),
      [['criteria', 'Rita Okafor']],
    );
  });
});
