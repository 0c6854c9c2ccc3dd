/** Calls that are left, and of how many. */
export interface Usage {
  most: number;
  left: number;
}

/**
 * What the header `Sforce-Limit-Info` says is left: of the org's calls, or of those that this app may make where that is
 * less. `null` for a header that says nothing of it.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 * @example usageOf('api-usage=25/5000; per-app-api-usage=17/250(appName=lodestar)'); // => { most: 250, left: 233 }
 */
export function usageOf(header: string): Usage | null {
  const limits = [...header.matchAll(/api-usage=(\d+)\/(\d+)/g)].map(([, used, most]) => ({
    ...{ most: Number(most), left: Math.max(0, Number(most) - Number(used)) },
  }));
  return limits.toSorted((one, other) => one.left - other.left)[0] ?? null;
}
