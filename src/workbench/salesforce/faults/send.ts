import type { ServerResponse } from 'node:http';
import type { Answer } from '../rest/answer.ts';
import type { Fault } from './faults.ts';

/** Sends an answer, and lets go wrong with it what is planned. */
export async function send(response: ServerResponse, answer: Answer, fault: Fault | null): Promise<void> {
  if (fault?.kind === 'lose') {
    response.destroy();
    return;
  }
  const { status, type, headers } = answer;
  const body = fault?.kind === 'truncate' ? await linesOf(answer.body, fault.rows + 1) : answer.body;
  response.statusCode = status;
  if (type !== '') response.setHeader('content-type', type);
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (typeof body === 'string' && fault === null) {
    if (status !== 204) response.setHeader('content-length', Buffer.byteLength(body));
    response.end(body);
    return;
  }
  if (typeof body === 'string') response.setHeader('content-length', Buffer.byteLength(body));
  let left = fault?.kind === 'cut' ? fault.bytes : Number.POSITIVE_INFINITY;
  for await (const piece of typeof body === 'string' ? [body] : body) {
    for (const part of partsOf(Buffer.from(piece), fault)) {
      if (response.destroyed) return;
      if (!response.write(part.subarray(0, left))) await drained(response);
      left -= part.length;
      if (left <= 0) {
        // What was written is to arrive before the connection ends.
        await new Promise((resolve) => setTimeout(resolve, 20));
        response.destroy();
        return;
      }
      if (fault?.kind === 'drip') await new Promise((resolve) => setTimeout(resolve, fault.everyMs));
    }
  }
  response.end();
}

function* partsOf(whole: Buffer, fault: Fault | null): Generator<Buffer> {
  if (fault?.kind !== 'drip') {
    yield whole;
    return;
  }
  for (let at = 0; at < whole.length; at += fault.bytes) yield whole.subarray(at, at + fault.bytes);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}

async function linesOf(body: Answer['body'], count: number): Promise<string> {
  let whole = typeof body === 'string' ? body : '';
  if (typeof body !== 'string') for await (const piece of body) whole += piece;
  return `${whole.split('\n').slice(0, count).join('\n')}\n`;
}
