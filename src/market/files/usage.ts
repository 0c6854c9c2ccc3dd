import type { Random } from '../../stats/random.ts';
import { type Day, isoDate, monthStart } from '../calendar.ts';
import { drawLifeSigns } from '../life-signs.ts';
import type { Market } from '../market.ts';
import type { Story } from '../plan.ts';
import { recordId } from '../record-ids.ts';
import { clamp } from '../traits.ts';
import { cell, type MarketFile, rereadable } from './rows.ts';

const header = ['account_id', 'period_start', 'metric', 'value'];

/** What customers did with the product, month by month. */
export function usageFile(market: Market, stories: readonly Story[]): MarketFile {
  return { file: 'usage.csv', header, rows: rereadable(() => usageRows(market, stories)) };
}

function* usageRows(market: Market, stories: readonly Story[]): Generator<readonly string[]> {
  for (const [account, story] of stories.entries()) {
    if (story.customer === null) continue;
    const id = recordId('account', account);
    const random = market.random(account, 'usage');
    for (const [period, metric, value] of monthsOf(market, account, story, random)) {
      yield [id, period, metric, cell(value)];
    }
  }
}

function* monthsOf(
  market: Market,
  account: number,
  story: Story,
  random: Random,
): Generator<[period: string, metric: string, value: number]> {
  const { startedAt, endedAt, churn } = story.customer!;
  const last = endedAt ?? market.until;
  const seats = Math.round(clamp(4 + market.traits(account).salesTeam * random.between(0.35, 0.8), 5, 400));
  const signs = drawLifeSigns(market, account, story);
  const expandedAt = story.deals.find((deal) => deal.type === 'expansion' && deal.outcome === 'won')?.closesAt ?? null;
  // Who leaves early hardly starts.
  const habit = random.between(0.5, 0.78) * (churn === 'early' ? 0.12 : 1);
  for (let month = 0; ; month += 1) {
    const period = monthStart(startedAt, month);
    const next = monthStart(startedAt, month + 1);
    // A month that is not over has no figures yet, save the first and only one.
    if (next > last && month > 0) return;
    const mood = signs.at(period);
    const bought = expandedAt !== null && period > expandedAt ? Math.round(seats * 1.5) : seats;
    const warmth =
      habit * Math.min(1, 0.45 + 0.2 * month) * holidays(period) * mood.use * Math.exp(0.07 * random.normal());
    const used = Math.min(bought, Math.round(bought * clamp(warmth * 1.15, 0.02, 1)));
    const active = Math.min(used, Math.round(bought * clamp(warmth, 0.01, 1)));
    const power = clamp(0.3 + mood.power + 0.06 * random.normal(), 0.05, 0.85);
    const pace = clamp(13 + 3 * random.normal(), 3, 30) * clamp(0.5 + 0.5 * mood.use, 0.6, 1.4);
    const date = isoDate(period);
    yield [date, 'active_users', active];
    yield [date, 'power_users', Math.round(active * power)];
    yield [date, 'seats_used', used];
    yield [date, 'seats_bought', bought];
    yield [date, 'limit_share', Math.round(100 * clamp(warmth * random.between(0.95, 1.15), 0, 1)) / 100];
    yield [date, 'sessions', Math.round(active * pace)];
    yield [date, 'tickets', Math.max(0, Math.round(1 + bought / 40 + mood.tickets + 1.2 * random.normal()))];
    if (month % 3 === 2) yield [date, 'nps', Math.round(clamp(34 + 22 * random.normal() + mood.nps, -100, 100))];
    if (month === 0) yield [date, 'champion_left', 0];
    const { championLeaves } = signs;
    if (championLeaves !== null && championLeaves >= period && championLeaves < next) yield [date, 'champion_left', 1];
  }
}

/** In August and December everybody uses it less. */
function holidays(period: Day): number {
  const month = isoDate(period).slice(5, 7);
  return month === '08' || month === '12' ? 0.85 : 1;
}
