import type { ForetoldArrivals } from '../../stats/drift/watch-arrivals.ts';
import { type WatchedBook, type WatchedTenure, watchedWeeks, weekMs, weekOf } from './watched-book.ts';

/** Weeks of tenure that share one rate of leaving, and how many such steps are told apart. */
const stepWeeks = 13;
const steps = 9;

export interface ChurnExposure extends ForetoldArrivals {
  /** Weeks that customers were watched, for each cell of `expected`. */
  atRisk: Float64Array;
}

/**
 * How many customers are expected to leave, by week and by the groups that they belong to.
 *
 * A customer's rate of leaving is that of everybody of the same tenure, over the whole history: most leave at certain
 * ages, and a book that grows older is no drift. Period 0 is all the time before the watch.
 */
export function churnExposure(book: WatchedBook): ChurnExposure {
  const weeks = watchedWeeks(book);
  const rates = ratesByTenure(book.customers);
  const patterns: (readonly number[])[] = [];
  const known = new Map<string, number>();
  const patternOf = book.customers.map(({ groups }) => {
    const name = groups.join();
    const pattern = known.get(name) ?? patterns.push(groups) - 1;
    known.set(name, pattern);
    return pattern;
  });
  const expected = new Float64Array((weeks + 1) * patterns.length);
  const came = new Float64Array((weeks + 1) * patterns.length);
  const atRisk = new Float64Array((weeks + 1) * patterns.length);
  book.customers.forEach((customer, nth) => {
    const pattern = patternOf[nth]!;
    const cellOf = (at: number): number => (weekOf(at, book.since) + 1) * patterns.length + pattern;
    const end = book.since + weeks * weekMs;
    for (let at = customer.startedAt; at < Math.min(end, lastSeen(customer)); at += weekMs) {
      const part = Math.min(1, (Math.min(end, lastSeen(customer)) - at) / weekMs);
      expected[cellOf(at)]! += part * rates[stepOf(customer, at)]!;
      atRisk[cellOf(at)]! += part;
    }
    if (customer.leftAt !== null && customer.leftAt < end) came[cellOf(customer.leftAt)]! += 1;
  });
  return { patterns, weeks, expected, came, atRisk };
}

/** What became of a group's customers from a watched week on, to the end of another: who left, who was due to, weeks at risk. */
export function countChurn(
  exposure: ChurnExposure,
  place: number,
  fromWeek: number,
  toWeek = exposure.weeks - 1,
): { came: number; due: number; atRisk: number } {
  const sum = { came: 0, due: 0, atRisk: 0 };
  exposure.patterns.forEach((groups, pattern) => {
    if (!groups.includes(place)) return;
    for (let week = fromWeek; week <= toWeek; week++) {
      const cell = (week + 1) * exposure.patterns.length + pattern;
      sum.came += exposure.came[cell]!;
      sum.due += exposure.expected[cell]!;
      sum.atRisk += exposure.atRisk[cell]!;
    }
  });
  return sum;
}

/** Leavers a week at risk, by step of tenure, each with half a leaver's worth of everybody's rate. */
function ratesByTenure(customers: readonly WatchedTenure[]): Float64Array {
  const left = new Float64Array(steps);
  const weeks = new Float64Array(steps);
  for (const customer of customers) {
    for (let at = customer.startedAt; at < lastSeen(customer); at += weekMs) {
      weeks[stepOf(customer, at)]! += Math.min(1, (lastSeen(customer) - at) / weekMs);
    }
    if (customer.leftAt !== null) left[stepOf(customer, customer.leftAt)]! += 1;
  }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const usual = Math.max(1e-6, sum(left) / Math.max(1, sum(weeks)));
  return left.map((count, step) => (count + 0.5) / (weeks[step]! + 0.5 / usual));
}

function lastSeen({ leftAt, seenUntil }: WatchedTenure): number {
  return leftAt ?? seenUntil;
}

function stepOf({ startedAt }: WatchedTenure, at: number): number {
  return Math.min(steps - 1, Math.floor((at - startedAt) / (stepWeeks * weekMs)));
}
