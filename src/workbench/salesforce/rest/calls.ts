/** A call that came in. */
export interface Call {
  at: number;
  method: string;
  /** With the query. */
  path: string;
  /** `null`: the connection was ended without one. */
  status: number | null;
  /** What was made to go wrong with it. */
  fault: string | null;
  /** Bytes of the body that was sent to us. */
  bytes: number;
  /** Names in lower case; the token is left out. */
  headers: Readonly<Record<string, string>>;
}

const MOST = 20_000;

/** The latest calls, oldest first. */
export function createCalls(): { add(call: Call): void; all(): Call[] } {
  let calls: Call[] = [];
  return {
    add(call) {
      calls.push(call);
      if (calls.length > 2 * MOST) calls = calls.slice(-MOST);
    },
    all: () => calls.slice(-MOST),
  };
}
