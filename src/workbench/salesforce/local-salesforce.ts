import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { IcpError } from '../../errors.ts';
import { createBulk } from './bulk/bulk.ts';
import { createControl } from './control.ts';
import { createDesk } from './desk/desk.ts';
import { createFaults, type SalesforceFaults } from './faults/faults.ts';
import { createAccess } from './org/access.ts';
import { createCounters } from './org/counters.ts';
import { createOrg } from './org/create-org.ts';
import { openDatabase } from './org/database.ts';
import { longId } from './org/ids.ts';
import { type OrgOptions, usualOrg } from './org/options.ts';
import type { Org } from './org/org.ts';
import { createRecords } from './org/records.ts';
import { saveRows } from './org/save.ts';
import { setUp } from './org/set-up.ts';
import { type Beside, servePage } from './page-files.ts';
import { type Call, createCalls } from './rest/calls.ts';
import type { Api } from './rest/context.ts';
import { createQueries } from './rest/query.ts';
import { maxHeaderSize } from './rest/request-size.ts';
import { serve } from './rest/serve.ts';
import { createTokens } from './rest/tokens.ts';
import { buildSchema } from './schema/schema.ts';

export interface LocalSalesforceOptions {
  /** Absent or 0: any free one. */
  port?: number;
  /** A SQLite file; absent: in memory. */
  file?: string;
  org?: Partial<OrgOptions>;
  clock?: () => number;
  faults?: SalesforceFaults;
  /** Told what went wrong inside. */
  log?: (message: string, error: unknown) => void;
}

export interface LocalSalesforce {
  /** Where it listens, without a slash at the end: the login and the instance address. */
  url: string;
  /**
   * Answers a call if it is for Salesforce, for somebody who serves it under an own port.
   *
   * @param from what else is there, for the page to lead back to
   */
  handler(request: IncomingMessage, response: ServerResponse, from?: Beside): Promise<boolean>;
  org: Org;
  options: OrgOptions;
  plan(faults: SalesforceFaults): void;
  /** The latest calls, oldest first. */
  calls(): Call[];
  close(): Promise<void>;
}

/**
 * Starts a local Salesforce: OAuth, REST and Bulk 2.0 over HTTP on this machine, on an org in SQLite.
 *
 * @throws {IcpError} `port_taken` when something else listens on the port
 */
export async function startLocalSalesforce(options: LocalSalesforceOptions = {}): Promise<LocalSalesforce> {
  const settings: OrgOptions = { ...usualOrg, ...options.org };
  const clock = options.clock ?? Date.now;
  const log = options.log ?? (() => undefined);
  const schema = buildSchema(settings);
  const access = createAccess(schema, settings.permissionSets);
  const database = openDatabase(options.file, schema);
  const counters = createCounters();
  const calls = createCalls();
  const tokens = createTokens(longId(settings.id), settings.tokenLifeMs, clock);
  const faults = createFaults({ ...settings, expire: () => tokens.expireAll() });
  const hide = database.sql.prepare('INSERT OR REPLACE INTO local_hidden VALUES (?, ?)');
  let hidden = false;
  const writes = new Map<string, number>();
  const records = createRecords({
    ...{ database, schema, options: settings, clock },
    written(object, id) {
      writes.set(object, (writes.get(object) ?? 0) + 1);
      const late = faults.lateBy(object);
      if (late <= 0) return;
      hide.run(id, clock() + late);
      hidden = true;
    },
  });
  const ids = setUp(database, schema, records, settings);
  const org = createOrg({ database, schema, records, counters, access, ids });
  const saving = { database, schema, records, counters, options: settings, isLocked: faults.isLocked };
  const api: Api = {
    ...{ options: settings, schema, database, counters, clock, ids },
    save: (request) => saveRows(saving, request),
    view: (all) => ({ schema, now: clock(), all, system: false, hidden }),
  };
  const queries = createQueries();
  const bulk = createBulk({ api, jobs: faults.jobs, log });
  const routes = { query: queries.answer, queryall: queries.answer, jobs: bulk.answer };
  const desk = createDesk({ org, database, schema, settings, counters, clock, writes });
  const control = createControl({ plan: faults.plan, org, calls: calls.all, desk });
  const context = { api, tokens, faults, calls, routes, control, log };
  const handler = async (request: IncomingMessage, response: ServerResponse, from?: Beside): Promise<boolean> =>
    (await servePage(schema, request, response, from)) || serve(context, request, response);

  const server = createServer({ maxHeaderSize }, (request, response) => {
    handler(request, response)
      .then((isOurs) => {
        if (!isOurs)
          response
            .writeHead(404)
            .end('the local Salesforce answers to /services and /control/salesforce; its page is /salesforce');
      })
      .catch((error: unknown) => {
        log('an answer of the local Salesforce could not be sent', error);
        response.destroy();
      });
  });
  // A test that fills the org blocks this process for longer than a socket may idle; it is not to be cut off for that.
  Object.assign(server, { keepAliveTimeout: 0, requestTimeout: 0 });
  const port = await listen(server, options.port ?? 0);
  if (options.faults !== undefined) faults.plan(options.faults);

  return {
    url: `http://127.0.0.1:${port}`,
    ...{ handler, org, options: settings, plan: faults.plan, calls: calls.all },
    async close() {
      bulk.stop();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      database.close();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const advice = 'choose another, or 0 for any free one';
      const message = `the local Salesforce needs port ${port} on 127.0.0.1 and got ${cause.code ?? 'an error'}; ${advice}`;
      reject(new IcpError(cause.code === 'EADDRINUSE' ? 'port_taken' : 'cannot_listen', message, { cause }));
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}
