import { parseNumber } from './parse-values.ts';
import type { ColumnProfile } from './profile-columns.ts';

/** Whether each row ended well (1), badly (0), or has not ended or does not say (`null`). */
export type Ends = readonly (0 | 1 | null)[];

const writtenLater: readonly (readonly [RegExp, string])[] = [
  [
    /\blast\b|\blatest\b|\bmost recent\b/i,
    'its name says that it is the latest state, which may be from after the outcome',
  ],
  [
    /\btags?\b|\bquality\b|\brating\b|\bgrade\b|\bprofile\b/i,
    'its name sounds like a judgement that was made after the contact',
  ],
  [
    /\bscore\b|\bindex\b|\bprobability\b|\bforecast/i,
    "its name sounds like somebody else's score, made when more was known",
  ],
  [/\bduration\b|\bcall length\b/i, 'it is known only when the contact is over'],
  [/\bclosed?\b|\breason\b|\blost\b|\bwon\b|\bconverted\b|\bchurn/i, 'its name speaks of the outcome'],
  [/\bstage\b|\bstatus\b/i, 'it is the state at the time of the export, which the outcome has changed'],
];

/** Above this, a single column that tells the outcomes apart is more likely their trace than their cause. */
const tooWell = 0.88;

/**
 * Why a column looks as if the outcome wrote it, or `null`.
 *
 * Judged by its name, by how well it alone tells good ends from bad ones, and by whether it is filled in mostly where
 * one of the two happened. A person decides.
 */
export function suspicionOf(column: ColumnProfile, ends: Ends): string | null {
  const words = column.name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').replaceAll(/[_.\-?]/g, ' ');
  const named = writtenLater.find(([pattern]) => pattern.test(words));
  if (named !== undefined) return named[1];
  const { good, bad } = filledBy(column, ends);
  if (Math.max(good, bad) > 0.5 && Math.min(good, bad) < 0.1) {
    return `it is filled in for ${percent(good)} of the good ends and ${percent(bad)} of the bad ones`;
  }
  const told = separation(column, ends);
  return told > tooWell ? `alone it tells the outcomes apart with AUC ${told.toFixed(2)}` : null;
}

const percent = (share: number) => `${Math.round(share * 100)} %`;

function filledBy(column: ColumnProfile, ends: Ends): { good: number; bad: number } {
  const share = (end: 0 | 1) => {
    const rows = column.texts.filter((_, row) => ends[row] === end);
    return rows.length < 20 ? Number.NaN : rows.filter((text) => text !== '').length / rows.length;
  };
  return { good: share(1), bad: share(0) };
}

/** Area under the curve of the column alone: numbers by their size, words by their own rate of good ends. */
function separation(column: ColumnProfile, ends: Ends): number {
  const rows: { value: number; end: 0 | 1 }[] = [];
  const rates = column.type === 'number' ? null : ratesOf(column, ends);
  for (const [row, text] of column.texts.entries()) {
    const end = ends[row] ?? null;
    const value = rates === null ? parseNumber(text) : (rates.get(text) ?? null);
    if (end !== null && value !== null) rows.push({ value, end });
  }
  const good = rows.filter(({ end }) => end === 1).length;
  const bad = rows.length - good;
  if (good < 20 || bad < 20) return 0.5;
  rows.sort((a, b) => a.value - b.value);
  let rankSum = 0;
  for (let from = 0; from < rows.length; ) {
    let to = from;
    while (to < rows.length && rows[to]?.value === rows[from]?.value) to += 1;
    const rank = (from + to + 1) / 2;
    rankSum += rank * rows.slice(from, to).filter(({ end }) => end === 1).length;
    from = to;
  }
  const area = (rankSum - (good * (good + 1)) / 2) / (good * bad);
  return Math.max(area, 1 - area);
}

/** The share of good ends of each word, drawn to one half so that rare words do not look sure. */
function ratesOf(column: ColumnProfile, ends: Ends): Map<string, number> {
  const counts = new Map<string, { good: number; all: number }>();
  for (const [row, text] of column.texts.entries()) {
    const end = ends[row] ?? null;
    if (end === null) continue;
    const count = counts.get(text) ?? { good: 0, all: 0 };
    counts.set(text, { good: count.good + end, all: count.all + 1 });
  }
  return new Map([...counts].map(([word, { good, all }]) => [word, (good + 5) / (all + 10)]));
}
