import { roundedRate } from '../rates.ts';
import type { Instant, Rate } from '../types.ts';

export type Tier = 1 | 2 | 3;

/** A person's tier for an account, beside the model's: for a reason, and until a day. */
export interface Override {
  id: number;
  book: string;
  accountId: string;
  tier: Tier;
  reason: string;
  /** Address of who set it, or the command line. */
  by: string;
  byName: string;
  setAt: Instant;
  until: Instant;
  /** What the model said then; `null` for an account that it had not scored. */
  modelVersion: number | null;
  modelTier: Tier | null;
  modelScore: number | null;
  /** When and by whom it was lifted, or another one was set in its place. */
  endedAt: Instant | null;
  endedBy: string | null;
}

const onTheRecord = 'in Salesforce';

/** What is said of whoever set a tier on a record of the CRM; `null` where nobody knows who it was. */
export function setterInCrm(email: string | null): Pick<Override, 'by' | 'byName'> {
  return { by: email ?? 'Salesforce', byName: `${email ?? 'somebody'} ${onTheRecord}` };
}

/** Whether it was set on the record in the CRM, not here. */
export function isSetInCrm({ byName }: Pick<Override, 'byName'>): boolean {
  return byName.endsWith(onTheRecord);
}

/** Whether an override holds at an instant: the day it names is the first on which it holds no more. */
export function holdsAt(
  { setAt, until, endedAt }: Pick<Override, 'setAt' | 'until' | 'endedAt'>,
  at: Instant,
): boolean {
  return setAt <= at && at < until && (endedAt === null || at < endedAt);
}

/** What became of an account after a person had spoken. */
export interface KnownSince {
  overrideId: number;
  outcome: 'won' | 'lost';
  at: Instant;
}

/** How often overrides pointed the right way, of those whose account was won or lost since. */
export interface TrackRecord {
  all: Rate | null;
  /** Raised above the model's tier, and put below it. */
  raised: Rate | null;
  lowered: Rate | null;
  /** By the team of whoever set them, most judged first. */
  teams: readonly { team: string; rate: Rate }[];
  /** Set, and the account neither won nor lost since. */
  open: number;
  /** At the model's own tier, or where it had none: there was no direction to be right about. */
  withoutDirection: number;
  judged: readonly { override: Override; outcome: 'won' | 'lost'; at: Instant; right: boolean }[];
}

/**
 * Holds overrides against what happened: one that raised an account was right when it was won, one that lowered it when it
 * was lost. Nothing else counts, so an account that is still open says nothing yet.
 *
 * @param teamOf the team of whoever set an override, in words
 */
export function trackRecord(
  overrides: readonly Override[],
  known: readonly KnownSince[],
  teamOf: (override: Override) => string,
): TrackRecord {
  const outcomes = new Map(known.map((one) => [one.overrideId, one]));
  const directed = overrides.filter(({ tier, modelTier }) => modelTier !== null && modelTier !== tier);
  const judged = directed.flatMap((override) => {
    const found = outcomes.get(override.id);
    if (found === undefined) return [];
    return [
      { override, outcome: found.outcome, at: found.at, right: isRaised(override) === (found.outcome === 'won') },
    ];
  });
  const rate = (of: typeof judged) => roundedRate(of.filter(({ right }) => right).length, of.length);
  const teams = [...new Set(judged.map(({ override }) => teamOf(override)))].flatMap((team) => {
    const own = rate(judged.filter(({ override }) => teamOf(override) === team));
    return own === null ? [] : [{ team, rate: own }];
  });
  return {
    all: rate(judged),
    raised: rate(judged.filter(({ override }) => isRaised(override))),
    lowered: rate(judged.filter(({ override }) => !isRaised(override))),
    teams: teams.sort((a, b) => b.rate.n - a.rate.n || (a.team < b.team ? -1 : 1)),
    open: directed.length - judged.length,
    withoutDirection: overrides.length - directed.length,
    judged,
  };
}

function isRaised({ tier, modelTier }: Override): boolean {
  return modelTier !== null && tier < modelTier;
}
