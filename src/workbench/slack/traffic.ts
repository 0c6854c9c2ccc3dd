import type { Json } from './json.ts';

/** One thing that crossed between the app and Slack, as the inspector lists it. */
export interface TrafficEntry {
  n: number;
  at: number;
  /** `request`: app to Web API. `delivery`: Slack to app. `connection`: sockets opening and closing. */
  kind: 'request' | 'delivery' | 'connection';
  /** `chat.postMessage`, `app_mention`, `/icp`, `hello`. */
  name: string;
  outcome: 'ok' | 'failed' | 'waiting';
  /** Milliseconds until the answer or the acknowledgement. */
  ms?: number;
  /** What went wrong, or what is worth knowing. */
  note?: string;
  envelopeId?: string;
  attempt?: number;
  sent?: Json;
  answer?: Json;
}

export interface Traffic {
  /** Adds a line; the object may be filled in later through `update`. */
  add(entry: Omit<TrafficEntry, 'n' | 'at'>): TrafficEntry;
  update(entry: TrafficEntry, change: Partial<TrafficEntry>): void;
  /** Lines after number `after`, oldest first. */
  since(after: number): TrafficEntry[];
}

const KEPT = 500;

/** Remembers the last 500 requests and deliveries for the inspector and the tests. */
export function createTraffic(clock: () => number, changed: () => void): Traffic {
  let entries: TrafficEntry[] = [];
  let n = 0;
  return {
    add(entry) {
      n += 1;
      const kept: TrafficEntry = { n, at: clock(), ...entry };
      entries = [...entries.slice(-KEPT + 1), kept];
      changed();
      return kept;
    },
    update(entry, change) {
      Object.assign(entry, change);
      changed();
    },
    since: (after) => entries.filter((entry) => entry.n > after),
  };
}
