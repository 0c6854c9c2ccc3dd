/** Remembers on which line of a file each key stood first. */
export interface FirstLines {
  /** Notes a key; the line where it stood before, or `null` when it is new. */
  note(key: string, line: number): number | null;
}

/**
 * A memory of keys that stays small: twelve bytes and a gap for each, whatever their length.
 *
 * A million keys take about 25 MB, where a map of strings takes several times that. Keys are told apart by 64 bits of
 * hash: among ten million keys the chance that any two are mistaken for each other is about one in 400,000.
 *
 * @see https://en.wikipedia.org/wiki/Open_addressing
 * @see https://en.wikipedia.org/wiki/MurmurHash for the mixing steps
 */
export function firstLines(): FirstLines {
  let capacity = 1024;
  let count = 0;
  let [high, low, lines] = tablesOf(capacity);

  const place = (a: number, b: number): number => {
    let slot = (a ^ b) & (capacity - 1);
    while (lines[slot] !== 0 && (high[slot] !== a || low[slot] !== b)) slot = (slot + 1) & (capacity - 1);
    return slot;
  };
  const put = (a: number, b: number, line: number) => {
    const slot = place(a, b);
    high[slot] = a;
    low[slot] = b;
    lines[slot] = line;
  };
  const grow = () => {
    const [oldHigh, oldLow, oldLines] = [high, low, lines];
    capacity *= 2;
    [high, low, lines] = tablesOf(capacity);
    for (let slot = 0; slot < oldLines.length; slot += 1) {
      const line = oldLines[slot] ?? 0;
      if (line !== 0) put(oldHigh[slot] ?? 0, oldLow[slot] ?? 0, line);
    }
  };
  return {
    note(key, line) {
      const a = mix(key, 0x9747b28c);
      const b = mix(key, 0x5bd1e995);
      const before = lines[place(a, b)] ?? 0;
      if (before !== 0) return before;
      put(a, b, line);
      count += 1;
      if (count > capacity * 0.6) grow();
      return null;
    },
  };
}

const tablesOf = (size: number) => [new Uint32Array(size), new Uint32Array(size), new Uint32Array(size)] as const;

function mix(key: string, seed: number): number {
  let state = seed ^ key.length;
  for (let at = 0; at < key.length; at += 1) {
    state = Math.imul(state ^ key.charCodeAt(at), 0x85ebca6b);
    state = (state << 13) | (state >>> 19);
  }
  state = Math.imul(state ^ (state >>> 16), 0xc2b2ae35);
  return (state ^ (state >>> 15)) >>> 0;
}
