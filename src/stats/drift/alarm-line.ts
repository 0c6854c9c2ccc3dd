/**
 * The line that a watch crosses by chance in just the share of runs that its budget allows.
 *
 * `highest[run]` is the highest that any of the monitors of a watch ever stood in a simulated run where nothing changes.
 * A line over the best runs of the share makes one budget for all of them, however many they are and however much they
 * have in common: no correction for their number is needed, and none is wasted.
 *
 * @returns the smallest line that at most that share of runs is above; with fewer than one run to spare, the highest run
 * @example alarmLine([1, 5, 2, 4, 3], 0.4); // => 3
 */
export function alarmLine(highest: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(highest).sort();
  const spared = Math.floor(share * sorted.length + 1e-9);
  return sorted[Math.max(0, sorted.length - 1 - spared)] ?? Number.POSITIVE_INFINITY;
}
