import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openSalesforce } from '../../../src/connectors/salesforce/open-salesforce.ts';
import type { SalesforceDeps, SalesforceSettings } from '../../../src/connectors/salesforce/settings.ts';

/** A request as it came, and the means to answer it in any way, also badly. */
export interface Came {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: string;
  response: ServerResponse;
  /** How many requests of this method and path came before. */
  before: number;
  json(value: unknown, status?: number): void;
  csv(text: string, headers?: Record<string, string>): void;
  refuse(status: number, errorCode: string, message?: string): void;
  /** Begins an answer and cuts the line in the middle of it. */
  cut(text: string): void;
}

export const data = '/services/data/v66.0';

/**
 * A server that answers requests as it is told to, byte by byte; signs everybody in unless it is told otherwise.
 *
 * @param answer returns `false` for what it does not know
 */
export async function rawSalesforce(answer: (came: Came) => unknown) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
      const name = `${request.method} ${pathname.replace(data, '')}`;
      const json = (value: unknown, status = 200) => {
        response.writeHead(status, { 'content-type': 'application/json;charset=UTF-8' });
        response.end(JSON.stringify(value));
      };
      const came: Came = {
        ...{ method: request.method ?? '', path: pathname.replace(data, ''), query: searchParams, response, json },
        ...{ headers: request.headers, body: Buffer.concat(parts).toString('utf8') },
        before: seen.filter((one) => one === name).length,
        csv: (text, headers = {}) => {
          response.writeHead(200, { 'content-type': 'text/csv;charset=UTF-8', ...headers });
          response.end(text);
        },
        refuse: (status, errorCode, message = 'no') => json([{ errorCode, message }], status),
        cut: (text) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
          response.write(text, () => response.socket?.destroy());
        },
      };
      seen.push(name);
      if (answer(came) !== false || response.writableEnded) return;
      if (pathname === '/services/oauth2/token') json(tokenAnswer(url, `token-${came.before + 1}`));
      else came.refuse(404, 'NOT_FOUND', 'The requested resource does not exist');
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo; // a server that listens on TCP has one
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    /** `METHOD /path` of every request that came, in order. */
    seen,
    count: (name: string) => seen.filter((one) => one === name).length,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => void server.close(resolve));
    },
  };
}

export function tokenAnswer(url: string, token: string) {
  return {
    ...{ access_token: token, instance_url: url, token_type: 'Bearer', issued_at: '0', signature: 's', scope: 'api' },
    id: `${url}/id/00D000000000001AAA/005000000000001AAA`,
  };
}

/** A clock that moves only when somebody waits. */
export function waitingClock(start = Date.parse('2026-11-22T10:00:00Z')) {
  let instant = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => instant,
    pass: (ms: number) => {
      instant += ms;
    },
    sleep: async (ms: number) => {
      waits.push(ms);
      instant += ms;
    },
  };
}

export const silent = { debug: () => undefined, warn: () => undefined };

/** Our client on such a server, with a clock that does not make anybody wait. */
export function clientOf(url: string, deps: Partial<SalesforceDeps> = {}, settings: Partial<SalesforceSettings> = {}) {
  const clock = waitingClock();
  const auth = { kind: 'client credentials', clientId: 'key', clientSecret: 'secret' } as const;
  const random = () => 0.5;
  const crm = openSalesforce({ loginUrl: url, auth, ...settings }, { log: silent, ...clock, random, ...deps });
  return { crm, clock };
}
