import { dayMs } from '../features/calendar.ts';
import { cleanText } from '../features/clean-text.ts';
import { parseNumber } from '../features/parse-number.ts';
import { sizeBucketOf, sizeBuckets } from '../features/size-buckets.ts';
import { createStandingValues, isUnknown } from '../features/standing-values.ts';
import { triggerCount, triggerRules } from '../features/triggers.ts';
import type { AccountHistory } from '../history.ts';
import { deriveOutcomes } from '../outcomes.ts';
import type { Instant, TimeKind } from '../types.ts';
import { answerKindOf } from './answer-kinds.ts';

/** What came of reaching out to one account, and which kind of account it was by then. */
export interface OutreachFacts {
  id: string;
  /** When it was first written to, where that is on record; else its first touch. */
  contactedAt: Instant;
  /** Whether that is from a record of outreach. */
  isOutreach: boolean;
  /** The first answer of any kind. */
  repliedAt: Instant | null;
  /** The best that it ever said: a reply that tells of the problem is a positive one, too. */
  tone: 'problem' | 'positive' | 'declined' | null;
  meetingAt: Instant | null;
  /** The first next step or new deal on the day of the meeting or later. */
  nextStepAt: Instant | null;
  /** The first deal for new business since it was contacted. */
  pipelineAt: Instant | null;
  /** Days that the first won deal for new business took. */
  cycleDays: number | null;
  industry: string | null;
  subIndustry: string | null;
  /** As in `51 to 200 employees`. */
  headcount: string | null;
  /** What made the moment, as the latest trigger of the ninety days before; `null` where none was seen. */
  trigger: string | null;
}

const fields = ['industry', 'sub_industry', 'employees'] as const;
const triggerNames: Readonly<Record<string, string>> = {
  new_funding: 'new funding',
  new_sales_leader: 'new sales leader',
  sales_hiring_spike: 'sales hiring spike',
  public_pain: 'public pain',
};

/**
 * Reads what came of reaching out to accounts, one after the other; one reader serves many accounts.
 *
 * `null` for an account that nobody reached out to by then. What is known of the account is as of the day that it was contacted.
 */
export function createOutreachReader({
  asOf,
  timeKind,
}: {
  asOf: Instant;
  timeKind: TimeKind;
}): (history: AccountHistory) => OutreachFacts | null {
  const standing = createStandingValues(fields);
  const kindOfAccount = (history: AccountHistory, at: Instant) => {
    standing.resolve(history.observations, at);
    const value = (field: (typeof fields)[number]) => {
      const found = standing.holders[standing.indexOf(field) ?? -1]?.values[field] ?? null;
      return isUnknown(found) ? null : found;
    };
    const text = (field: (typeof fields)[number]) => {
      const found = value(field);
      return found === null ? null : cleanText(String(found));
    };
    return {
      ...{ industry: text('industry'), subIndustry: text('sub_industry') },
      headcount: headcountOf(parseNumber(value('employees'))),
      trigger: triggerAt(history, at),
    };
  };
  return (history) => {
    const { touchedAt } = deriveOutcomes(history, { asOf, timeKind });
    const answers = history.signals
      .flatMap((signal) => {
        const kind = signal.observedAt > asOf ? null : answerKindOf(signal);
        return kind === null ? [] : [{ kind, at: signal.observedAt }];
      })
      .sort((a, b) => a.at - b.at);
    const first = (...kinds: readonly string[]) => answers.find(({ kind }) => kinds.includes(kind))?.at ?? null;
    const outreachAt = first('outreach');
    const contactedAt = outreachAt ?? touchedAt;
    if (contactedAt === null) return null;
    const tone = (['problem', 'positive', 'declined'] as const).find((kind) => first(kind) !== null) ?? null;
    const meetingAt = first('meeting');
    const deals = history.opportunities.flatMap((deal) =>
      deal.type === 'new' && deal.createdAt !== null && deal.createdAt <= asOf
        ? [{ ...deal, createdAt: deal.createdAt }]
        : [],
    );
    const dealSince = (at: Instant) => least(deals.map(({ createdAt }) => createdAt).filter((each) => each >= at));
    const nextStep = meetingAt === null ? null : dayOf(meetingAt);
    return {
      ...{ id: history.id, contactedAt, isOutreach: outreachAt !== null },
      repliedAt: first('reply', 'problem', 'positive', 'declined'),
      ...{ tone, meetingAt },
      nextStepAt:
        nextStep === null
          ? null
          : least(
              [answers.find(({ kind, at }) => kind === 'next step' && at >= nextStep)?.at, dealSince(nextStep)].filter(
                (at) => at != null,
              ),
            ),
      pipelineAt: dealSince(dayOf(contactedAt)),
      cycleDays: cycleOf(deals, asOf),
      ...kindOfAccount(history, contactedAt),
    };
  };
}

const dayOf = (at: Instant): Instant => Math.floor(at / dayMs) * dayMs;

function least(instants: readonly Instant[]): Instant | null {
  return instants.length === 0 ? null : instants.reduce((a, b) => Math.min(a, b));
}

function cycleOf(
  deals: readonly { createdAt: Instant; closedAt: Instant | null; outcome: string }[],
  asOf: Instant,
): number | null {
  const days = deals.flatMap(({ createdAt, closedAt, outcome }) =>
    outcome === 'won' && closedAt !== null && closedAt <= asOf && closedAt >= createdAt
      ? [{ closedAt, days: Math.round((closedAt - createdAt) / dayMs) }]
      : [],
  );
  return days.sort((a, b) => a.closedAt - b.closedAt)[0]?.days ?? null;
}

/** The range that a headcount falls into, in words. */
function headcountOf(employees: number | null): string | null {
  const bucket = sizeBucketOf(employees);
  const row = sizeBuckets.find((each) => each.bucket === bucket);
  if (row === undefined) return null;
  return row.to === null ? `more than ${row.from - 1} employees` : `${row.from} to ${row.to} employees`;
}

/** The trigger seen last in its window, as of an instant. */
function triggerAt({ signals }: AccountHistory, at: Instant): string | null {
  let found: { key: string; at: Instant } | null = null;
  for (const rule of triggerRules) {
    const counting = signals.filter((signal) => rule.ofKind(signal.kind) && triggerCount(rule, signal, at) > 0);
    const count = counting.reduce((sum, signal) => sum + triggerCount(rule, signal, at), 0);
    if (count < rule.threshold) continue;
    const latest = counting.reduce((newest, { observedAt }) => Math.max(newest, observedAt), 0);
    if (found === null || latest > found.at) found = { key: rule.key, at: latest };
  }
  return found === null ? null : (triggerNames[found.key] ?? found.key);
}
