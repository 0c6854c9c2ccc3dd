import { AccountNotFoundError } from '../../errors.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { dayOf, daysBetween } from '../features/calendar.ts';
import { rateOf } from '../rates.ts';
import { round } from '../round.ts';
import type { Instant, Rate } from '../types.ts';
import { byDistance, type Candidate, churnReasons, describeTwin, type SharedTrait, type Twin } from './find-twin.ts';
import { createPlaces, type Place } from './place-of.ts';

/** An account beside the customer that it is most like among those who bought more, and among those who left after use. */
export interface TwinsFindings {
  book: string;
  asOf: string;
  account: { id: string; name: string };
  knownAt: Place['knownAt'];
  /** 0 to 100: the fit part, and the score after the multiplier. */
  fit: number;
  score: number;
  /** How the multiplier came; `null` where too few customers have left to estimate it. */
  detractor: {
    multiplier: number;
    flagged: boolean;
    churn: number;
    baseRate: number;
    k: number;
    /** What raises the odds of churning after use most, in log-odds. */
    because: readonly SharedTrait[];
    /** Of the ten customers nearest in what makes customers leave, those who left after use. */
    nearestLeft: Rate | null;
  } | null;
  /** Nearest in points. */
  expanded: Twin | null;
  /** Nearest in log-odds of churning after use. */
  churned: Twin | null;
}

const neighbours = 10;
const loyalDays = 365;

/**
 * The twins of an account.
 *
 * Distances are over what each fit criterion adds, so two accounts are near when the table sees no difference that counts,
 * however different they look otherwise. Nobody is its own twin.
 *
 * @throws {AccountNotFoundError} for an account that is neither touched nor in the reference
 */
export function twinsOf(set: AnalysisSet, accountId: string): TwinsFindings {
  const { training, model } = set;
  const places = createPlaces(set);
  const place = places.now(accountId);
  if (place === null) {
    throw new AccountNotFoundError(
      `twins need an account of the book ${training.book} that has been touched or scored, got ${accountId}; try a name or domain`,
      [],
    );
  }
  const others = set.accounts.filter(({ id }) => id !== accountId);
  const expanded = byDistance(place, candidatesOf(others, places, expandedOn), 'points')[0];
  const left = byDistance(place, candidatesOf(others, places, leftOn), 'churn');
  const customers = byDistance(place, candidatesOf(others, places, createKnownEnd(training.asOf)), 'churn').slice(
    0,
    neighbours,
  );
  const { scored } = place;
  return {
    book: training.book,
    asOf: dayOf(training.asOf),
    account: { id: accountId, name: set.accounts.find(({ id }) => id === accountId)?.name ?? accountId },
    knownAt: place.knownAt,
    fit: scored.positive / 10,
    score: scored.score / 10,
    detractor:
      model.detractor === null || scored.churn === null
        ? null
        : {
            multiplier: scored.multiplier / 1000,
            flagged: scored.flagged,
            churn: round(scored.churn, 3),
            baseRate: round(model.detractor.baseRate, 3),
            k: model.detractor.k,
            because: churnReasons(place, 4),
            nearestLeft: rateAmong(
              customers.map(({ candidate }) => candidate),
              new Set(left.map(({ candidate }) => candidate.id)),
            ),
          },
    expanded: expanded === undefined ? null : describeTwin(place, expanded.candidate, expanded.distance, 'points'),
    churned:
      model.detractor === null || left[0] === undefined
        ? null
        : describeTwin(place, left[0].candidate, left[0].distance, 'churn'),
  };
}

/** Customers that left after use, at their places: what others are compared with. */
export function churnedCandidates(set: AnalysisSet, places: ReturnType<typeof createPlaces>): Candidate[] {
  return candidatesOf(set.accounts, places, leftOn);
}

function candidatesOf(
  accounts: readonly AccountFacts[],
  places: ReturnType<typeof createPlaces>,
  on: (facts: AccountFacts) => number | null,
): Candidate[] {
  return accounts.flatMap((facts) => {
    const at = on(facts);
    const place = at === null ? null : places.atFirstTouch(facts.id);
    return at === null || place === null ? [] : [{ id: facts.id, name: facts.name, on: dayOf(at), place }];
  });
}

function expandedOn(facts: AccountFacts): number | null {
  return leftOn(facts) === null ? facts.reachedAt.expanded : null;
}

function leftOn({ churns }: AccountFacts): number | null {
  return churns.find(({ afterUse }) => afterUse)?.at ?? null;
}

/** Customers whose end after use is known, or that have stayed for a year: the young would pass for loyal. */
function createKnownEnd(asOf: Instant): (facts: AccountFacts) => number | null {
  return (facts) => {
    const { customerSince, isCustomer } = facts;
    const hasStayed = isCustomer && customerSince !== null && daysBetween(customerSince, asOf) >= loyalDays;
    return leftOn(facts) ?? (hasStayed ? customerSince : null);
  };
}

function rateAmong(nearest: readonly Candidate[], left: ReadonlySet<string>): Rate | null {
  return rateOf(nearest.filter(({ id }) => left.has(id)).length, nearest.length);
}
