import { z } from 'zod';
import type { Desk } from './desk/desk.ts';
import type { SalesforceFaults } from './faults/faults.ts';
import type { Org } from './org/org.ts';
import { type Answer, errorAnswer, jsonAnswer } from './rest/answer.ts';
import type { Call } from './rest/calls.ts';

const count = z.number().nonnegative();
const fault = z.discriminatedUnion('kind', [
  z.object({
    ...{ kind: z.literal('status'), status: z.number().int(), errorCode: z.string().exactOptional() },
    ...{ message: z.string().exactOptional(), body: z.string().exactOptional() },
  }),
  z.object({ kind: z.enum(['unauthorized', 'limit', 'html', 'lose', 'reset']) }),
  z.object({ kind: z.literal('cut'), bytes: count }),
  z.object({ kind: z.literal('stall'), ms: count.exactOptional() }),
  z.object({ kind: z.literal('truncate'), rows: count }),
  z.object({ kind: z.literal('drip'), bytes: z.number().positive(), everyMs: count }),
]);
const faultPlan = z.strictObject({
  clear: z.boolean().exactOptional(),
  seed: z.number().exactOptional(),
  rules: z
    .array(
      z.strictObject({
        ...{ fault, on: z.string().exactOptional(), times: count.exactOptional(), after: count.exactOptional() },
        probability: z.number().min(0).max(1).exactOptional(),
      }),
    )
    .exactOptional(),
  expireTokens: z.boolean().exactOptional(),
  locks: z
    .array(z.strictObject({ ids: z.array(z.string()), times: count.exactOptional(), forMs: count.exactOptional() }))
    .exactOptional(),
  jobs: z
    .strictObject({
      ...{
        failAfterRows: count.nullable().exactOptional(),
        times: count.exactOptional(),
        neverComplete: z.boolean().exactOptional(),
      },
      ...{ delayMs: count.exactOptional(), batchDelayMs: count.exactOptional() },
    })
    .exactOptional(),
  lateRows: z.strictObject({ object: z.string(), byMs: count }).nullable().exactOptional(),
});

/**
 * The inside of the org over HTTP, for the page and for tests in another process: POST `faults` (a fault plan), GET
 * `counters` and `calls`, and what the desk has for the page.
 */
export function createControl(inside: {
  plan: (faults: SalesforceFaults) => void;
  org: Org;
  calls: () => Call[];
  desk: Desk;
}): (path: string, method: string, body: Buffer, query: URLSearchParams) => Answer {
  return (path, method, body, query) => {
    switch (`${method} ${path}`) {
      case 'POST faults': {
        const read = faultPlan.safeParse(jsonOf(body));
        if (!read.success) return errorAnswer(400, 'INVALID_INPUT', z.prettifyError(read.error));
        inside.plan(read.data);
        return jsonAnswer({ ok: true });
      }
      case 'GET counters':
        return jsonAnswer(inside.org.counters());
      case 'GET calls':
        return jsonAnswer(inside.calls());
      default:
        return (
          inside.desk(`${method} ${path}`, query, jsonOf(body)) ??
          errorAnswer(404, 'NOT_FOUND', 'there is POST faults, GET counters and GET calls, and what desk/desk.ts has')
        );
    }
  };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return null;
  }
}
