import type { AccountHistory, Signal } from '../../icp/history.ts';

/** Histories that a thread keeps for further passes. */
export interface KeptHistories {
  add(histories: readonly AccountHistory[]): void;
  /** Everything added, chunk by chunk as it came; `null` when it was more than is kept. */
  chunks(): Iterable<readonly AccountHistory[]> | null;
}

type Quiet = Omit<AccountHistory, 'signals'>;

/** The signals of a chunk, column by column, one account after the other. */
interface SignalColumns {
  /** Where the signals of each account end. */
  ends: Int32Array;
  observedAt: Float64Array;
  /** NaN where there is none. */
  value: Float64Array;
  kind: Int32Array;
  source: Int32Array;
  /** -1 where there is none. */
  text: Int32Array;
}

/**
 * Keeps histories up to a number of rows; beyond it none of them.
 *
 * Signals are most of a book and all alike: kept as columns they take a third of the room, and nothing that is collected
 * over and over has to look at them. Each pass gets them as objects again, a chunk at a time.
 */
export function keptHistories(mostRows: number): KeptHistories {
  const names: string[] = [];
  const places = new Map<string, number>();
  const placeOf = (name: string): number => {
    const known = places.get(name);
    if (known !== undefined) return known;
    places.set(name, names.length);
    return names.push(name) - 1;
  };
  let kept: { quiet: Quiet[]; columns: SignalColumns }[] | null = [];
  let rows = 0;
  return {
    add(histories) {
      for (const { observations, signals, usage, leads, opportunities } of histories)
        rows += 1 + observations.length + signals.length + usage.length + leads.length + opportunities.length;
      if (rows > mostRows) kept = null;
      kept?.push({
        quiet: histories.map(({ signals: _, ...quiet }) => quiet),
        columns: columnsOf(histories, placeOf),
      });
    },
    chunks: () =>
      kept === null ? null : kept.values().map(({ quiet, columns }) => withSignals(quiet, columns, names)),
  };
}

function columnsOf(histories: readonly AccountHistory[], placeOf: (name: string) => number): SignalColumns {
  const n = histories.reduce((sum, { signals }) => sum + signals.length, 0);
  const columns: SignalColumns = {
    ends: new Int32Array(histories.length),
    observedAt: new Float64Array(n),
    value: new Float64Array(n),
    kind: new Int32Array(n),
    source: new Int32Array(n),
    text: new Int32Array(n),
  };
  let at = 0;
  for (const [account, { signals }] of histories.entries()) {
    for (const { kind, observedAt, value, source, text } of signals) {
      columns.observedAt[at] = observedAt;
      columns.value[at] = value ?? Number.NaN;
      columns.kind[at] = placeOf(kind);
      columns.source[at] = placeOf(source);
      columns.text[at] = text === null ? -1 : placeOf(text);
      at++;
    }
    columns.ends[account] = at;
  }
  return columns;
}

function withSignals(quiet: readonly Quiet[], columns: SignalColumns, names: readonly string[]): AccountHistory[] {
  let at = 0;
  return quiet.map((history, account) => {
    const signals: Signal[] = [];
    for (const end = columns.ends[account]!; at < end; at++) {
      const value = columns.value[at]!;
      const text = columns.text[at]!;
      signals.push({
        kind: names[columns.kind[at]!]!,
        observedAt: columns.observedAt[at]!,
        value: Number.isNaN(value) ? null : value,
        source: names[columns.source[at]!]!,
        text: text < 0 ? null : names[text]!,
      });
    }
    return { ...history, signals };
  });
}
