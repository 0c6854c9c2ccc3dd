import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { customerLives } from '../../../src/icp/life/customer-lives.ts';
import { watchChurn } from '../../../src/icp/life/watch-churn.ts';
import { whoLeft } from '../../../src/icp/life/who-left.ts';
import { aBookOfCustomers, aCustomer, aSetOf, day, monthly, today } from './a-book-of-customers.ts';

describe('watchChurn', () => {
  const book = aBookOfCustomers({ n: 500, seed: 3, signs: true });
  const found = watchChurn(book);

  it('finds the customers whose use falls, and forecasts a later year well from an earlier one', () => {
    assert.equal(found.method, 'learned');
    assert.ok((found.judged?.auc?.low ?? 0) > 0.6, JSON.stringify(found.judged?.auc));
    const { learned } = found.judged!.alerts;
    assert.ok((learned.precision?.v ?? 0) > 0.4 && (learned.leadDays?.v ?? 0) >= 20, JSON.stringify(learned));
    assert.ok((learned.caught?.low ?? 0) > 0.5, JSON.stringify(learned));
  });

  it('alerts of a customer that fades now, with its sign, its twin and the days that others had left', () => {
    const fading = aCustomer({
      id: 'fading',
      startedAt: today - 400 * day,
      usage: monthly('active_users', today - 400 * day, [90, 95, 99, 97, 99, 96, 99, 97, 95, 90, 70, 52, 40]),
      renewalOn: today + 40 * day,
    });
    const { ranked, asOf } = watchChurn({ ...book, accounts: [...book.accounts, fading] });
    const first = ranked.find(({ id }) => id === 'fading');
    assert.ok(first !== undefined);
    assert.equal(first.standing, 'alert');
    assert.deepEqual(
      first.signs.map(({ kind, since }) => [kind, since]),
      [['usage decay', '2026-06-01']],
    );
    assert.ok(first.twin !== null && first.twin.leftOn <= asOf && first.twin.shared.length > 0);
    assert.ok(first.past !== null && first.past.happened.v > 0.3 && first.past.daysUntil !== null);
    assert.deepEqual([first.daysToRenewal, first.renewalIsWritten], [40, true]);
    assert.match(first.action, /^bring the renewal talk forward; call them/);
  });

  it('never lists who has left, however much they used it', () => {
    const gone = new Set(book.accounts.filter(({ isCustomer }) => !isCustomer).map(({ id }) => id));
    assert.ok(gone.size > 50);
    assert.deepEqual(
      found.ranked.filter(({ id }) => gone.has(id)),
      [],
    );
  });

  it('keeps risks between 0 and 1 in falling order, and gives the same bytes twice', () => {
    const risks = found.ranked.map(({ risk }) => risk ?? -1);
    assert.deepEqual(
      risks,
      risks.toSorted((a, b) => b - a),
    );
    assert.ok(risks.every((risk) => risk >= 0 && risk <= 1));
    assert.equal(JSON.stringify(watchChurn(book)), JSON.stringify(found));
    assert.deepEqual(JSON.parse(JSON.stringify(found)), found);
  });

  it('says that nothing foretells it where leaving comes out of the blue, and alerts nobody', () => {
    const { method, why, ranked } = watchChurn(aBookOfCustomers({ n: 500, seed: 5 }));
    assert.equal(method, 'nothing');
    assert.match(why, /no better than chance/);
    assert.deepEqual(ranked, []);
  });

  it('falls back on the rule of falling use, by its name, where too few have left', () => {
    const few = book.accounts.filter(({ isCustomer }) => isCustomer);
    const { method, why, ranked } = watchChurn({ ...book, accounts: few });
    assert.equal(method, 'usage decay');
    assert.match(why, /not estimable yet: 0 customers left .* 25 are needed/);
    assert.ok(ranked.every(({ risk, standing, signs }) => risk === null && standing === 'watch' && signs.length > 0));
  });

  it('has nothing to say of no customers, and of a source without dates', () => {
    assert.match(watchChurn(aSetOf([])).why, /no customer of 90 days/);
    const undated = { ...book, training: { ...book.training, timeKind: 'order' as const } };
    assert.match(watchChurn(undated).why, /has no dates/);
    const silent = aSetOf([aCustomer({ id: 'a', startedAt: today - 200 * day })]);
    assert.deepEqual(watchChurn(silent).ranked, []);
  });
});

describe('whoLeft', () => {
  it('tells tenure, the trend of the last use and the reason, the latest first', () => {
    const startedAt = Date.UTC(2025, 9, 1);
    const values = [60, 60, 60, 60, 60, 60, 60, 30, 30];
    const left = aCustomer({
      ...{ id: 'left', startedAt, endedAt: Date.UTC(2026, 5, 30) },
      usage: monthly('active_users', startedAt, values),
    });
    const silent = aCustomer({ id: 'silent', startedAt, endedAt: Date.UTC(2026, 4, 1) });
    assert.deepEqual(whoLeft(customerLives([silent, left]), 5), [
      {
        ...{ id: 'left', name: 'Customer left', leftOn: '2026-06-30', tenureMonths: 9 },
        ...{ usageTrend: -0.5, reason: 'test', afterUse: true },
      },
      {
        ...{ id: 'silent', name: 'Customer silent', leftOn: '2026-05-01', tenureMonths: 7 },
        ...{ usageTrend: null, reason: 'test', afterUse: true },
      },
    ]);
  });
});
