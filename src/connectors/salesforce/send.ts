import { SalesforceError } from './errors.ts';
import { guardHost } from './hosts.ts';

export interface Request {
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Buffer;
}

export type Send = (request: Request) => Promise<Answer>;

/** An answer may be this many times as long in coming as it may be silent. */
const longest = 10;

/**
 * Sends one request and has its whole answer, or throws: nothing hangs and nothing escapes.
 *
 * A connection that is cut in the middle of an answer, one that falls silent and one that drips for ever all end as
 * `crm_retry`. Redirects are not followed, since the token would go along.
 *
 * @param patience how long an answer may be silent, in milliseconds
 * @param closing ends every request when the client is closed
 * @throws {SalesforceError} `crm_retry` when no whole answer came
 * @throws {IcpError} `crm_stop` for an address that is not Salesforce's
 */
export function createSend(
  { loginUrl, hosts }: { loginUrl: string; hosts?: readonly string[] },
  { patience, closing }: { patience: number; closing: AbortSignal },
): Send {
  return async ({ method, url, headers, body }) => {
    guardHost(url, loginUrl, hosts);
    const giveUp = new AbortController();
    const overall = setTimeout(() => giveUp.abort(), patience * longest);
    let silence = setTimeout(() => giveUp.abort(), patience);
    try {
      const response = await fetch(url, {
        ...{ method, headers: { ...headers }, redirect: 'manual', body: body ?? null },
        signal: AbortSignal.any([giveUp.signal, closing]),
      });
      const chunks: Uint8Array[] = [];
      for await (const chunk of response.body ?? []) {
        clearTimeout(silence);
        silence = setTimeout(() => giveUp.abort(), patience);
        chunks.push(chunk);
      }
      return { status: response.status, headers: response.headers, body: Buffer.concat(chunks) };
    } catch (cause) {
      const why = closing.aborted
        ? 'the connection to Salesforce was closed'
        : giveUp.signal.aborted
          ? `Salesforce fell silent for ${Math.round(patience / 1000)} seconds`
          : 'no whole answer came from Salesforce';
      throw new SalesforceError(
        'crm_retry',
        `${why} (${new URL(url).hostname}); look at the network, or try again later`,
        {
          ...{ outcome: 'unknown', cause },
        },
      );
    } finally {
      clearTimeout(overall);
      clearTimeout(silence);
    }
  };
}
