import { hash } from 'node:crypto';
import type { FieldValue } from '../icp/types.ts';
import type { FoldedHistories } from './fold-histories.ts';

type Quiet = FoldedHistories['quiet'][number];

/** Doubles that a signal is written as: when, how much, and one for each of its three words. */
const doublesASignal = 5;
/** Stands for no amount: a number that no amount is, and one that is written the same everywhere. */
const noAmount = Number.NEGATIVE_INFINITY;

/**
 * A hash of all that is known of each account of a chunk, in their order, save what people recorded.
 *
 * It does not depend on the order in which a database hands out the records. Signals, which are most of a book, are hashed as
 * the numbers that they are in their columns, and their words by 48 bits of a hash of their own.
 */
export function accountHashes({
  quiet,
  words,
  signals,
}: Pick<FoldedHistories, 'quiet' | 'words' | 'signals'>): string[] {
  const { observedAt, value, kind, source, text } = signals;
  const hashed = Float64Array.from(words, (word) => hash('sha256', word, 'buffer').readUIntBE(0, 6));
  let numbers = new Float64Array(0);
  let from = 0;
  return quiet.map((history, nth) => {
    const to = signals.ends[nth] ?? from;
    const length = (to - from) * doublesASignal;
    if (numbers.length < length) numbers = new Float64Array(2 * length);
    let into = 0;
    for (let at = from; at < to; at++) {
      const amount = value[at]!;
      const said = text[at]!;
      numbers[into] = observedAt[at]!;
      numbers[into + 1] = Number.isNaN(amount) ? noAmount : amount;
      numbers[into + 2] = hashed[kind[at]!]!;
      numbers[into + 3] = hashed[source[at]!]!;
      numbers[into + 4] = said < 0 ? -1 : hashed[said]!;
      into += doublesASignal;
    }
    from = to;
    const columns = hash('sha256', new Uint8Array(numbers.buffer, 0, 8 * length), 'base64url');
    return hash('sha256', `${columns}\n${recordsOf(history)}`, 'base64url');
  });
}

/** All that is known of an account but its signals, a line a record. */
function recordsOf(history: Quiet): string {
  const { id, name, domain, ownerEmail, observations, outcomes, leads, opportunities, customers, usage } = history;
  return [
    JSON.stringify([id, name, domain, ownerEmail]),
    // What one source says of one time overwrites what it said before: there the order is part of what is known.
    JSON.stringify(inTime(observations).map((item) => [item.observedAt, item.source, inOrder(item.values)])),
    ...outcomes.map((item) => `r${JSON.stringify([item.occurredAt, item.kind, item.source, item.reason])}`).sort(),
    ...leads.map((item) => `l${leadText(item)}`).sort(),
    ...opportunities.map((item) => `d${dealText(item)}`).sort(),
    ...customers.map((item) => `c${customerText(item)}`).sort(),
    ...usage.map(({ periodStart, metric, value }) => `u${periodStart} ${value} ${JSON.stringify(metric)}`).sort(),
  ].join('\n');
}

function leadText(lead: Quiet['leads'][number]): string {
  const { id, createdAt, source, status, decidedAt, rejectReason, ownerEmail, decidedVia = null } = lead;
  return JSON.stringify([id, createdAt, source, status, decidedAt, rejectReason, ownerEmail, decidedVia]);
}

function dealText(deal: Quiet['opportunities'][number]): string {
  const { id, createdAt, closedAt, outcome, amount, type, closeDate, budgetConfirmed, nextStep, lossReason } = deal;
  return JSON.stringify([
    ...[id, createdAt, closedAt, outcome, amount, type, closeDate, budgetConfirmed, nextStep, lossReason],
    ...[deal.source, deal.stakeholders, inOrder(deal.more)],
  ]);
}

function customerText(customer: Quiet['customers'][number]): string {
  const { startedAt, endedAt, churnReason, arr, renewalOn, csOwnerEmail } = customer;
  return JSON.stringify([startedAt, endedAt, churnReason, arr, renewalOn, csOwnerEmail]);
}

function inTime(observations: Quiet['observations']): Quiet['observations'] {
  return observations.length < 2
    ? observations
    : observations.toSorted(
        (a, b) =>
          (a.observedAt ?? Number.NEGATIVE_INFINITY) - (b.observedAt ?? Number.NEGATIVE_INFINITY) ||
          (a.source < b.source ? -1 : Number(a.source > b.source)),
      );
}

/** The values with their keys in the order in which Postgres keeps them, as most come. */
function inOrder(values: Readonly<Record<string, FieldValue>>): Readonly<Record<string, FieldValue>> {
  const keys = Object.keys(values);
  for (let at = 1; at < keys.length; at++)
    if (compareKeys(keys[at - 1]!, keys[at]!) > 0)
      return Object.fromEntries(Object.entries(values).sort(([a], [b]) => compareKeys(a, b)));
  return values;
}

function compareKeys(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
