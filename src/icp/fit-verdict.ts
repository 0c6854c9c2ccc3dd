import type { OutOfTime } from './model.ts';
import type { TrainingSet } from './training-set.ts';

/** Whether a model was learnt, and if not, why, in words for a person. */
export interface FitVerdict {
  kind: 'full' | 'provisional' | 'not enough data' | 'nothing predicts';
  sentence: string;
  won: number;
  lost: number;
  outOfTime: OutOfTime | null;
  warnings: string[];
}

/** Counts below which a model may not be learnt, or is provisional. */
export interface Minimums {
  won: number;
  lost: number;
  fullWon: number;
  fullLost: number;
  fullHistoryDays: number;
}

export const usualMinimums: Minimums = { won: 50, lost: 50, fullWon: 100, fullLost: 100, fullHistoryDays: 180 };

/** Rows that the won lever needs of either kind: outcomes of young accounts do not count yet. */
const fewestToldRows = 20;

/**
 * A gain below this share of the base rate's log loss is no use to anybody, however sure it is: a table that says nearly the same of
 * everybody is easily a millionth better than the base rate.
 */
const leastGain = 0.002;

/**
 * What is missing before a model may be learnt, as a sentence; `null` when nothing is.
 */
export function missingData(set: TrainingSet, minimums: Minimums): string | null {
  const { won: allWon, lost: allLost } = set.counts;
  if (allLost === 0 && allWon >= minimums.won) {
    return `nobody was lost: all ${allWon} accounts were won, so nothing tells winners apart; it needs ${minimums.lost} lost deals`;
  }
  const missing = [
    short(minimums.won - set.counts.won, 'won deal'),
    short(minimums.lost - set.counts.lost, 'lost deal'),
  ].filter((part) => part !== null);
  if (missing.length > 0) return `${missing.join(' and ')} until a model may be learnt`;
  const told = set.fit.reached.won.filter((value) => value !== null);
  const won = told.filter((value) => value === 1).length;
  if (won < fewestToldRows || told.length - won < fewestToldRows) {
    return (
      `only ${won} accounts that won and ${told.length - won} that did not are old enough to tell, at least ` +
      `${fewestToldRows} of each are needed: wait, or shorten the horizon`
    );
  }
  return null;
}

/** The verdict on a set that has enough data, given what its tables reached out of time. */
export function judge(set: TrainingSet, outOfTime: OutOfTime | null, minimums: Minimums): FitVerdict {
  const { won, lost } = set.counts;
  const warnings = ratioWarning(won, lost);
  if (outOfTime === null || outOfTime.gain.low <= 0 || outOfTime.gain.v < leastGain * outOfTime.baseLogLoss) {
    const figures =
      outOfTime === null
        ? 'the later accounts all ended alike'
        : `on ${outOfTime.n} later accounts the forecast was ${better(outOfTime.gain.v)} the plain win rate ` +
          `(gain ${signed(outOfTime.gain.v)}, ${signed(outOfTime.gain.low)} to ${signed(outOfTime.gain.high)})`;
    const sentence =
      `nothing here predicts winning yet: ${figures}; what would help: attributes that differ between accounts ` +
      'that buy and those that do not, known before the first touch, and more closed deals';
    return { kind: 'nothing predicts', sentence, won, lost, outOfTime, warnings };
  }
  const missing = [
    short(minimums.fullWon - won, 'won deal'),
    short(minimums.fullLost - lost, 'lost deal'),
    set.timeKind === 'order' ? 'dates in the source, which has only an order,' : null,
    set.timeKind === 'dates'
      ? short(minimums.fullHistoryDays - (set.historyDays ?? 0), 'day of history', 'days of history')
      : null,
  ].filter((part) => part !== null);
  const sentence =
    missing.length === 0
      ? `learnt from ${won} won and ${lost} lost deals`
      : `provisional: ${missing.join(' and ')} until it is full`;
  return { kind: missing.length === 0 ? 'full' : 'provisional', sentence, won, lost, outOfTime, warnings };
}

/** A warning where one outcome is more than ten times as frequent as the other. */
export function ratioWarning(won: number, lost: number): string[] {
  const outside = won > 10 * lost || lost > 10 * won;
  return outside
    ? [`${won} won to ${lost} lost is outside 1:10 to 10:1: probabilities of the rarer one are rough`]
    : [];
}

function short(missing: number, one: string, many = `${one}s`): string | null {
  if (missing <= 0) return null;
  return `${Math.ceil(missing)} more ${Math.ceil(missing) === 1 ? one : many}`;
}

function better(gain: number): string {
  return gain > 0 ? 'not clearly better than' : 'no better than';
}

function signed(value: number): string {
  return `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`;
}
