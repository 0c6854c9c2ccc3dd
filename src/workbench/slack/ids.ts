/** Names for things, in Slack's shapes. Those of a later run are later ones. */
export interface Ids {
  /** The next id with this prefix: `Ev0000001K`. */
  next(prefix: string): string;
  /** The next message timestamp: seconds, a dot, six digits; never the same twice and never going back. */
  timestamp(): string;
}

/**
 * Makes ids and message timestamps.
 *
 * A timestamp is the id of a message in its channel, so two messages in one millisecond must still differ; Slack
 * counts microseconds, we count up from the clock.
 *
 * @see https://docs.slack.dev/messaging/retrieving-messages: `ts` identifies a message uniquely within its conversation
 */
export function createIds(clock: () => number): Ids {
  // An app may remember events for longer than we run, so a new run must not use the ids of the last one.
  let count = Math.max(36 ** 3, Math.round(clock()));
  let last = 0;
  return {
    next(prefix) {
      count += 1;
      return `${prefix}${count.toString(36).toUpperCase().padStart(9, '0')}`;
    },
    timestamp() {
      last = Math.max(Math.round(clock() * 1000), last + 100);
      const seconds = Math.floor(last / 1e6);
      return `${seconds}.${String(last - seconds * 1e6).padStart(6, '0')}`;
    },
  };
}
