import { type Churn, churnsOf, type MeaningfulUse, sameChurnMs } from './churn.ts';
import { type ExpansionKind, expansionKindOf } from './expansion-kind.ts';
import { dayMs } from './features/calendar.ts';
import type { AccountHistory, Opportunity, Outcome } from './history.ts';
import { type MissingToQualify, missingToQualify } from './qualification.ts';
import { type Instant, type Stage, stages, type TimeKind } from './types.ts';

export interface OutcomeOptions {
  asOf: Instant;
  /** Absent: `dates`. */
  timeKind?: TimeKind;
  meaningfulUse?: MeaningfulUse;
}

/** An outcome with what kind of expansion it is, where it is one and says so. */
interface DerivedOutcome extends Outcome {
  expansion: ExpansionKind | null;
}

/** Everything that became of an account by an instant. */
export interface DerivedOutcomes {
  /** In order of time; won at most once. */
  outcomes: readonly DerivedOutcome[];
  /** First lead, opportunity, outcome or customer start; `null` for an account that was never touched. */
  touchedAt: Instant | null;
  /** When each stage was first reached; a later stage implies the earlier ones. */
  reachedAt: Readonly<Record<Stage, Instant | null>>;
  /** Stages that this account's source keeps a record of, reached or not. */
  records: Readonly<Record<Stage, boolean>>;
  customerSince: Instant | null;
  /** Whether it is a customer now. */
  isCustomer: boolean;
  churns: readonly Churn[];
  /** Opportunities that do not count as qualified, and what each lacks. */
  notQualified: readonly { opportunityId: string; missing: readonly MissingToQualify[] }[];
  notes: readonly string[];
}

type Rows = Pick<AccountHistory, 'leads' | 'opportunities' | 'customers' | 'outcomes' | 'usage'>;

/**
 * The seven kinds of outcomes, from a CRM's rows, as of a date.
 *
 * What the source already calls an outcome is taken as it is, and a row that says the same on the same day adds nothing.
 * - *accepted* and *rejected*: what became of leads. An opportunity implies that somebody accepted the account, by the day
 *   that it was created; this counts only in a book that records acceptance at all.
 * - *qualified*: an opportunity with a close date, a confirmed budget and a real next step, dated when it was created,
 *   as sources keep no date for the three. An opportunity that lacks one is not qualified, and the result says what it lacks.
 * - *won*: the first won opportunity or customer start; once an account.
 * - *lost*: a lost opportunity for new business. A lost renewal or expansion is none.
 * - *expanded*: a won expansion, and any purchase at least a day after the first; of five kinds.
 * - *churned*: the end of a customer. Whether it was after use is in `churns`.
 *
 * Nothing dated after `asOf` is seen: an opportunity that closed later is still open.
 */
export function deriveOutcomes(history: Rows, options: OutcomeOptions): DerivedOutcomes {
  const { asOf, timeKind = 'dates' } = options;
  const found: DerivedOutcome[] = [];
  const notes: string[] = [];
  const touches: Instant[] = [];
  const recorded = { accepted: false, qualified: false, won: false, expanded: false };
  const told = new Set<string>();
  const oneTime = timeKind === 'order' ? 1 : dayMs;
  const nameOf = (kind: Outcome['kind'], at: Instant): string => `${kind} ${Math.floor(at / oneTime)}`;
  for (const outcome of history.outcomes) {
    if (outcome.occurredAt > asOf) continue;
    if (outcome.kind === 'rejected') recorded.accepted = true;
    if (outcome.kind === 'lost') recorded.won = true;
    found.push({ ...outcome, expansion: outcome.kind === 'expanded' ? expansionKindOf(outcome.reason) : null });
    told.add(nameOf(outcome.kind, outcome.occurredAt));
  }
  const derive = (outcome: Outcome, expansion: ExpansionKind | null = null): void => {
    if (!told.has(nameOf(outcome.kind, outcome.occurredAt))) found.push({ ...outcome, expansion });
  };

  for (const lead of history.leads) {
    const createdAt = lead.createdAt ?? lead.decidedAt;
    if (createdAt === null) notes.push(`lead ${lead.id} has no date and is not used`);
    if (createdAt === null || createdAt > asOf) continue;
    touches.push(createdAt);
    if (lead.status === 'open') continue;
    recorded.accepted = true;
    const decidedAt = lead.decidedAt ?? createdAt;
    if (decidedAt > asOf) continue;
    const source = lead.decidedVia ?? lead.source ?? 'lead';
    derive({ kind: lead.status, occurredAt: decidedAt, source, reason: lead.rejectReason });
  }

  const { opened, won, notQualified } = readOpportunities(history.opportunities, asOf, { derive, recorded, notes });
  touches.push(...opened);

  const starts = history.customers.map(({ startedAt }) => startedAt).filter((at) => at <= asOf);
  const firstStart = least(starts);
  touches.push(...starts, ...found.map(({ occurredAt }) => occurredAt));
  const saidWons = found.filter(({ kind }) => kind === 'won').map(({ occurredAt }) => occurredAt);
  const saidWon = least(saidWons);
  const firstWon = least([saidWon, firstStart, ...won.map(({ at }) => at)]);
  const outcomes = found.filter(({ kind }) => kind !== 'won');
  if (firstWon !== null) {
    const first = found.find(({ kind, occurredAt }) => kind === 'won' && occurredAt === firstWon);
    const deal = won.find(({ at }) => at === firstWon)?.opportunity;
    const source = first?.source ?? deal?.source ?? (deal === undefined ? 'customer' : 'opportunity');
    outcomes.push({ kind: 'won', occurredAt: firstWon, source, reason: first?.reason ?? null, expansion: null });
  }
  const purchases = least([saidWon, ...won.map(({ at }) => at)]);
  for (const { opportunity, at } of won) {
    const isNew = opportunity.type === 'new' && (purchases === null || at < purchases + oneTime);
    if (isNew || opportunity.type === 'renewal' || told.has(nameOf('expanded', at))) continue;
    const text = [opportunity.nextStep, ...Object.entries(opportunity.more).flat()].join(' ');
    const expansion = expansionKindOf(text) ?? (opportunity.type === 'new' ? 'cross-sell' : 'upsell');
    const source = opportunity.source ?? 'opportunity';
    outcomes.push({ kind: 'expanded', occurredAt: at, source, reason: null, expansion });
  }

  const churns = churnsOf(history, firstWon, { ...options, timeKind });
  for (const { at, reason } of churns) {
    const isTold = outcomes.some(
      ({ kind, occurredAt }) => kind === 'churned' && Math.abs(occurredAt - at) <= sameChurnMs(timeKind),
    );
    if (!isTold) outcomes.push({ kind: 'churned', occurredAt: at, source: 'customer', reason, expansion: null });
  }
  outcomes.sort((a, b) => a.occurredAt - b.occurredAt);
  for (const { kind } of outcomes) {
    if (kind === 'accepted' || kind === 'qualified' || kind === 'won' || kind === 'expanded') recorded[kind] = true;
  }
  const lastEnd = churns.at(-1)?.at ?? null;
  const lastStart = greatest([...starts, ...won.map(({ at }) => at), ...saidWons]);
  return {
    outcomes,
    touchedAt: least(touches),
    reachedAt: reachedStages(outcomes, opened),
    records: recorded,
    customerSince: firstStart ?? firstWon,
    isCustomer: lastStart !== null && (lastEnd === null || lastStart > lastEnd),
    churns,
    notQualified,
    notes,
  };
}

