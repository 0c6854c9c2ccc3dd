import { holm } from '../../stats/tests/holm.ts';
import { twoRates } from '../../stats/tests/two-rates.ts';
import { dayMs } from '../features/calendar.ts';
import type { Lead } from '../history.ts';
import { roundedRate } from '../rates.ts';
import { roundP } from '../round.ts';
import type { Instant, Rate } from '../types.ts';

/** How often a reason is given of late and was given before, among all leads that were turned down. */
export interface SaidLately {
  since: Instant;
  lately: Rate;
  before: Rate;
  /** Adjusted for every reason that was looked at. */
  p: number;
}

const lateDays = 182;
const fewestLeads = 20;

/**
 * Reasons that reps have come to give more often: of the leads turned down in the last half year against those before, by reason.
 *
 * What is the matter with accounts hardly changes in half a year, and what reps have got into the habit of does. Only reasons that are
 * given more often beyond chance (Holm) are listed.
 */
export function saidLately(
  leads: readonly Pick<Lead, 'status' | 'decidedAt' | 'rejectReason'>[],
  asOf: Instant,
): Map<string, SaidLately> {
  const since = asOf - lateDays * dayMs;
  const rejected = leads.flatMap(({ status, decidedAt, rejectReason }) =>
    status === 'rejected' && decidedAt !== null && rejectReason !== null
      ? [{ isLate: decidedAt >= since, reason: rejectReason }]
      : [],
  );
  const [late, early] = [rejected.filter(({ isLate }) => isLate), rejected.filter(({ isLate }) => !isLate)];
  if (late.length < fewestLeads || early.length < fewestLeads) return new Map();
  const reasons = [...new Set(late.map(({ reason }) => reason))].sort();
  const count = (of: typeof rejected, reason: string): number => of.filter((each) => each.reason === reason).length;
  const tests = reasons.map((reason) => {
    const [hits, otherHits] = [count(late, reason), count(early, reason)];
    const { v, p } = twoRates(hits, late.length, otherHits, early.length);
    return { reason, hits, otherHits, v, p };
  });
  const adjusted = holm(tests.map(({ p }) => p));
  return new Map(
    tests.flatMap(({ reason, hits, otherHits, v }, at): [string, SaidLately][] => {
      if (v <= 0 || adjusted[at]! > 0.05) return [];
      const [lately, before] = [roundedRate(hits, late.length)!, roundedRate(otherHits, early.length)!];
      return [[reason, { since, lately, before, p: roundP(adjusted[at]!) }]];
    }),
  );
}
