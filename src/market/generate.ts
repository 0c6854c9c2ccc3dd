import { type AnswerKey, answerKey } from './answer-key.ts';
import { dayOf } from './calendar.ts';
import { accountsFile } from './files/accounts.ts';
import { contactsFile } from './files/contacts.ts';
import { customersFile } from './files/customers.ts';
import { leadsFile } from './files/leads.ts';
import { observationsFile } from './files/observations.ts';
import { opportunitiesFile } from './files/opportunities.ts';
import { peopleFile } from './files/people.ts';
import type { MarketFile } from './files/rows.ts';
import { signalsFile } from './files/signals.ts';
import { usageFile } from './files/usage.ts';
import { openMarket } from './market.ts';
import { planMarket } from './plan.ts';
import { type SizeName, sizes } from './sizes.ts';
import type { PlantedThing } from './world.ts';

export interface MarketOptions {
  size?: SizeName | undefined;
  seed?: number | undefined;
  /** Planted things to leave out. */
  without?: readonly PlantedThing[] | undefined;
  /** The last day that anything is known of, as a date. */
  until?: string | undefined;
  /** The first day of the drift, as a date; the start of the last full quarter but one when absent. */
  driftsOn?: string | undefined;
}

/** A market: its files, as a bundle has them, people and accounts first, and the truth about it. */
export interface GeneratedMarket {
  files: readonly MarketFile[];
  answerKey: AnswerKey;
}

/**
 * Makes a market that never was, whose truth is known.
 *
 * The same options give the same bytes. What happens to each account is decided here and held (some hundred bytes
 * each); the rows of a file are made while they are read, so that a market far larger than memory can be written.
 *
 * @throws {RangeError} when `until` or `driftsOn` is no date
 * @example generateMarket({ size: 'small', seed: 1 }).answerKey.counts.customers; // => 50
 */
export function generateMarket({
  size = 'box',
  seed = 1,
  without,
  until = '2026-09-30',
  driftsOn,
}: MarketOptions = {}): GeneratedMarket {
  // The last day itself still counts.
  const market = openMarket({
    size: sizes[size],
    seed,
    until: dayOf(until) + 1,
    without,
    drifts: driftsOn === undefined ? undefined : dayOf(driftsOn),
  });
  const stories = planMarket(market);
  return {
    files: [
      peopleFile(),
      accountsFile(market, stories),
      contactsFile(market, stories),
      leadsFile(market, stories),
      opportunitiesFile(market, stories),
      customersFile(market, stories),
      observationsFile(market, stories),
      signalsFile(market, stories),
      usageFile(market, stories),
    ],
    answerKey: answerKey(market, stories),
  };
}
