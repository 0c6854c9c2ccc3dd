/** One thing that goes wrong with an answer. */
export type Fault =
  /** An error without doing the work: 503, 500, 429, 420 and so on. */
  | { kind: 'status'; status: number; errorCode?: string; message?: string; body?: string }
  /** 401 `INVALID_SESSION_ID`, whatever token was sent. */
  | { kind: 'unauthorized' }
  /** 403 `REQUEST_LIMIT_EXCEEDED`. */
  | { kind: 'limit' }
  /** The work is done; the connection ends after so many bytes of the body. */
  | { kind: 'cut'; bytes: number }
  /** No answer for so long; absent: never. The work is not done before. */
  | { kind: 'stall'; ms?: number }
  /** Status 200 with a page about maintenance. */
  | { kind: 'html' }
  /** A CSV that ends properly after so many rows, though more were announced. */
  | { kind: 'truncate'; rows: number }
  /** The work is done and the connection ends without an answer. */
  | { kind: 'lose' }
  /** The connection ends before anything is done. */
  | { kind: 'reset' }
  /** The answer comes in pieces of so many bytes, with a pause between. */
  | { kind: 'drip'; bytes: number; everyMs: number };

/** When a fault strikes: a rule without conditions strikes every call. */
export interface FaultRule {
  fault: Fault;
  /** A regular expression on `METHOD /path?query`. */
  on?: string;
  /** How many calls it strikes; absent: all. */
  times?: number;
  /** How many calls that it fits go through first. */
  after?: number;
  /** Between 0 and 1, by the seed. */
  probability?: number;
}

/** What is to go wrong, added to what is planned already. */
export interface SalesforceFaults {
  /** Forgets everything that was planned before. */
  clear?: boolean;
  /** Of the chances; the same seed gives the same faults. */
  seed?: number;
  rules?: readonly FaultRule[];
  /** Every token that is out now stops being good. */
  expireTokens?: boolean;
  /** Records that somebody else holds: for so many attempts each, or for so long. */
  locks?: readonly { ids: readonly string[]; times?: number; forMs?: number }[];
  jobs?: {
    /** The next jobs fail behind so many rows; the rest is unprocessed. */
    failAfterRows?: number | null;
    /** How many jobs do so; absent: one. */
    times?: number;
    /** Jobs stay InProgress behind their first 200 rows until this is set to false. */
    neverComplete?: boolean;
    delayMs?: number;
    batchDelayMs?: number;
  };
  /** Records that are written from now on are seen so much later than their SystemModstamp says; `null` ends it. */
  lateRows?: { object: string; byMs: number } | null;
}

export interface Faults {
  /** The fault for a call, if one is due. */
  take(call: string): Fault | null;
  isLocked(id: string): boolean;
  /** How much later than it is written a record is seen. */
  lateBy(object: string): number;
  jobs: { delayMs: number; batchDelayMs: number; isHeld(): boolean; takeFailure(): number | null };
  /** @param onExpire told when every token is to stop being good */
  plan(faults: SalesforceFaults): void;
}

/** Keeps what is planned and says what is due. */
export function createFaults(options: { jobDelayMs: number; batchDelayMs: number; expire: () => void }): Faults {
  let rules: (FaultRule & { seen: number; struck: number })[] = [];
  let random = seeded(1);
  let locks: { id: string; left: number; until: number }[] = [];
  let late: SalesforceFaults['lateRows'] = null;
  let held = false;
  let failure: { rows: number; times: number } | null = null;
  const usual = { delayMs: options.jobDelayMs, batchDelayMs: options.batchDelayMs };
  let pace = { ...usual };

  const faults: Faults = {
    take(call) {
      for (const rule of rules) {
        if (rule.on !== undefined && !new RegExp(rule.on).test(call)) continue;
        rule.seen += 1;
        if (rule.seen <= (rule.after ?? 0) || rule.struck >= (rule.times ?? Number.POSITIVE_INFINITY)) continue;
        if (rule.probability !== undefined && random() >= rule.probability) continue;
        rule.struck += 1;
        return rule.fault;
      }
      return null;
    },
    isLocked(id) {
      const lock = locks.find((each) => each.id === id && each.left > 0 && each.until > performance.now());
      if (lock !== undefined) lock.left -= 1;
      return lock !== undefined;
    },
    lateBy: (object) => (late?.object === object ? late.byMs : 0),
    jobs: {
      get delayMs() {
        return pace.delayMs;
      },
      get batchDelayMs() {
        return pace.batchDelayMs;
      },
      isHeld: () => held,
      takeFailure() {
        if (failure === null || failure.times <= 0) return null;
        failure.times -= 1;
        return failure.rows;
      },
    },
    plan(change) {
      if (change.clear) {
        rules = [];
        locks = [];
        [late, held, failure, pace] = [null, false, null, { ...usual }];
      }
      if (change.seed !== undefined) random = seeded(change.seed);
      rules.push(...(change.rules ?? []).map((rule) => ({ ...rule, seen: 0, struck: 0 })));
      if (change.expireTokens) options.expire();
      const endless = Number.POSITIVE_INFINITY;
      for (const { ids, times = endless, forMs = endless } of change.locks ?? []) {
        locks.push(...ids.map((id) => ({ id, left: times, until: performance.now() + forMs })));
      }
      if (change.lateRows !== undefined) late = change.lateRows;
      const { failAfterRows, times = 1, neverComplete, ...given } = change.jobs ?? {};
      if (failAfterRows !== undefined) failure = failAfterRows === null ? null : { rows: failAfterRows, times };
      held = neverComplete ?? held;
      pace = { ...pace, ...given };
    },
  };
  return faults;
}

/** Mulberry32: small, and the same everywhere. @see https://github.com/cprosche/mulberry32 */
function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
