import { dayMs } from './features/calendar.ts';
import type { LayerFinding } from './layer-findings.ts';
import type { Instant, TimeKind } from './types.ts';

/** Outside of these the data of a book are learnt from with a word of caution. */
export interface DataBounds {
  /** The fewest and the most won for each lost. */
  wonToLost: readonly [number, number];
  /** The fewest days from the first to the last dated observation of accounts. */
  historyDays: number;
}

/**
 * Fewer than one won for ten lost, and the won are too rare to tell what is theirs; more than two won for each lost, and lost
 * deals are probably not recorded. In half a year most sources have said something new of an account.
 */
export const usualDataBounds: DataBounds = { wonToLost: [0.1, 2], historyDays: 180 };

/** From when to when a source has observed accounts; only what has a date counts. */
export interface SourceSpan {
  source: string;
  first: Instant;
  last: Instant;
}

export type WithinBounds = 'within' | 'outside' | 'cannot tell';

/** How good the data of a book are to learn from, each part with a verdict and in words. */
export interface DataQuality {
  bounds: DataBounds;
  /** `wonForLost`: won for each lost; `null` where none was lost. */
  ratio: { won: number; lost: number; wonForLost: number | null; state: WithinBounds; sentence: string };
  /** The span that all sources have together, and that of each; `null` and none where nothing has a date. */
  history: {
    days: number | null;
    first: Instant | null;
    last: Instant | null;
    sources: readonly (SourceSpan & { days: number })[];
    state: WithinBounds;
    sentence: string;
  };
}

/** How good the data are that a model was learnt from, and what each layer came to in it. */
export interface DataStanding {
  quality: DataQuality;
  layers: readonly LayerFinding[];
}

/**
 * Holds the number of won and lost, and how long accounts have been observed, against bounds.
 *
 * @example judgeData({ won: 60, lost: 80, spans: [], timeKind: 'order' }, usualDataBounds).ratio.wonForLost; // => 0.75
 */
export function judgeData(
  { won, lost, spans, timeKind }: { won: number; lost: number; spans: readonly SourceSpan[]; timeKind: TimeKind },
  bounds: DataBounds,
): DataQuality {
  return { bounds, ratio: ratioOf(won, lost, bounds), history: historyOf(spans, timeKind, bounds) };
}

/** What is to be said of data that are out of bounds, or of which nobody can tell; nothing of good ones. */
export function dataCautions({ ratio, history }: Pick<DataQuality, 'ratio' | 'history'>): string[] {
  return [ratio, history].filter(({ state }) => state !== 'within').map(({ sentence }) => sentence);
}

function ratioOf(won: number, lost: number, { wonToLost: [fewest, most] }: DataBounds): DataQuality['ratio'] {
  const counted = `${won.toLocaleString('en')} won and ${lost.toLocaleString('en')} lost to learn from`;
  if (won === 0 && lost === 0) {
    const sentence = 'the ratio of won to lost cannot be told: nothing was won or lost yet';
    return { won, lost, wonForLost: null, state: 'cannot tell', sentence };
  }
  if (lost === 0) {
    const sentence = `${counted}: without losses nothing tells winners apart; check whether lost deals are recorded`;
    return { won, lost, wonForLost: null, state: 'outside', sentence };
  }
  const wonForLost = won / lost;
  const said = `${counted}, ${Number(wonForLost.toPrecision(3))} won for each lost`;
  if (wonForLost < fewest) {
    const sentence = `${said}, is below the bounds of ${fewest} to ${most}: the won are rare beside the lost, so what is theirs is rough`;
    return { won, lost, wonForLost, state: 'outside', sentence };
  }
  if (wonForLost > most) {
    const sentence = `${said}, is above the bounds of ${fewest} to ${most}: check whether lost deals are recorded`;
    return { won, lost, wonForLost, state: 'outside', sentence };
  }
  return { won, lost, wonForLost, state: 'within', sentence: `${said}, within the bounds of ${fewest} to ${most}` };
}

function historyOf(
  spans: readonly SourceSpan[],
  timeKind: TimeKind,
  { historyDays }: DataBounds,
): DataQuality['history'] {
  if (timeKind === 'order' || spans.length === 0) {
    const why = timeKind === 'order' ? 'the source has an order but no dates' : 'nothing observed of them has a date';
    const sentence = `how long accounts have been observed cannot be told: ${why}`;
    return { days: null, first: null, last: null, sources: [], state: 'cannot tell', sentence };
  }
  const first = spans.reduce((least, span) => Math.min(least, span.first), Number.POSITIVE_INFINITY);
  const last = spans.reduce((most, span) => Math.max(most, span.last), Number.NEGATIVE_INFINITY);
  const days = daysFrom(first, last);
  const sources = spans.map((span) => ({ ...span, days: daysFrom(span.first, span.last) }));
  const said = `accounts were observed over ${days.toLocaleString('en')} ${days === 1 ? 'day' : 'days'}`;
  return days < historyDays
    ? {
        ...{ days, first, last, sources, state: 'outside' },
        sentence: `${said}, fewer than the ${historyDays} that it takes to see them change`,
      }
    : { days, first, last, sources, state: 'within', sentence: `${said}; ${historyDays} are enough` };
}

function daysFrom(first: Instant, last: Instant): number {
  return Math.floor((last - first) / dayMs);
}
