/** What the org counts, so that a test can say that nothing was done twice. */
export interface Counts {
  /** Times that triggers ran for writes of the API, by object; they run once for every 200 rows. */
  triggers: Record<string, number>;
  /** Records that went through assignment rules because a REST write did not switch them off. */
  assignmentRules: number;
  /** Calls that count against the daily limit. */
  dataRequests: number;
  /** Requests for a token. */
  tokens: number;
}

export interface Counters {
  counts: Counts;
  /** Counts a call. @returns how many there were in the last 24 hours, with this one */
  request(now: number): number;
  requestsOf(now: number): number;
  trigger(object: string): void;
}

const HOUR = 3_600_000;

/**
 * Counters from zero. The day of the limit rolls, by the hour.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm
 */
export function createCounters(): Counters {
  const counts: Counts = { triggers: {}, assignmentRules: 0, dataRequests: 0, tokens: 0 };
  const hours = new Map<number, number>();
  function requestsOf(now: number): number {
    const oldest = Math.floor(now / HOUR) - 24;
    let sum = 0;
    for (const [hour, calls] of hours) {
      if (hour <= oldest) hours.delete(hour);
      else sum += calls;
    }
    return sum;
  }
  return {
    counts,
    requestsOf,
    request(now) {
      const hour = Math.floor(now / HOUR);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      counts.dataRequests += 1;
      return requestsOf(now);
    },
    trigger(object) {
      counts.triggers[object] = (counts.triggers[object] ?? 0) + 1;
    },
  };
}
