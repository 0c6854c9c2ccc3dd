import type { RunCounts } from '../store/schema/job-runs.ts';

/** Finished runs that tell what is usual. */
export const usualRuns = 8;
/** Below this share of the usual, something is missing. */
const suspiciousShare = 0.25;

/**
 * Whether a run read as much as it usually does: nothing that read nothing is a success.
 *
 * Each thing that was read is held against the median of past runs. What was written is not: a day without news writes nothing.
 *
 * @param past counts of earlier runs, in any order; none is usual before the first
 * @returns what looks wrong, in words; `null` when nothing does
 * @example judgeCounts({ read: { rows: 0 }, written: {} }, []); // => 'it read no rows'
 * @example judgeCounts({ read: { rows: 20 }, written: {} }, [{ read: { rows: 100 }, written: {} }]); // => 'it read 20 rows, where 100 are usual'
 * @example judgeCounts({ read: { rows: 30 }, written: {} }, [{ read: { rows: 100 }, written: {} }]); // => null
 */
export function judgeCounts({ read }: RunCounts, past: readonly RunCounts[]): string | null {
  const usual = usualCounts(past);
  const names = [...new Set([...Object.keys(read), ...Object.keys(usual)])];
  if (names.length === 0) return 'it read nothing';
  const complaints = names.flatMap((name) => {
    const count = read[name] ?? 0;
    const expected = usual[name] ?? 0;
    const words = name.replaceAll('_', ' ');
    if (count < expected * suspiciousShare)
      return `${count === 0 ? 'no' : count.toLocaleString('en')} ${words}, where ${expected.toLocaleString('en')} are usual`;
    return count === 0 ? `no ${words}` : [];
  });
  return complaints.length === 0 ? null : `it read ${complaints.join(', and ')}`;
}

/**
 * The median of what past runs read, by what it is. A run that read none of a thing says nothing about what is usual.
 *
 * @example usualCounts([{ read: { rows: 10 }, written: {} }, { read: { rows: 0 }, written: {} }, { read: { rows: 20 }, written: {} }]); // => { rows: 15 }
 */
export function usualCounts(past: readonly RunCounts[]): Record<string, number> {
  const names = [...new Set(past.flatMap(({ read }) => Object.keys(read)))].sort();
  const usual: Record<string, number> = {};
  for (const name of names) {
    const counts = past.map(({ read }) => read[name] ?? 0).filter((count) => count > 0);
    if (counts.length > 0) usual[name] = median(counts);
  }
  return usual;
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? upper;
  return (lower + upper) / 2;
}
