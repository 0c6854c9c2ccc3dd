import { z } from 'zod';
import { failureOf } from './failure-of.ts';

/**
 * Bytes of an address beyond which a call goes another way. Address and headers may have 16,384 bytes together, and
 * whatever stands between may take less.
 *
 * @see https://help.salesforce.com/s/articleView?id=000386264
 */
const longestAddress = 8_000;

/** Whether a call that reads has too long an address to be made as it is: its query names hundreds of fields. */
export function isLongAddress(url: string): boolean {
  return Buffer.byteLength(url) > longestAddress;
}

/**
 * A call that reads as the only one of a composite, where its address is part of the body.
 *
 * @param url from `/services` on, its query encoded
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite_post.htm
 */
export function asComposite(url: string): { method: 'POST'; path: string; body: object } {
  const compositeRequest = [{ method: 'GET', url, referenceId: 'read' }];
  return { method: 'POST', path: '/composite', body: { compositeRequest } };
}

const compositeSchema = z.object({
  compositeResponse: z.tuple([z.object({ httpStatusCode: z.number(), body: z.unknown() })]),
});

/**
 * What the call would have been answered by itself. A composite is answered with 200 whatever became of its calls.
 *
 * @returns `undefined` for what is no composite
 * @throws {SalesforceError} for a call that was refused
 */
export function outOfComposite(answer: unknown): unknown {
  const { data } = compositeSchema.safeParse(answer);
  if (data === undefined) return undefined;
  const [{ httpStatusCode: status, body }] = data.compositeResponse;
  const headers = new Headers({ 'content-type': 'application/json' });
  const failure = failureOf({ status, headers, body: Buffer.from(JSON.stringify(body ?? null)) });
  if (failure !== null) throw failure;
  return body;
}
