import { holm } from '../../stats/tests/holm.ts';
import { twoRates } from '../../stats/tests/two-rates.ts';
import type { AccountFacts } from '../account-facts.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { isLowEvidence } from '../evidence.ts';
import { forecastLater, type LaterForecasts } from '../impact/later-forecasts.ts';
import { pickFitRows } from '../impact/pick-fit-rows.ts';
import { createSupportOfForecast } from '../impact/support-of-forecast.ts';
import { tierOfAccounts } from '../impact/tiered-deals.ts';
import { type Correlation, measureCorrelations } from '../importance/measure-correlations.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { ScoreSupport } from '../score-support.ts';
import type { Rate } from '../types.ts';
import { traitsOfReasons } from './reason-traits.ts';
import { type SaidLately, saidLately } from './said-lately.ts';

export interface RejectionReason {
  reason: string;
  /** Rejected for it, of tier 1 and of any tier. */
  tier1: number;
  all: number;
  /** Mean probability of winning that the model gave the tier 1 ones beforehand, and how many were won after all. */
  said: number | null;
  wonAnyway: Rate | null;
  /** The same probability for all that were turned down for it, whatever their tier. */
  saidOfAll: number;
  /** What they have in common, clear of chance: a kind of account that is turned down on sight. */
  traits: readonly Correlation[];
  /** Where it is given more often of late than before, beyond chance, whatever the tier. */
  lately: SaidLately | null;
}

export interface RejectionFindings {
  /** Mean probability of winning that the model gave all accounts that were decided on. */
  saidOfDecided: number | null;
  /** Decided leads of accounts with a tier of before, tier 1 only, and how many were rejected. */
  tier1: Rate | null;
  others: Rate | null;
  reasons: readonly RejectionReason[];
  /** What tier 1 accounts have that reps turn down more often than other tier 1 accounts, clear of chance. */
  traits: readonly Correlation[];
  /** People who turn down tier 1 more often or less often than all others, beyond chance (Holm). */
  people: readonly { email: string; rejected: Rate; others: Rate; p: number }[];
  /** Rejected though tier 1, best first, and taken though tier 3. */
  disagreements: readonly {
    id: string;
    name: string;
    score: number;
    /** What stood behind that score, where it was low evidence; absent is enough, or what was not looked at. */
    support?: ScoreSupport;
    tier: 1 | 3;
    decision: 'rejected' | 'accepted';
    reason: string | null;
  }[];
  counts: { rejectedTier1: number; acceptedTier3: number };
  missing: string | null;
}

const mostReasons = 8;
const mostNamed = 10;
const fewestLeads = 10;

/**
 * Why reps turn down accounts that the model puts into tier 1: their reasons, grouped, beside the model's own view.
 *
 * The tier is that of the day before the first touch, by a table that had not seen the account; the decision is that on the
 * first decided lead. What happened to the rejected ones later says who was right, as far as a rejected account can still be won.
 */
