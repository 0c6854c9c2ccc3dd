import { isoDate, officeDay } from './calendar.ts';
import type { DealtRow } from './dealt-rows.ts';
import { isLongEvaluation, longEvaluations } from './evaluation.ts';
import type { Market } from './market.ts';
import type { Story } from './plan.ts';
import { within } from './quarters.ts';
import { recordId } from './record-ids.ts';
import { driftingSegment } from './shifts.ts';
import { isStartUp, startUps } from './start-ups.ts';
import { turnedDown } from './turned-down.ts';

/** The emerging kind, in the last quarter that is over and before. Shares are of all won deals of any type. */
export interface EmergingTruth {
  name: string;
  description: string;
  fields: readonly string[];
  since: string;
  quarter: { from: string; to: string };
  accounts: string[];
  touched: number;
  wins: number;
  winsBefore: number;
  shareOfWins: number;
  shareOfRevenue: number;
}

/** The loss pattern: what became of the closed deals that are of it. */
export interface LossTruth {
  name: string;
  conditions: readonly { field: string; is: string }[];
  deals: string[];
  closed: number;
  won: number;
  dark: number;
  medianDays: number;
  /** What those who bought paid of what was quoted. */
  priceRealised: number | null;
}

/** The drift: which segment, from which day, and its first deals before and after. */
export interface DriftTruth {
  segment: string;
  field: string;
  value: string;
  since: string;
  /** Its customers leave from here. */
  churnsFrom: string;
  accounts: string[];
  yearBefore: { closed: number; won: number };
  after: { closed: number; won: number };
  churned: number;
}

/** The leads that were turned down on sight. */
export interface TurnedDownTruth {
  reason: string;
  description: string;
  fields: readonly string[];
  since: string;
  leads: string[];
  accounts: string[];
}

export function emergingTruth(market: Market, stories: readonly Story[], deals: readonly DealtRow[]): EmergingTruth {
  const { lastQuarter, emerges } = market.turns;
  const members = accountsWhere(market, stories, (account) => isStartUp(market.traits(account)));
  const isMember = new Set(members);
  const won = deals.filter(({ deal }) => deal.outcome === 'won');
  const inQuarter = won.filter(({ deal }) => within(lastQuarter, officeDay(deal.closesAt)));
  const theirs = inQuarter.filter(({ account }) => isMember.has(account));
  const revenue = (rows: readonly DealtRow[]): number => rows.reduce((sum, { amount }) => sum + amount, 0);
  const { name, description, fields } = startUps;
  return {
    ...{ name, description, fields, since: isoDate(emerges) },
    quarter: { from: isoDate(lastQuarter.from), to: isoDate(lastQuarter.to - 1) },
    accounts: members.map((account) => recordId('account', account)),
    touched: members.filter((account) => stories[account]!.touchedAt !== null).length,
    wins: theirs.length,
    winsBefore: won.filter(({ account, deal }) => isMember.has(account) && officeDay(deal.closesAt) < lastQuarter.from)
      .length,
    shareOfWins: share(theirs.length, inQuarter.length),
    shareOfRevenue: share(revenue(theirs), revenue(inQuarter)),
  };
}

export function lossTruth(deals: readonly DealtRow[]): LossTruth {
  const { name, conditions } = longEvaluations;
  const long = deals.filter(({ deal }) => deal.outcome !== 'open' && isLongEvaluation(deal.evaluation));
  const won = long.filter(({ deal }) => deal.outcome === 'won');
  const days = long.map(({ deal }) => deal.closesAt - deal.createdAt).sort((left, right) => left - right);
  const quoted = won.filter(({ listPrice }) => listPrice !== null);
  const paid = quoted.reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...{ name, conditions, deals: long.map(({ id }) => id), closed: long.length, won: won.length },
    dark: long.filter(({ deal }) => deal.dark).length,
    medianDays: Math.round(days[Math.floor(days.length / 2)] ?? 0),
    priceRealised:
      quoted.length === 0
        ? null
        : share(
            paid,
            quoted.reduce((sum, { listPrice }) => sum + (listPrice ?? 0), 0),
          ),
  };
}

export function driftTruth(market: Market, stories: readonly Story[], deals: readonly DealtRow[]): DriftTruth {
  const { drifts } = market.turns;
  const { name, field, value, member } = driftingSegment;
  const members = accountsWhere(market, stories, (account) => member(market.traits(account)));
  const isMember = new Set(members);
  const theirs = deals.filter(
    ({ account, deal }) => deal.type === 'new' && deal.outcome !== 'open' && isMember.has(account),
  );
  const count = (rows: readonly DealtRow[]): { closed: number; won: number } => ({
    closed: rows.length,
    won: rows.filter(({ deal }) => deal.outcome === 'won').length,
  });
  const churnsFrom = drifts + 91;
  return {
    ...{ segment: name, field, value, since: isoDate(drifts), churnsFrom: isoDate(churnsFrom) },
    accounts: members.map((account) => recordId('account', account)),
    yearBefore: count(
      theirs.filter(({ deal }) => officeDay(deal.closesAt) >= drifts - 365 && officeDay(deal.closesAt) < drifts),
    ),
    after: count(theirs.filter(({ deal }) => officeDay(deal.closesAt) >= drifts)),
    churned: members.filter((account) => {
      const { customer } = stories[account]!;
      return customer?.churn === 'after use' && customer.endedAt! >= churnsFrom;
    }).length,
  };
}

export function turnedDownTruth(market: Market, stories: readonly Story[]): TurnedDownTruth {
  const leads: string[] = [];
  const accounts: string[] = [];
  let number = 0;
  for (const [account, story] of stories.entries()) {
    for (const lead of story.leads) {
      if (lead.onSight) leads.push(recordId('lead', number));
      number += 1;
    }
    if (story.leads.some(({ onSight }) => onSight)) accounts.push(recordId('account', account));
  }
  return { ...turnedDown, since: isoDate(market.turns.turnsDown), leads, accounts };
}

function accountsWhere(market: Market, stories: readonly Story[], is: (account: number) => boolean): number[] {
  const accounts: number[] = [];
  for (let account = 0; account < market.size.accounts; account += 1) {
    if (stories[account]!.duplicateOf === null && is(account)) accounts.push(account);
  }
  return accounts;
}

function share(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((1000 * part) / whole) / 1000;
}
