import type { IncomingMessage } from 'node:http';
import type { Answer } from './answer.ts';

/** Bytes that the address and the headers of a call may have together. */
const mostBytes = 16_384;

/** Node would refuse at the same length without a word: it is to let through what is refused here as Salesforce does it. */
export const maxHeaderSize = 4 * mostBytes;

/**
 * Refuses a call whose address and headers are too long, before anybody looks at its token: 414 where the address alone is,
 * 431 where they are together. `null` where they are not.
 *
 * @see https://help.salesforce.com/s/articleView?id=000386264
 */
export function refusedForSize({ url = '', rawHeaders }: IncomingMessage): Answer | null {
  const address = Buffer.byteLength(url);
  // Every name and every value is followed by two bytes: a colon and a space, or the end of the line.
  const headers = rawHeaders.reduce((sum, text) => sum + Buffer.byteLength(text) + 2, 0);
  if (address > mostBytes) return badMessage(414, 'URI Too Long');
  return address + headers > mostBytes ? badMessage(431, 'Request Header Fields Too Large') : null;
}

/** The web server in front answers with a page, not with an array of errors. */
function badMessage(status: number, reason: string): Answer {
  const body = `<h1>Bad Message ${status}</h1><pre>reason: ${reason}</pre>`;
  return { status, type: 'text/html;charset=iso-8859-1', headers: {}, body };
}
