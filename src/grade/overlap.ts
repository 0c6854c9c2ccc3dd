/** How far a claimed group is a planted one. */
export interface Overlap {
  /** Share of the claimed members that are of the planted kind. */
  precision: number;
  /** Share of the planted kind's touched accounts that were claimed. */
  recall: number;
  jaccard: number;
}

/**
 * Holds a claimed group against a planted one.
 *
 * @param touched how many of the planted accounts anybody has spoken to: nobody else can be claimed
 * @example overlapOf(['a', 'b'], { accounts: ['b', 'c', 'd'], touched: 2 }); // => { precision: 0.5, recall: 0.5, jaccard: 0.333 }
 */
export function overlapOf(
  members: readonly string[],
  { accounts, touched }: { accounts: readonly string[]; touched: number },
): Overlap {
  const planted = new Set(accounts);
  const both = members.filter((id) => planted.has(id)).length;
  const either = members.length + touched - both;
  return {
    precision: members.length === 0 ? 0 : both / members.length,
    recall: touched === 0 ? 0 : both / touched,
    jaccard: either === 0 ? 0 : both / either,
  };
}

/**
 * The claim that comes nearest to a planted group, by the harmonic mean of precision and recall; `null` without claims.
 */
export function nearest<T extends { members: readonly string[] }>(
  claims: readonly T[],
  planted: { accounts: readonly string[]; touched: number },
): { claim: T; overlap: Overlap } | null {
  let best: { claim: T; overlap: Overlap } | null = null;
  for (const claim of claims) {
    const overlap = overlapOf(claim.members, planted);
    if (best === null || balance(overlap) > balance(best.overlap)) best = { claim, overlap };
  }
  return best;
}

function balance({ precision, recall }: Overlap): number {
  return precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
}
