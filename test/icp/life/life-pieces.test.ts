import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { customerLives, nextRenewal } from '../../../src/icp/life/customer-lives.ts';
import { learnLife } from '../../../src/icp/life/learn-life.ts';
import { lifeFeatures } from '../../../src/icp/life/life-features.ts';
import { churnEvent, outcomesOf } from '../../../src/icp/life/life-rows.ts';
import { simulateAlerts } from '../../../src/icp/life/simulate-alerts.ts';
import { knownValues, meanOver, periodsKnown, usageSeries } from '../../../src/icp/life/usage-series.ts';
import { warningSigns } from '../../../src/icp/life/warning-signs.ts';
import { aBookOfCustomers, aCustomer, day, monthly, today } from './a-book-of-customers.ts';

const october = Date.UTC(2026, 9, 1);

describe('usageSeries', () => {
  it('knows a month when it is over, and a week likewise', () => {
    const months = usageSeries(monthly('active_users', Date.UTC(2026, 6, 1), [5, 6, 7, 8]));
    assert.equal(periodsKnown(months, october), 3);
    assert.equal(periodsKnown(months, october - 1), 2);
    const weeks = usageSeries(
      [0, 7, 14].map((days) => ({ metric: 'sessions', periodStart: october + days * day, value: 1 })),
    );
    assert.equal(periodsKnown(weeks, october + 14 * day), 2);
  });

  it('hears nothing of before an event from its day on, nor of the month that it fell into', () => {
    const event = Date.UTC(2026, 7, 15);
    const usage = usageSeries(monthly('active_users', Date.UTC(2026, 6, 1), [5, 6, 7, 8]), [event]);
    const known = (at: number) => knownValues(usage, 'active_users', at).map(({ v }) => v);
    assert.deepEqual([known(event - 1), known(event), known(october)], [[5], [], [7]]);
    assert.deepEqual(
      [meanOver(usage, 'active_users', 0, october), meanOver(usage, 'active_users', 0, event - 1)],
      [7, 5],
    );
    assert.ok(Number.isNaN(meanOver(usage, 'active_users', 0, event)));
  });

  it('keeps what nobody wrote down unknown', () => {
    const usage = usageSeries([
      { metric: 'nps', periodStart: Date.UTC(2026, 7, 1), value: 40 },
      { metric: 'sessions', periodStart: Date.UTC(2026, 6, 1), value: 9 },
      { metric: 'sessions', periodStart: Date.UTC(2026, 7, 1), value: 0 },
    ]);
    assert.equal(meanOver(usage, 'nps', 0, october), 40);
    assert.equal(meanOver(usage, 'sessions', 0, october), 4.5);
    assert.ok(Number.isNaN(meanOver(usage, 'sessions', 0, october, 3)));
    assert.ok(Number.isNaN(meanOver(usage, 'tickets', 0, october)));
  });
});

describe('the features of a life', () => {
  it('see nothing that was known later than the snapshot', () => {
    const book = aBookOfCustomers({ n: 40, seed: 8, signs: true, swells: true });
    const at = today - 300 * day;
    const earlier = book.accounts.map((facts) => ({
      ...facts,
      outcomes: facts.outcomes.filter(({ occurredAt }) => occurredAt <= at),
      usage: facts.usage.filter(({ periodStart }) => periodStart <= at - 31 * day),
    }));
    const read = (accounts: typeof book.accounts) =>
      customerLives(accounts)
        .filter(({ startedAt }) => startedAt < at)
        .map((life) => lifeFeatures([life]).map((feature) => feature.read(life, at)));
    assert.deepEqual(read(book.accounts), read(earlier));
  });

  it('are unknown for a customer whose use nobody recorded', () => {
    const [life] = customerLives([aCustomer({ id: 'a', startedAt: today - 400 * day })]);
    const known = lifeFeatures([life!]).filter(({ read }) => !Number.isNaN(read(life!, today)));
    assert.deepEqual(
      known.map(({ key }) => key),
      ['tenure', 'to_renewal'],
    );
  });
});

describe('learnLife', () => {
  it('leaves out snapshots whose horizon was not over, and calls those events that came within it', () => {
    const book = aBookOfCustomers({ n: 300, seed: 2, signs: true });
    const lives = customerLives(book.accounts);
    const cutoff = today - 200 * day;
    const { learnt } = learnLife(book.training, lives, churnEvent, cutoff);
    assert.ok(learnt !== null);
    assert.ok(learnt.rows.at.every((at) => at <= cutoff - 120 * day));
    const { endedAt } = learnt.rows.lives[learnt.outcome.indexOf(1)]!;
    const at = learnt.rows.at[learnt.outcome.indexOf(1)]!;
    assert.ok(endedAt !== null && endedAt > at && endedAt <= at + 120 * day);
    assert.deepEqual(outcomesOf(learnt.rows, churnEvent), learnt.outcome);
  });

  it('promises as much as comes, on accounts it has not seen', () => {
    const book = aBookOfCustomers({ n: 600, seed: 4, signs: true });
    const { learnt } = learnLife(book.training, customerLives(book.accounts), churnEvent, today);
    const { outOfFold, outcome } = learnt!;
    const high = [...outcome.keys()].filter((row) => outOfFold[row]! > 0);
    const promised = high.reduce((sum, row) => sum + 1 / (1 + Math.exp(-outOfFold[row]!)), 0) / high.length;
    const came = high.reduce((sum, row) => sum + outcome[row]!, 0) / high.length;
    assert.ok(Math.abs(promised - came) < 0.12, `${promised} against ${came} in ${high.length}`);
  });
});

