import type { Random } from '../../stats/random.ts';
import { type Day, isoDate, monthStart } from '../calendar.ts';
import type { Market } from '../market.ts';
import type { PlannedCustomer, Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { clamp, type Traits } from '../traits.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = ['account_id', 'period_start', 'metric', 'value'];

/** What customers did with the product, month by month. */
export function usageFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'usage.csv', header, rows: rereadable(() => usageRows(market, stories)) };
}

function* usageRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  for (const [account, { customer, deals }] of stories.entries()) {
    if (customer === null) continue;
    const random = market.random(account, 'usage');
    const id = recordId('account', account);
    const expandedAt = deals.find((deal) => deal.type === 'expansion' && deal.outcome === 'won')?.closesAt ?? null;
    const life = { customer, expandedAt, traits: market.traits(account), until: market.until };
    for (const [period, metric, value] of monthsOf(life, random)) {
      yield [id, period, metric, cell(value)];
    }
  }
}

interface Life {
  customer: PlannedCustomer;
  expandedAt: Day | null;
  traits: Traits;
  until: Day;
}

function* monthsOf(life: Life, random: Random): Generator<[period: string, metric: string, value: number]> {
  const { startedAt, endedAt, churn } = life.customer;
  const last = endedAt ?? life.until;
  const seats = Math.round(clamp(4 + life.traits.salesTeam * random.between(0.35, 0.8), 5, 400));
  const leavesAt = churn === 'after use' && random.next() < 0.6 ? last - random.between(50, 150) : null;
  const habit = random.between(0.55, 0.85);
  for (let month = 0; ; month += 1) {
    const period = monthStart(startedAt, month);
    const next = monthStart(startedAt, month + 1);
    // A month that is not over has no figures yet, save the first and only one.
    if (next > last && month > 0) return;
    const bought = life.expandedAt !== null && period > life.expandedAt ? Math.round(seats * 1.5) : seats;
    const warmth = habit * Math.min(1, 0.45 + 0.2 * month) * pressure(life, period) * Math.exp(0.07 * random.normal());
    const used = Math.min(bought, Math.round(bought * clamp(warmth * 1.15, 0.02, 1)));
    const active = Math.min(used, Math.round(bought * clamp(warmth, 0.01, 1)));
    const fading = decay(life, period);
    const date = isoDate(period);
    yield [date, 'active_users', active];
    yield [date, 'power_users', Math.round(active * clamp(0.3 + 0.08 * random.normal(), 0.05, 0.8))];
    yield [date, 'seats_used', used];
    yield [date, 'seats_bought', bought];
    yield [date, 'limit_share', Math.round(100 * clamp(warmth * random.between(0.95, 1.15), 0, 1)) / 100];
    yield [date, 'sessions', Math.round(active * clamp(13 + 3 * random.normal(), 3, 30) * (1 - 0.3 * fading))];
    yield [date, 'tickets', Math.max(0, Math.round(1 + bought / 40 + 4 * fading + 1.2 * random.normal()))];
    if (month % 3 === 2) yield [date, 'nps', Math.round(clamp(34 + 22 * random.normal() - 55 * fading, -100, 100))];
    if (month === 0) yield [date, 'champion_left', 0];
    if (leavesAt !== null && leavesAt >= period && leavesAt < next) yield [date, 'champion_left', 1];
  }
}

/** 0 while all is well; towards 1 over the five months before a customer leaves. */
function decay({ customer }: Life, period: Day): number {
  if (customer.churn !== 'after use') return 0;
  return clamp(1 - (customer.endedAt! - period - 30) / 150, 0, 1);
}

/** What use is multiplied by: it fades before churn, hardly starts for who leaves early, and swells before expansion. */
function pressure(life: Life, period: Day): number {
  if (life.customer.churn === 'early') return 0.12;
  const ahead = life.expandedAt === null ? Number.POSITIVE_INFINITY : life.expandedAt - period;
  const swelling = ahead > 0 && ahead < 150 ? 1.12 + 0.3 * (1 - ahead / 150) : 1;
  return swelling * (1 - 0.62 * decay(life, period));
}
