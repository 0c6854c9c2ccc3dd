import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport.js';
import type { HttpRequest, HttpResponse } from 'jsforce/lib/types/common.js';
import { StreamPromise } from 'jsforce/lib/util/promise.js';
import { failureOf } from './failure-of.ts';
import type { Send } from './send.ts';

/**
 * What jsforce sends through, instead of its own transport.
 *
 * Its own ends the process when an answer is cut in the middle, and hides the error of a PUT that was answered with 503
 * (jsforce 3.10.26). Here every failure is an error of ours before jsforce sees the answer.
 */
export class SafeTransport extends Transport {
  readonly #send: Send;

  constructor(send: Send) {
    super();
    this.#send = send;
  }

  override httpRequest({ method, url, headers = {}, body }: HttpRequest): StreamPromise<HttpResponse> {
    return StreamPromise.create(() => ({
      stream: new PassThrough(),
      promise: this.#answer(method, url, headers, body),
    }));
  }

  async #answer(method: string, url: string, headers: Record<string, string>, body: unknown): Promise<HttpResponse> {
    const { 'content-length': _, ...others } = headers;
    const answer = await this.#send({ method, url, headers: others, ...(typeof body === 'string' ? { body } : {}) });
    const failure = failureOf(answer);
    if (failure !== null) throw failure;
    return {
      ...{ statusCode: answer.status, headers: Object.fromEntries(answer.headers) },
      body: answer.body.toString('utf8'),
    };
  }
}