describe('warningSigns', () => {
  const from = Date.UTC(2025, 9, 1);
  const signsOf = (metric: string, values: readonly number[]) =>
    warningSigns(usageSeries(monthly(metric, from, values)), october);

  it('tell a fall of use with its figures and its first month', () => {
    assert.deepEqual(signsOf('active_users', [50, 50, 50, 50, 50, 50, 50, 50, 50, 40, 30, 20]), [
      { kind: 'usage decay', before: 50, now: 25, change: -0.5, since: '2026-07-01' },
    ]);
    assert.deepEqual(signsOf('active_users', [50, 50, 50, 50, 50, 50, 50, 50, 50, 46, 45, 44]), []);
    assert.deepEqual(signsOf('active_users', [2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1]), []);
  });

  it('do not bring up a fall that has been lived with for a year', () => {
    assert.deepEqual(signsOf('active_users', [50, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20, 20]), []);
  });

  it('tell more tickets only where chance would not do it', () => {
    assert.deepEqual(signsOf('tickets', [4, 4, 4, 4, 4, 4, 4, 4, 4, 9, 9, 9]), [
      { kind: 'support tickets', before: 4, now: 9, change: 1.25, since: '2026-07-01' },
    ]);
    assert.deepEqual(signsOf('tickets', [1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 1, 2]), []);
  });

  it('tell that a champion left and that the NPS fell', () => {
    assert.deepEqual(signsOf('champion_left', [0, 0, 0, 0, 0, 0, 0, 0, 0, 1])[0], {
      ...{ kind: 'stakeholder turnover', before: null, now: 1, change: null, since: '2026-07-01' },
    });
    assert.deepEqual(signsOf('nps', [40, 30, 35, 40, 5])[0]?.kind, undefined);
    const surveys = [40, 30, 5].map((value, nth) => ({
      metric: 'nps',
      periodStart: Date.UTC(2026, 2 + 3 * nth, 1),
      value,
    }));
    const quarterly = usageSeries([
      ...surveys,
      ...monthly(
        'sessions',
        from,
        Array.from({ length: 12 }, () => 1),
      ),
    ]);
    assert.deepEqual(warningSigns(quarterly, october), [
      { kind: 'NPS fall', before: 35, now: 5, change: null, since: '2026-09-01' },
    ]);
  });
});

describe('simulateAlerts', () => {
  const lives = customerLives(
    ['a', 'b', 'c'].map((id) =>
      aCustomer({ id, startedAt: today - 500 * day, endedAt: id === 'a' ? today - 10 * day : null }),
    ),
  );
  const policy = { alertAt: 0.5, calmAt: 0.2, episodeDays: 60, perOwner: 2 };
  const weeks = (scores: readonly (readonly number[])[]) => {
    const rows = scores.flatMap((week, nth) => week.map((score, at) => ({ life: lives[at]!, score, nth })));
    return simulateAlerts(
      {
        lives: rows.map(({ life }) => life),
        at: Float64Array.from(rows, ({ nth }) => today - 90 * day + nth * 7 * day),
      },
      rows.map(({ score }) => score),
      churnEvent,
      policy,
    ).map(({ row, leadDays }) => [rows[row]!.life.facts.id, rows[row]!.nth, leadDays]);
  };

  it('tell once an episode, and again after it was calm', () => {
    assert.deepEqual(weeks([[0.9], [0.9], [0.3], [0.9], [0.1], [0.6]]), [
      ['a', 0, 80],
      ['a', 5, 45],
    ]);
  });

  it('tell the worst first within the budget, and the next a week later', () => {
    assert.deepEqual(
      weeks([
        [0.6, 0.9, 0.8],
        [0.6, 0.9, 0.8],
      ]),
      [
        ['b', 0, null],
        ['c', 0, null],
        ['a', 1, 73],
      ],
    );
  });
});

describe('nextRenewal', () => {
  it('is the written day while it lies ahead, and else the next anniversary', () => {
    const [written] = customerLives([aCustomer({ id: 'a', startedAt: today - 400 * day, renewalOn: today + 9 * day })]);
    assert.equal(nextRenewal(written!, today), today + 9 * day);
    assert.equal(nextRenewal(written!, today + 10 * day), today + 330 * day);
  });
});
