import { IcpError } from '../errors.ts';
import { timeToCloseDays, usageTrend } from '../icp/features/formulas.ts';
import { createStandingValues } from '../icp/features/standing-values.ts';
import type { AccountHistory } from '../icp/history.ts';
import { deriveOutcomes } from '../icp/outcomes.ts';
import { missingToQualify } from '../icp/qualification.ts';
import type { FieldValue, Instant, TimeKind } from '../icp/types.ts';
import { readHistories } from '../store/histories.ts';
import { type Question, words } from './draft.ts';
import type { Figure, HistoryCard } from './types.ts';

const monthMs = 30.4375 * 86_400_000;
const shownEvents = 60;
const trendMetric = 'active_users';

/** All that is known of an account as of a date: its facts with their sources, deals, life as a customer, timeline. */
export const historyQuestion: Question<{ account: string; at?: number }, HistoryCard> = async (
  { store },
  pin,
  args,
) => {
  const asOf = args.at ?? pin.asOf;
  const history = await oneHistory(store, pin.book.name, pin.importId, args.account);
  const { timeKind } = pin.book;
  const iso = (instant: Instant | null) =>
    instant === null || timeKind === 'order' ? null : new Date(instant).toISOString();
  const derived = deriveOutcomes(history, { asOf, timeKind });
  const card: HistoryCard = {
    kind: 'history',
    account: { book: history.book, id: history.id, name: history.name, domain: history.domain },
    asOf: new Date(asOf).toISOString(),
    fields: factsOf(history, asOf, iso),
    deals: history.opportunities
      .filter(({ createdAt }) => createdAt === null || createdAt <= asOf)
      .map((deal) => {
        const closedOn = deal.closedAt ?? deal.closeDate ?? deal.createdAt;
        const closed = deal.outcome !== 'open' && (closedOn === null || closedOn <= asOf);
        return {
          ...{ id: deal.id, type: deal.type, outcome: closed ? deal.outcome : 'open', amount: deal.amount },
          createdAt: iso(deal.createdAt),
          closedAt: closed ? iso(deal.closedAt) : null,
          cycleDays: closed && timeKind === 'dates' ? timeToCloseDays(deal.createdAt, deal.closedAt).days : null,
          lossReason: closed ? deal.lossReason : null,
          missingToQualify: missingToQualify(deal),
          more: Object.fromEntries(Object.entries(deal.more).map(([key, value]) => [key, inWords(value)])),
        };
      }),
    customer: customerOf(history, asOf, timeKind),
    timeline: [
      ...derived.outcomes.map(({ kind, occurredAt, reason, source, expansion }) => ({
        at: occurredAt,
        what: expansion === null ? kind : `${kind} (${expansion})`,
        detail: reason,
        source,
      })),
      ...(history.events ?? [])
        .filter(({ on }) => on <= asOf)
        .map(({ kind, on, note, source }) => ({ at: on, what: `event: ${kind}`, detail: note, source })),
      ...history.signals
        .filter(({ observedAt }) => observedAt <= asOf)
        .map(({ kind, observedAt, text, value, source }) => ({
          at: observedAt,
          what: kind,
          detail: text ?? (value === null ? null : String(value)),
          source,
        })),
    ]
      .sort((a, b) => b.at - a.at)
      .slice(0, shownEvents)
      .map(({ at, ...event }) => ({ at: iso(at) ?? '', ...event })),
  };
  return {
    card,
    figures: figuresOf(card),
    text: textOf(card),
    read: [
      `account ${history.id} of the book ${history.book}, as known on ${card.asOf.slice(0, 10)} and up to import ${pin.importId}`,
    ],
  };
};

async function oneHistory(
  store: Parameters<typeof readHistories>[0],
  book: string,
  importId: number,
  id: string,
): Promise<AccountHistory> {
  for await (const [history] of readHistories(store, book, { importId, accountIds: [id] }))
    if (history !== undefined) return history;
  throw new IcpError('account_not_found', `the account ${id} is not in the book ${book} as of import ${importId}`);
}

function factsOf(
  history: AccountHistory,
  asOf: Instant,
  iso: (instant: Instant | null) => string | null,
): HistoryCard['fields'] {
  const standing = createStandingValues();
  standing.resolve(history.observations, asOf);
  return standing.fields
    .flatMap((field, index) => {
      const holder = standing.holders[index] ?? null;
      if (holder === null) return [];
      const rival = standing.rivals[index] ?? null;
      const conflict = rival === null ? null : `${rival.source} says ${inWords(rival.values[field] ?? null)}`;
      return [
        {
          field,
          value: inWords(holder.values[field] ?? null),
          observedAt: iso(holder.observedAt),
          source: holder.source,
          conflict,
        },
      ];
    })
    .sort((a, b) => (a.field < b.field ? -1 : 1));
}

