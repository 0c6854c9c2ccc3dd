import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertEvent, AlertState } from '../../../src/icp/life/alert-state.ts';
import { planAlerts, trustOfSigns } from '../../../src/icp/life/plan-alerts.ts';
import { anAlert, anAlertEvent, aWatch, aWatchedCustomer } from '../../support/a-churn-alert.ts';

const day = 86_400_000;
const start = Date.UTC(2026, 9, 1);
const posted = [anAlertEvent('posting', start), anAlertEvent('posted', start, { channel: 'C1', ts: '1.1' })];
const told = (...events: AlertEvent[]): AlertState => anAlert([...posted, ...events]);
const halden = aWatchedCustomer();

describe('planAlerts', () => {
  it('raises who is at risk, the most urgent first, and nobody who is only watched', () => {
    const plan = planAlerts(
      aWatch([
        aWatchedCustomer({ id: 'b', risk: 0.4 }),
        aWatchedCustomer({ id: 'a', risk: 0.7 }),
        aWatchedCustomer({ id: 'c', risk: 0.2, standing: 'watch' }),
      ]),
      [],
      start,
    );
    assert.deepEqual(
      plan.raise.map(({ customer, episode }) => [customer.id, episode]),
      [
        ['a', 1],
        ['b', 1],
      ],
    );
  });

  it('tells once an episode, and opens a new one after the account was calm or the days are over', () => {
    const again = planAlerts(aWatch([halden]), [told()], start + 7 * day);
    assert.deepEqual([again.raise, again.held.map(({ why }) => why)], [[], ['told in this episode']]);
    const calm = planAlerts(aWatch([]), [told()], start + 7 * day);
    assert.deepEqual(
      calm.calmed.map(({ id }) => id),
      [7],
    );
    const after = told(anAlertEvent('calmed', start + 7 * day));
    assert.equal(planAlerts(aWatch([halden]), [after], start + 14 * day).raise[0]?.episode, 2);
    assert.equal(planAlerts(aWatch([halden]), [told()], start + 180 * day).raise[0]?.episode, 2);
  });

  it('does not end episodes on a day when nothing could be learnt', () => {
    const plan = planAlerts(aWatch([], { method: 'nothing' }), [told()], start + day);
    assert.deepEqual([plan.calmed, plan.raise], [[], []]);
  });

  it('keeps to the budget of each manager within seven days', () => {
    const many = Array.from({ length: 8 }, (_, nth) => aWatchedCustomer({ id: `x${nth}`, risk: 0.9 - nth / 100 }));
    const others = aWatchedCustomer({ id: 'y', csOwnerEmail: 'sven@ours.example' });
    const plan = planAlerts(aWatch([...many, others]), [told()], start + 3 * day);
    assert.deepEqual(
      plan.raise.map(({ customer }) => customer.id),
      ['x0', 'x1', 'x2', 'x3', 'y'],
    );
    assert.equal(plan.held.filter(({ why }) => why === 'over budget').length, 4);
    assert.equal(planAlerts(aWatch(many), [told()], start + 7 * day).raise.length, 5);
  });

  it('reminds once of what was put off when its day has come', () => {
    const until = start + 8 * day;
    const snoozed = [anAlertEvent('snoozed', start + day, { until, by: 'c@x', byName: 'Carla' })];
    const at = (now: number, ...more: AlertEvent[]) =>
      planAlerts(aWatch([halden]), [told(...snoozed, ...more)], now).remind.map(({ alert }) => alert.id);
    assert.deepEqual(at(until - 1), []);
    assert.deepEqual(at(until), [7]);
    assert.deepEqual(at(until, anAlertEvent('posting', until), anAlertEvent('posted', until)), []);
  });

  it('tries again what was refused or never tried, and not what may have been told', () => {
    const due = (events: AlertEvent[]) => planAlerts(aWatch([halden]), [anAlert(events)], start + day).retry.length;
    assert.equal(due([]), 1);
    assert.equal(due([anAlertEvent('posting', start), anAlertEvent('refused', start)]), 1);
    assert.equal(due([anAlertEvent('posting', start)]), 0);
    assert.equal(due(posted), 0);
  });

  it('believes "not a risk" for half a year, unless another sign starts', () => {
    const denied = told(
      anAlertEvent('not a risk', start + day, { by: 'c@x', byName: 'Carla', reason: 'on leave' }),
      anAlertEvent('calmed', start + 2 * day),
    );
    const plan = (customer = halden, now = start + 30 * day) => planAlerts(aWatch([customer]), [denied], now);
    assert.deepEqual(
      plan().held.map(({ why }) => why),
      ['not a risk, says a person'],
    );
    const fewer = aWatchedCustomer({ signs: halden.signs.slice(0, 1) });
    assert.equal(plan(fewer).raise.length, 0);
    const nps = { kind: 'NPS fall' as const, before: 40, now: 0, change: null, since: '2026-10-01' };
    assert.equal(plan(aWatchedCustomer({ signs: [...halden.signs, nps] })).raise[0]?.episode, 2);
    assert.equal(plan(halden, start + 181 * day).raise[0]?.episode, 2);
  });

  it('lets signs that people call no risk wait behind others of the same risk', () => {
    const onlyDecay = { signs: halden.signs.slice(0, 1) };
    const onlyChampion = { signs: halden.signs.slice(1) };
    const denied = Array.from({ length: 4 }, (_, nth) =>
      anAlert([...posted, anAlertEvent('not a risk', start, { by: 'c@x' })], { ...onlyDecay, id: `past${nth}` }),
    );
    assert.equal(trustOfSigns(denied, start + day).get('usage decay'), 0.5);
    const plan = planAlerts(
      aWatch([
        aWatchedCustomer({ id: 'decay', risk: 0.6, ...onlyDecay, csOwnerEmail: 'sven@ours.example' }),
        aWatchedCustomer({ id: 'champion', risk: 0.5, ...onlyChampion, csOwnerEmail: 'sven@ours.example' }),
      ]),
      denied,
      start + day,
    );
    assert.deepEqual(
      plan.raise.map(({ customer }) => [customer.id, customer.risk]),
      [
        ['champion', 0.5],
        ['decay', 0.6],
      ],
    );
  });
});
