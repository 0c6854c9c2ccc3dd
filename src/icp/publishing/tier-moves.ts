/** How many records go from one tier to another; `null` is no tier yet. */
export interface TierMove {
  from: string | null;
  to: string | null;
  records: number;
}

/**
 * How many records change from which tier to which, the most first; those that stay are among them.
 *
 * @example tierMoves([{ from: null, to: '1' }, { from: '2', to: '1' }, { from: null, to: '1' }]); // => [{ from: null, to: '1', records: 2 }, { from: '2', to: '1', records: 1 }]
 */
export function tierMoves(changes: Iterable<{ from: string | null; to: string | null }>): TierMove[] {
  const counted = new Map<string, TierMove>();
  for (const { from, to } of changes) {
    const key = `${from ?? ''}>${to ?? ''}`;
    const move = counted.get(key) ?? { from, to, records: 0 };
    counted.set(key, { ...move, records: move.records + 1 });
  }
  return [...counted.values()].sort(
    (a, b) => b.records - a.records || (`${a.from}${a.to}` < `${b.from}${b.to}` ? -1 : 1),
  );
}