export function explainRejections(
  set: AnalysisSet,
  forecasts: LaterForecasts | null = forecastLater(set),
): RejectionFindings {
  const nothing: RejectionFindings = {
    ...{ saidOfDecided: null, tier1: null, others: null, reasons: [], traits: [], people: [], disagreements: [] },
    counts: { rejectedTier1: 0, acceptedTier3: 0 },
    missing: 'no account has a tier from before its first touch yet: more closed deals are needed to learn one',
  };
  if (forecasts === null) return nothing;
  const tiers = tierOfAccounts(set, forecasts);
  const place = new Map([...forecasts.rows].map((row, at) => [set.training.fit.table.accountIds[row]!, at]));
  const decided = set.accounts.flatMap((account) => {
    const tier = tiers.get(account.id);
    const lead = firstDecided(account);
    return tier === undefined || lead === null ? [] : [{ account, tier, lead, at: place.get(account.id)! }];
  });
  if (decided.length === 0) return { ...nothing, missing: 'no lead of an account with a tier has been decided yet' };
  const rejected = (list: typeof decided) => list.filter(({ lead }) => lead.status === 'rejected');
  const rate = (list: typeof decided) => roundedRate(rejected(list).length, list.length);
  const first = decided.filter(({ tier }) => tier === 1);
  const reasonOf = ({ lead }: (typeof decided)[number]) => lead.rejectReason ?? 'no reason given';
  const meanSaid = (list: typeof decided) =>
    round(list.reduce((sum, { at }) => sum + forecasts.probability.won[at]!, 0) / list.length, 4);
  const common = traitsOfReasons(
    set,
    new Map(decided.map((each) => [each.account.id, each.lead.status === 'rejected' ? reasonOf(each) : null])),
  );
  const lately = saidLately(
    set.accounts.flatMap(({ leads }) => leads),
    set.training.asOf,
  );
  const named = [...new Set(rejected(decided).map(reasonOf))].map((reason): RejectionReason => {
    const all = rejected(decided).filter((each) => reasonOf(each) === reason);
    const own = all.filter(({ tier }) => tier === 1);
    return {
      ...{ reason, tier1: own.length, all: all.length },
      said: own.length === 0 ? null : meanSaid(own),
      saidOfAll: meanSaid(all),
      traits: common.get(reason) ?? [],
      lately: lately.get(reason) ?? null,
      wonAnyway: roundedRate(own.filter(({ account }) => account.reachedAt.won !== null).length, own.length),
    };
  });
  const against = decided.filter(
    ({ tier, lead }) => (tier === 1 && lead.status === 'rejected') || (tier === 3 && lead.status === 'accepted'),
  );
  const worst = (tier: 1 | 3) =>
    against
      .filter((each) => each.tier === tier)
      .sort(
        (a, b) =>
          (tier === 1 ? -1 : 1) * (forecasts.score[a.at]! - forecasts.score[b.at]!) ||
          (a.account.id < b.account.id ? -1 : 1),
      );
  const supportOf = createSupportOfForecast(set, forecasts);
  const lowSupport = (at: number) => {
    const support = supportOf(at);
    return isLowEvidence(support.evidence) ? { support } : {};
  };
  return {
    saidOfDecided: meanSaid(decided),
    tier1: rate(first),
    others: rate(decided.filter(({ tier }) => tier !== 1)),
    reasons: named
      .sort((a, b) => b.tier1 - a.tier1 || b.all - a.all || (a.reason < b.reason ? -1 : 1))
      .slice(0, mostReasons),
    traits: turnedDown(set, forecasts),
    people: peopleOf(first),
    disagreements: [...worst(1).slice(0, mostNamed), ...worst(3).slice(0, mostNamed)].map(
      ({ account, lead, at, tier }) => ({
        ...{ id: account.id, name: account.name, score: forecasts.score[at]!, tier: tier === 1 ? 1 : 3 },
        ...lowSupport(at),
        ...{ decision: lead.status === 'rejected' ? 'rejected' : 'accepted', reason: lead.rejectReason },
      }),
    ),
    counts: { rejectedTier1: worst(1).length, acceptedTier3: worst(3).length },
    missing: null,
  };
}

function firstDecided({ leads }: AccountFacts): AccountFacts['leads'][number] | null {
  return leads
    .filter(({ status }) => status !== 'open')
    .reduce<AccountFacts['leads'][number] | null>(
      (best, lead) => (best === null || (lead.decidedAt ?? 0) < (best.decidedAt ?? 0) ? lead : best),
      null,
    );
}

/** Traits of tier 1 accounts that go with not being accepted. */
function turnedDown({ training }: AnalysisSet, { rows, tier }: LaterForecasts): Correlation[] {
  const kept = [...rows.keys()].filter((at) => tier[at] === 1).map((at) => rows[at]!);
  const { pairs } = measureCorrelations({ training: pickFitRows(training, kept) }, { among: ['accepted'] });
  return pairs.filter(({ clear, direction }) => clear && direction === 'down').slice(0, mostReasons);
}

function peopleOf(
  decided: readonly { account: AccountFacts; lead: AccountFacts['leads'][number] }[],
): RejectionFindings['people'] {
  const owner = ({ account, lead }: (typeof decided)[number]) => lead.ownerEmail ?? account.ownerEmail;
  const isRejected = ({ lead }: (typeof decided)[number]) => lead.status === 'rejected';
  const emails = [...new Set(decided.flatMap((each) => owner(each) ?? []))].sort();
  const found = emails.flatMap((email) => {
    const own = decided.filter((each) => owner(each) === email);
    const others = decided.filter((each) => owner(each) !== email);
    if (own.length < fewestLeads || others.length < fewestLeads) return [];
    const [hits, otherHits] = [own.filter(isRejected).length, others.filter(isRejected).length];
    const { p } = twoRates(hits, own.length, otherHits, others.length);
    return [{ email, rejected: roundedRate(hits, own.length)!, others: roundedRate(otherHits, others.length)!, p }];
  });
  const adjusted = holm(found.map(({ p }) => p));
  return found.flatMap((each, nth) => (adjusted[nth]! <= 0.05 ? [{ ...each, p: roundP(adjusted[nth]!) }] : []));
}
