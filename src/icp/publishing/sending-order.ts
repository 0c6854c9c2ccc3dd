/** The first so many rows of an object go alone, before the others follow. */
export const canaryRows = 200;

/** What is known of a row when it is put in order. */
export interface SendingPlace {
  recordId: string;
  /** The owner or the parent: rows of the same one, side by side, wait less for each other's locks. */
  beside: string;
}

/**
 * Rows of one object in the order of sending: first a sample from all over, then the rest by owner or parent.
 *
 * The sample is spread, so that what is wrong with one kind of record only shows in it.
 *
 * @example inSendingOrder([{ recordId: 'b', beside: '2' }, { recordId: 'a', beside: '1' }]).map(({ recordId }) => recordId); // => ['a', 'b']
 */
export function inSendingOrder<Row extends SendingPlace>(rows: readonly Row[]): Row[] {
  const sorted = rows.toSorted((a, b) => compare(a.beside, b.beside) || compare(a.recordId, b.recordId));
  if (sorted.length <= canaryRows) return sorted;
  const sample = new Set<number>();
  for (let nth = 0; nth < canaryRows; nth++) sample.add(Math.floor((nth * sorted.length) / canaryRows));
  return [...sorted.filter((_, at) => sample.has(at)), ...sorted.filter((_, at) => !sample.has(at))];
}

/**
 * Whether too many of the first rows failed for the rest to follow: more than 2 %, and more than one.
 *
 * @example canaryFails(5, 200); // => true
 * @example canaryFails(1, 3); // => false
 */
export function canaryFails(failed: number, rows: number): boolean {
  return failed > 1 && failed > 0.02 * rows;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
