import { type Answer, jsonAnswer } from './answer.ts';
import type { Api } from './context.ts';

/**
 * `limits`: what is left of the day.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm
 */
export function answerLimits({ options, counters, clock }: Api): Answer {
  const left = Math.max(0, options.dailyRequests - counters.requestsOf(clock()));
  const whole = (Max: number) => ({ Max, Remaining: Max });
  return jsonAnswer({
    DailyApiRequests: { Max: options.dailyRequests, Remaining: left },
    DailyBulkApiBatches: whole(15_000),
    DailyBulkV2QueryJobs: whole(10_000),
    DailyBulkV2QueryFileStorageMB: whole(976_562),
    DataStorageMB: whole(5120),
    FileStorageMB: whole(5120),
  });
}
