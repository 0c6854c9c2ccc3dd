import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { settingOfKey } from '../../src/cli/known-settings.ts';
import { contextOf, findingInputs } from '../../src/engine/finding-inputs.ts';
import { proposalSettings } from '../../src/engine/proposals/proposal-settings.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';

const at = { book: 'main', importId: 1, asOf: 0 };
const given = { seed: 1, hypothesis: null };

describe('what an analysis is held against', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(() => store?.close());

  const set = (key: string, value: unknown) => addSetting(store, { key, value, setAt: 1, setBy: 'test' });

  it('is the band of tier 1 that proposals are held against, as usual and as set', async () => {
    const bands = async () => {
      const { low, high } = (await proposalSettings(store)).band;
      return { proposals: { low, high }, impact: (await findingInputs(store, at, given)).tamBand };
    };
    const usual = await bands();
    assert.deepEqual(usual.impact, usual.proposals);
    await set('tam.band', { low: 0.02, high: 0.12, most: 900 });
    const changed = await bands();
    assert.deepEqual(changed.impact, { low: 0.02, high: 0.12 });
    assert.deepEqual(changed.impact, changed.proposals);
  });

  it('is the band of before for what was found before one was kept, so that it is found again as it was', async () => {
    const { tamBand: _, ...kept } = await findingInputs(store, at, given);
    assert.deepEqual((await contextOf(store, 'main', kept)).tamBand, { low: 0.05, high: 0.2 });
    assert.deepEqual((await contextOf(store, 'main', { ...kept, tamBand: { low: 0, high: 1 } })).tamBand, {
      low: 0,
      high: 1,
    });
  });

  it('is the version in force where there is one, and none for a table that only comes into force', async () => {
    const kept = await findingInputs(store, at, { ...given, inForce: 3 });
    assert.equal((await contextOf(store, 'main', kept)).inForce, 3);
    assert.equal('inForce' in (await findingInputs(store, at, { ...given, inForce: null })), false);
  });

  it('is the targets of its book, and none where only another book has some', async () => {
    await set('targets.other', { tier1: 1, tier2: 2, tier3: 3 });
    assert.equal('targets' in (await findingInputs(store, at, given)), false);
    await set('targets.main', { tier1: 900_000, tier2: 400_000, tier3: 0 });
    assert.deepEqual((await findingInputs(store, at, given)).targets, { 1: 900_000, 2: 400_000, 3: 0 });
  });

  it('is a setting that says which targets it takes', () => {
    const setting = settingOfKey('targets.main') ?? assert.fail('there is no such setting');
    assert.ok(setting.valid(JSON.parse(setting.like)));
    for (const wrong of [{ tier1: 900_000 }, { tier1: 1, tier2: -1, tier3: 0 }, { tier1: '1', tier2: 1, tier3: 1 }, 7])
      assert.equal(setting.valid(wrong), false, JSON.stringify(wrong));
  });
});