function readOpportunities(
  opportunities: readonly Opportunity[],
  asOf: Instant,
  into: { derive(outcome: Outcome): void; recorded: Record<Stage, boolean>; notes: string[] },
): {
  opened: readonly Instant[];
  won: readonly { opportunity: Opportunity; at: Instant }[];
  notQualified: DerivedOutcomes['notQualified'];
} {
  const opened: Instant[] = [];
  const won: { opportunity: Opportunity; at: Instant }[] = [];
  const notQualified: { opportunityId: string; missing: readonly MissingToQualify[] }[] = [];
  for (const opportunity of opportunities) {
    const { id, type, outcome } = opportunity;
    const createdAt = opportunity.createdAt ?? opportunity.closedAt;
    if (createdAt === null) into.notes.push(`opportunity ${id} has no date and is not used`);
    if (createdAt === null || createdAt > asOf) continue;
    const source = opportunity.source ?? 'opportunity';
    opened.push(createdAt);
    if (type === 'new') {
      if (opportunity.budgetConfirmed !== null || opportunity.nextStep !== null) into.recorded.qualified = true;
      const missing = missingToQualify(opportunity);
      if (missing.length > 0) notQualified.push({ opportunityId: id, missing });
      else into.derive({ kind: 'qualified', occurredAt: createdAt, source, reason: null });
    }
    const closedAt = opportunity.closedAt ?? opportunity.closeDate ?? createdAt;
    if (outcome === 'open' || closedAt > asOf) continue;
    if (outcome === 'won') won.push({ opportunity, at: closedAt });
    else if (type === 'new') {
      into.recorded.won = true;
      into.derive({ kind: 'lost', occurredAt: closedAt, source, reason: opportunity.lossReason });
    }
  }
  return { opened, won: won.sort((a, b) => a.at - b.at), notQualified };
}

function reachedStages(outcomes: readonly DerivedOutcome[], opened: readonly Instant[]): Record<Stage, Instant | null> {
  const reached: Record<Stage, Instant | null> = { accepted: null, qualified: null, won: null, expanded: null };
  let later: Instant | null = null;
  for (const stage of [...stages].reverse()) {
    const own = outcomes.filter(({ kind }) => kind === stage).map(({ occurredAt }) => occurredAt);
    later = least([later, ...own, ...(stage === 'accepted' ? opened : [])]);
    reached[stage] = later;
  }
  return reached;
}

function least(instants: readonly (Instant | null)[]): Instant | null {
  let first: Instant | null = null;
  for (const at of instants) if (at !== null && (first === null || at < first)) first = at;
  return first;
}

function greatest(instants: readonly Instant[]): Instant | null {
  let last: Instant | null = null;
  for (const at of instants) if (last === null || at > last) last = at;
  return last;
}
