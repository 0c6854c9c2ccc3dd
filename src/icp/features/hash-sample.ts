/** Keeps the accounts whose hashes come first, until their weights reach a cap. */
export interface HashSample<T> {
  /** Whether an account of this id may still be kept; `false` saves the work of making its item. */
  wants(id: string): boolean;
  add(id: string, item: T, weight: number): void;
  /** What is kept, in order of ids. */
  finish(): readonly { id: string; item: T }[];
}

/**
 * A number from 0 to 2^32 - 1 that depends on the text only, evenly spread.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/ (FNV-1a), stirred once more so that near ids land far apart
 * @example hashOf('acme') === hashOf('acme'); // => true
 */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/**
 * A sample that takes no chance: the same ids give the same sample in whatever order they come.
 *
 * Takes accounts in order of their hashes while their weights sum to at most `cap`. Hardly ever holds more than a quarter over that.
 */
export function createHashSample<T>(cap: number): HashSample<T> {
  let kept: { id: string; hash: number; item: T; weight: number }[] = [];
  let total = 0;
  let limit = Number.POSITIVE_INFINITY;

  const cut = (): void => {
    kept.sort((a, b) => a.hash - b.hash || (a.id < b.id ? -1 : 1));
    let sum = 0;
    const end = kept.findIndex(({ weight }) => {
      sum += weight;
      return sum > cap;
    });
    if (end < 0) return;
    limit = kept[end]?.hash ?? limit;
    kept = kept.filter(({ hash }) => hash < limit);
    total = kept.reduce((all, { weight }) => all + weight, 0);
  };

  return {
    wants: (id) => hashOf(id) < limit,
    add(id, item, weight) {
      const hash = hashOf(id);
      if (hash >= limit) return;
      kept.push({ id, hash, item, weight });
      total += weight;
      if (total > 1.25 * cap) cut();
    },
    finish() {
      cut();
      return kept.map(({ id, item }) => ({ id, item })).sort((a, b) => (a.id < b.id ? -1 : 1));
    },
  };
}
