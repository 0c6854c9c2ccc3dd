import type { Counters } from '../org/counters.ts';
import type { Database } from '../org/database.ts';
import type { OrgOptions } from '../org/options.ts';
import type { Operation, SaveRequest, SaveResult } from '../org/save.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import type { Schema } from '../schema/schema.ts';
import type { QueryView } from '../soql/compile-soql.ts';
import type { Answer } from './answer.ts';

/** What the routes of the API share. */
export interface Api {
  options: OrgOptions;
  schema: Schema;
  database: Database;
  counters: Counters;
  clock: () => number;
  ids: { organization: string; integrationUser: string };
  save(request: SaveRequest): SaveResult[];
  /** How a query of the integration user is read now. */
  view(all: boolean): QueryView;
}

/** A call, read. */
export interface ApiRequest {
  method: string;
  /** Behind `/services/data/vXX.0/`, each part decoded. */
  path: readonly string[];
  /** `v66.0`. */
  version: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
  /** Where the client reached us. */
  origin: string;
}

export type Route = (api: Api, request: ApiRequest) => Answer;

/** What a client may send along with a REST write. */
export function writeOptions(
  api: Api,
  object: ObjectSchema,
  operation: Operation,
): Pick<SaveRequest, 'object' | 'operation' | 'user' | 'allOrNone'> {
  return { object, operation, user: api.ids.integrationUser, allOrNone: false };
}

/**
 * Runs assignment rules over what a REST call wrote, unless the call says not to: that is what Salesforce does when it
 * says nothing.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm
 */
export function assign(api: Api, request: ApiRequest, object: string, results: readonly SaveResult[]): void {
  if (!['Account', 'Lead', 'Case'].includes(object)) return;
  if (String(request.headers['sforce-auto-assign'] ?? 'TRUE').toUpperCase() === 'FALSE') return;
  api.counters.counts.assignmentRules += results.filter(({ success }) => success).length;
}