function customerOf(history: AccountHistory, asOf: Instant, timeKind: TimeKind): HistoryCard['customer'] {
  const life = history.customers.filter(({ startedAt }) => startedAt <= asOf).at(-1);
  if (life === undefined) return null;
  const left = life.endedAt !== null && life.endedAt <= asOf;
  const until = left ? (life.endedAt ?? asOf) : asOf;
  const dated = timeKind === 'dates';
  return {
    left,
    startedAt: dated ? new Date(life.startedAt).toISOString() : null,
    endedAt: left && dated ? new Date(until).toISOString() : null,
    tenureMonths: dated ? Math.round(((until - life.startedAt) / monthMs) * 10) / 10 : null,
    churnReason: left ? life.churnReason : null,
    arr: life.arr,
    usageTrend: dated ? usageTrend(history.usage, trendMetric, until) : null,
  };
}

function inWords(value: FieldValue): string {
  if (value === null || value === '') return 'not known';
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function figuresOf(card: HistoryCard): Figure[] {
  const deals = card.deals.flatMap((deal, nth): Figure[] => [
    words(`deal${nth + 1}`, 'Deal', deal.id),
    words(`deal${nth + 1}.outcome`, `Outcome of deal ${deal.id}`, deal.outcome),
    { key: `deal${nth + 1}.amount`, label: `Amount of deal ${deal.id}`, v: deal.amount, unit: 'money' },
    { key: `deal${nth + 1}.cycle`, label: `Days that deal ${deal.id} took`, v: deal.cycleDays, unit: 'days' },
    { key: `deal${nth + 1}.closed`, label: `Close of deal ${deal.id}`, v: deal.closedAt, unit: 'date' },
    ...(deal.lossReason === null
      ? []
      : [words(`deal${nth + 1}.lossReason`, `Loss reason of deal ${deal.id}, as in the CRM`, deal.lossReason)]),
  ]);
  const { customer } = card;
  return [
    words('name', 'Account', card.account.name),
    { key: 'deals', label: 'Deals', v: card.deals.length, unit: 'count' },
    { key: 'won', label: 'Deals won', v: card.deals.filter(({ outcome }) => outcome === 'won').length, unit: 'count' },
    {
      key: 'lost',
      label: 'Deals lost',
      v: card.deals.filter(({ outcome }) => outcome === 'lost').length,
      unit: 'count',
    },
    {
      key: 'open',
      label: 'Deals open',
      v: card.deals.filter(({ outcome }) => outcome === 'open').length,
      unit: 'count',
    },
    { key: 'events', label: 'Events on the timeline', v: card.timeline.length, unit: 'count' },
    ...deals,
    ...(customer === null
      ? []
      : [
          {
            key: 'customer.since',
            label: 'Customer since',
            v: customer.startedAt,
            unit: 'date',
          } satisfies Figure,
          { key: 'customer.until', label: 'Customer until', v: customer.endedAt, unit: 'date' } satisfies Figure,
          {
            key: 'customer.tenure',
            label: 'Months as a customer',
            v: customer.tenureMonths,
            unit: 'number',
          } satisfies Figure,
          { key: 'customer.arr', label: 'Revenue a year', v: customer.arr, unit: 'money' } satisfies Figure,
          {
            key: 'customer.trend',
            label: 'Change in active users',
            v: customer.usageTrend,
            unit: 'share',
          } satisfies Figure,
          ...(customer.churnReason === null
            ? []
            : [words('customer.churnReason', 'Churn reason, as in the CRM', customer.churnReason)]),
        ]),
    { key: 'asOf', label: 'As of', v: card.asOf, unit: 'date' },
  ];
}

function textOf(card: HistoryCard): string {
  const lost = card.deals.findIndex(({ lossReason }) => lossReason !== null);
  const { customer } = card;
  return [
    card.deals.length === 0
      ? '*{{name}}* has no deal yet.'
      : '*{{name}}* has {{won}} won, {{lost}} lost and {{open}} open deals.',
    lost < 0 ? '' : `Deal {{deal${lost + 1}}} was lost; the CRM says: "{{deal${lost + 1}.lossReason}}".`,
    customer === null
      ? ''
      : customer.tenureMonths === null
        ? `It ${customer.left ? 'was' : 'is'} a customer.`
        : customer.left
          ? 'It was a customer for {{customer.tenure}} months, until {{customer.until}}.'
          : 'It has been a customer for {{customer.tenure}} months.',
    customer?.churnReason == null ? '' : 'Why it left, as the CRM says: "{{customer.churnReason}}".',
    card.timeline.length === 0
      ? 'Nothing is on its timeline.'
      : 'Its timeline has {{events}} events (the latest ones).',
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
