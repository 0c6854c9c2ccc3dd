import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { decideAlert } from '../../src/engine/decide-alert.ts';
import type { Notifier } from '../../src/engine/notifier.ts';
import { tellExpansions } from '../../src/engine/tell-expansions.ts';
import { churnChannelSetting, raiseChurnAlerts } from '../../src/engine/watch-churn.ts';
import { predictExpansion } from '../../src/icp/life/predict-expansion.ts';
import { alertsOf } from '../../src/store/churn-alerts.ts';
import { savePerson } from '../../src/store/people.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { aBookOfCustomers } from '../icp/life/a-book-of-customers.ts';
import { aWatch, aWatchedCustomer } from '../support/a-churn-alert.ts';
import { freshStore } from '../support/fresh-store.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 9, 1);

describe('raiseChurnAlerts', () => {
  let store: Store;
  const said: string[] = [];
  const notifier: Pick<Notifier, 'churnAlert'> = {
    async churnAlert({ customer, id }, channel) {
      said.push(`${channel} ${customer.id}`);
      return { channel, ts: `${id}.1` };
    },
  };
  before(async () => {
    store = await freshStore();
    await savePerson(store, { email: 'carla@ours.example', slackId: null, name: 'Carla Mendes', role: 'cs' });
    await savePerson(store, { email: 'rep@ours.example', slackId: null, name: 'Rae Rep', role: 'rep' });
  });
  after(() => store.close());
  const raise = (book: string, ids: readonly string[], asOf = start, by = notifier) =>
    raiseChurnAlerts(
      { store, notifier: by },
      { book, asOf, findings: aWatch(ids.map((id) => aWatchedCustomer({ id, name: id }))) },
    );

  it('tells nobody and keeps nothing while no channel is set', async () => {
    assert.equal((await raise('main', ['a'])).channel, null);
    assert.deepEqual([said, await alertsOf(store, 'main')], [[], []]);
    await addSetting(store, { key: churnChannelSetting, value: 'C1', setAt: start, setBy: 'test' });
  });

  it('tells each account once, over restarts and from two processes at once', async () => {
    const both = await Promise.all([raise('main', ['a', 'b']), raise('main', ['a', 'b'])]);
    assert.equal(both.flatMap(({ told }) => told).length, 2);
    assert.deepEqual(said.toSorted(), ['C1 a', 'C1 b']);
    assert.deepEqual((await raise('main', ['a', 'b'], start + 7 * day)).told, []);
    assert.deepEqual(
      (await alertsOf(store, 'main')).map(({ delivery, posts }) => [delivery, posts.length]),
      [
        ['told', 1],
        ['told', 1],
      ],
    );
  });

  it('opens a new episode after the risk was low', async () => {
    assert.equal((await raise('main', ['b'], start + 14 * day)).calmed, 1);
    const [again] = (await raise('main', ['a', 'b'], start + 21 * day)).told;
    assert.deepEqual([again?.accountId, again?.episode], ['a', 2]);
  });

  it('tries again what Slack refused, and never what may have been told', async () => {
    const refusing: typeof notifier = { churnAlert: async () => null };
    assert.equal((await raise('refused', ['a'], start, refusing)).refused.length, 1);
    assert.equal((await raise('refused', ['a'], start + day)).told.length, 1);
    const dying: typeof notifier = { churnAlert: () => Promise.reject(new Error('timed out')) };
    assert.equal((await raise('unknown', ['a'], start, dying)).unknown.length, 1);
    const next = await raise('unknown', ['a'], start + day);
    assert.deepEqual([next.told.length, next.unknown.length], [0, 1]);
  });

  it('keeps who decided what, once, and refuses whoever may not', async () => {
    const [alert] = await alertsOf(store, 'main');
    const decide = (email: string, decision: Parameters<typeof decideAlert>[1]['decision']) =>
      decideAlert({ store, now: () => start + 30 * day }, { alertId: alert!.id, email, decision });
    await assert.rejects(decide('rep@ours.example', { kind: 'acknowledged' }), /needs one of the roles cs, revops/);
    await assert.rejects(decide('gone@ours.example', { kind: 'acknowledged' }), /is nobody we know/);
    const twice = [
      await decide('Carla@ours.example', { kind: 'acknowledged' }),
      await decide('carla@ours.example', { kind: 'acknowledged' }),
    ];
    assert.deepEqual(
      twice.map(({ changed, state }) => [changed, state.standing, state.decided?.byName, state.decisions]),
      [
        [true, 'acknowledged', 'Carla Mendes', 1],
        [false, 'acknowledged', 'Carla Mendes', 1],
      ],
    );
    await decide('carla@ours.example', { kind: 'not a risk', reason: 'on leave' });
    const late = await decide('carla@ours.example', { kind: 'acknowledged' });
    assert.deepEqual(
      [late.changed, late.state.standing, late.state.decided?.reason],
      [false, 'not a risk', 'on leave'],
    );
    await assert.rejects(
      decideAlert(
        { store, now: () => 0 },
        { alertId: 999, email: 'carla@ours.example', decision: { kind: 'acknowledged' } },
      ),
      /no churn alert has the number 999/,
    );
  });

  it('of many people who decide at once, lets one be first', async () => {
    const [, alert] = await alertsOf(store, 'main');
    const press = () =>
      decideAlert(
        { store, now: () => start },
        { alertId: alert!.id, email: 'carla@ours.example', decision: { kind: 'acknowledged' } },
      );
    const all = await Promise.all(Array.from({ length: 8 }, press));
    assert.equal(all.filter(({ changed }) => changed).length, 1);
  });

  it('tells the expansion list once a week', async () => {
    const findings = predictExpansion(aBookOfCustomers({ n: 400, seed: 1, swells: true }));
    assert.ok(findings.ranked.length > 0, findings.why);
    let lists = 0;
    const listing = { expansionList: async (_: unknown, channel: string) => ({ channel, ts: `${++lists}` }) };
    const tell = (asOf: number, list: Pick<Notifier, 'expansionList'> = listing) =>
      tellExpansions({ store, notifier: list }, { book: 'main', asOf, findings });
    assert.equal(await tell(start, { expansionList: async () => null }), 'refused');
    assert.equal(await tell(start), 'told');
    assert.equal(await tell(start + 3 * day), 'told before');
    assert.equal(await tell(start + 7 * day), 'told');
    assert.equal(lists, 2);
    const nothing = { book: 'main', asOf: start, findings: { ...findings, ranked: [] } };
    assert.equal(await tellExpansions({ store, notifier: listing }, nothing), 'nothing to tell');
  });
});
