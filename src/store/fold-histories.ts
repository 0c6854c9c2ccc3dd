import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { AccountHistory, Signal } from '../icp/history.ts';

/**
 * A chunk of histories with its signals in columns.
 *
 * Signals are most of a book and all alike: in columns they take a third of the room of objects, and nothing that is
 * collected over and over has to look at them.
 */
export interface FoldedHistories {
  /** The histories without their signals, in order. */
  quiet: readonly Omit<AccountHistory, 'signals'>[];
  /** Kinds, sources and texts of the signals, each once. */
  words: readonly string[];
  signals: {
    /** Where the signals of each account end. */
    ends: Int32Array;
    observedAt: Float64Array;
    /** NaN where there is none. */
    value: Float64Array;
    /** Places among the words, as the next two. */
    kind: Int32Array;
    source: Int32Array;
    /** -1 where there is none. */
    text: Int32Array;
  };
  /** See `accountHashes`; absent where they were not worked out yet. */
  hashes?: readonly string[];
}

export function foldHistories(histories: readonly AccountHistory[]): FoldedHistories {
  const words: string[] = [];
  const places = new Map<string, number>();
  const placeOf = (word: string): number => {
    const known = places.get(word);
    if (known !== undefined) return known;
    places.set(word, words.length);
    return words.push(word) - 1;
  };
  const signals = emptyColumns(
    histories.length,
    histories.reduce((sum, { signals }) => sum + signals.length, 0),
  );
  let at = 0;
  for (const [account, history] of histories.entries()) {
    for (const { kind, observedAt, value, source, text } of history.signals) {
      signals.observedAt[at] = observedAt;
      signals.value[at] = value ?? Number.NaN;
      signals.kind[at] = placeOf(kind);
      signals.source[at] = placeOf(source);
      signals.text[at] = text === null ? -1 : placeOf(text);
      at++;
    }
    signals.ends[account] = at;
  }
  return { quiet: histories.map(({ signals: _, ...quiet }) => quiet), words, signals };
}

/** The histories again, as objects of their own. */
export function unfoldHistories({ quiet, words, signals: columns }: FoldedHistories): AccountHistory[] {
  let at = 0;
  return quiet.map((history, account) => {
    const signals: Signal[] = [];
    for (const end = columns.ends[account]!; at < end; at++) {
      const value = columns.value[at]!;
      const text = columns.text[at]!;
      signals.push({
        kind: words[columns.kind[at]!]!,
        observedAt: columns.observedAt[at]!,
        value: Number.isNaN(value) ? null : value,
        source: words[columns.source[at]!]!,
        text: text < 0 ? null : words[text]!,
      });
    }
    return { ...history, signals };
  });
}

/** The columns in the order in which they are written: the longest numbers first, so that each begins at a multiple of its own length. */
const written = ['observedAt', 'value', 'ends', 'kind', 'source', 'text'] as const;

/**
 * A folded chunk as compressed bytes: the lengths of what follows, the columns as they are in memory, and the rest as JSON.
 */
export function bytesOfFolded({ signals, ...rest }: FoldedHistories): Buffer {
  const head = new Float64Array([rest.quiet.length, signals.kind.length]);
  const parts = [head, ...written.map((name) => signals[name])];
  const columns = parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength));
  return deflateRawSync(Buffer.concat([...columns, Buffer.from(JSON.stringify(rest))]), { level: 1 });
}

/** The chunk that {@link bytesOfFolded} has written. */
export function foldedFromBytes(bytes: Uint8Array): FoldedHistories {
  const { buffer, byteOffset, byteLength } = inflateRawSync(bytes);
  const [accounts = 0, items = 0] = new Float64Array(buffer.slice(byteOffset, byteOffset + 16));
  const signals = emptyColumns(accounts, items);
  let at = byteOffset + 16;
  for (const name of written) {
    const column = signals[name];
    new Uint8Array(column.buffer).set(new Uint8Array(buffer, at, column.byteLength));
    at += column.byteLength;
  }
  // What `bytesOfFolded` has put there.
  const rest = JSON.parse(Buffer.from(buffer, at, byteOffset + byteLength - at).toString()) as Omit<
    FoldedHistories,
    'signals'
  >;
  return { ...rest, signals };
}

function emptyColumns(accounts: number, items: number): FoldedHistories['signals'] {
  return {
    ends: new Int32Array(accounts),
    observedAt: new Float64Array(items),
    value: new Float64Array(items),
    kind: new Int32Array(items),
    source: new Int32Array(items),
    text: new Int32Array(items),
  };
}
