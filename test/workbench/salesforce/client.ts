import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import {
  type LocalSalesforce,
  type LocalSalesforceOptions,
  startLocalSalesforce,
} from '../../../src/workbench/salesforce/local-salesforce.ts';

/** What a test's client says and hears: plain fetch, so that no library stands between the test and the protocol. */
export interface Client {
  sf: LocalSalesforce;
  token: string;
  /** @param path behind `/services/data/v66.0/` */
  call(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** All records of a query, page after page. */
  query(soql: string, resource?: string): Promise<Json[]>;
  /** Makes a job, sends the CSV, closes it and waits for its end. */
  ingest(job: Json, csv: string): Promise<Json>;
  /** The rows of a CSV that a job answers with. */
  csv(path: string): Promise<Record<string, string>[]>;
}

/** What comes over the wire has no type; a test looks into it. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  json: Json;
}

/** Starts an org, stops it after the test, and gets a token for it. */
export async function startClient(t: TestContext, options: LocalSalesforceOptions = {}): Promise<Client> {
  const sf = await startLocalSalesforce({ ...options, org: { jobDelayMs: 1, ...options.org } });
  t.after(() => sf.close());
  return connect(sf);
}

/** A client with a fresh token for an org that runs. */
export async function connect(sf: LocalSalesforce): Promise<Client> {
  const reply = await askToken(sf, { grant_type: 'client_credentials' });
  const token = String(reply.json.access_token);

  async function call(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const isCsv = headers['content-type']?.startsWith('text/csv');
    const sent = body === undefined ? {} : { body: isCsv ? String(body) : JSON.stringify(body) };
    const url = path.startsWith('/') ? `${sf.url}${path}` : `${sf.url}/services/data/v66.0/${path}`;
    const type = body === undefined ? {} : { 'content-type': 'application/json' };
    return read(
      await fetch(url, { method, headers: { authorization: `Bearer ${token}`, ...type, ...headers }, ...sent }),
    );
  }

  async function jobEnd(path: string): Promise<Json> {
    for (;;) {
      const { json } = await call('GET', path);
      if (['JobComplete', 'Failed', 'Aborted'].includes(json.state)) return json;
      await wait(2);
    }
  }

  return {
    ...{ sf, token, call },
    async query(soql, resource = 'query') {
      let { status, json } = await call('GET', `${resource}?q=${encodeURIComponent(soql)}`);
      assert.equal(status, 200, JSON.stringify(json));
      const records = [...json.records];
      while (!json.done) {
        ({ json } = await call('GET', json.nextRecordsUrl));
        records.push(...json.records);
      }
      assert.equal(records.length, json.totalSize);
      return records;
    },
    async ingest(job, csv) {
      const { json: made } = await call('POST', 'jobs/ingest', { contentType: 'CSV', lineEnding: 'LF', ...job });
      const { status } = await call('PUT', `jobs/ingest/${made.id}/batches`, csv, { 'content-type': 'text/csv' });
      assert.equal(status, 201);
      await call('PATCH', `jobs/ingest/${made.id}`, { state: 'UploadComplete' });
      return jobEnd(`jobs/ingest/${made.id}`);
    },
    async csv(path) {
      const { text } = await call('GET', path);
      return parse(text, { columns: true });
    },
  };
}

/** Asks for a token with the usual client, unless the form says otherwise. */
export async function askToken(sf: LocalSalesforce, form: Record<string, string>): Promise<Reply> {
  const { clientId: client_id, clientSecret: client_secret } = sf.options;
  const body = new URLSearchParams({ client_id, client_secret, ...form });
  return read(await fetch(`${sf.url}/services/oauth2/token`, { method: 'POST', body }));
}

async function read(response: Response): Promise<Reply> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}
