import { latestCalibration } from '../store/findings.ts';
import type { Store } from '../store/store.ts';
import { formatDate } from './format-figure.ts';

/** Since when scores only say who comes before whom: the day of the analysis that could not stand by its chances. */
export interface RanksOnly {
  at: number;
  /** Whether chances were held against what happened and failed; false where too little had happened to tell. */
  checked: boolean;
}

/** What the last analysis that a question can see says of its chances; `null` where they may be shown, or nobody looked yet. */
export async function ranksOnlyAt(
  store: Store,
  seen: { book: string; importId: number; asOf: number },
): Promise<RanksOnly | null> {
  const found = await latestCalibration(store, seen);
  return found === null || found.mode !== 'ranks' ? null : { at: found.asOf, checked: found.checked };
}

/**
 * Why no chance is shown, as a sentence without its full stop.
 *
 * @example ranksOnlyLine({ at: Date.parse('2026-10-01'), checked: true }); // => 'calibration failed on 1 Oct 2026: the score ranks, it does not promise'
 * @example ranksOnlyLine({ at: Date.parse('2026-10-01'), checked: false }); // => 'too little had happened by 1 Oct 2026 to check the calibration: the score ranks, it does not promise'
 */
export function ranksOnlyLine({ at, checked }: RanksOnly): string {
  const day = formatDate(new Date(at).toISOString());
  const why = checked ? `calibration failed on ${day}` : `too little had happened by ${day} to check the calibration`;
  return `${why}: the score ranks, it does not promise`;
}
