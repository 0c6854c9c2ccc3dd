import { SalesforceError } from '../api-error.ts';
import { parseTime, restTime } from '../org/values.ts';
import type { ObjectSchema } from '../schema/object-schema.ts';
import { type Answer, jsonAnswer } from './answer.ts';
import type { Api, ApiRequest } from './context.ts';

const DAY = 86_400_000;

/**
 * `sobjects/X/updated?start=&end=`: ids that changed in a span of at most 30 days.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getupdated.htm
 */
export function answerUpdated(api: Api, request: ApiRequest, object: ObjectSchema): Answer {
  const { start, end } = spanOf(api, request);
  const sql = `SELECT "Id" AS id FROM "${object.name}" WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ? AND "IsDeleted" = 0`;
  const ids = api.database.sql
    .prepare(sql)
    .all(start, end)
    .map(({ id }) => id);
  return jsonAnswer({ ids, latestDateCovered: restTime(end) });
}

/**
 * `sobjects/X/deleted?start=&end=`: what went into the bin in a span.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_getdeleted.htm
 */
export function answerDeleted(api: Api, request: ApiRequest, object: ObjectSchema): Answer {
  const { start, end } = spanOf(api, request);
  const sql = `SELECT "Id" AS id, "SystemModstamp" AS at FROM "${object.name}"
    WHERE "SystemModstamp" >= ? AND "SystemModstamp" < ? AND "IsDeleted" = 1`;
  const rows = api.database.sql.prepare(sql).all(start, end);
  const deletedRecords = rows.map(({ id, at }) => ({ id, deletedDate: restTime(Number(at)) }));
  const earliestDateAvailable = restTime(api.clock() - 30 * DAY);
  return jsonAnswer({ deletedRecords, earliestDateAvailable, latestDateCovered: restTime(end) });
}

function spanOf({ clock }: Api, { query }: ApiRequest): { start: number; end: number } {
  const [start, end] = [query.get('start'), query.get('end')].map((text) => parseTime((text ?? '').replace(' ', '+')));
  if (start === undefined || end === undefined || Number.isNaN(start) || Number.isNaN(end)) {
    throw new SalesforceError(400, 'INVALID_REPLICATION_DATE', 'start and end must be dates with a time');
  }
  if (start < clock() - 30 * DAY) {
    throw new SalesforceError(400, 'INVALID_REPLICATION_DATE', 'startDate cannot be more than 30 days ago');
  }
  if (end - start < 60_000) {
    throw new SalesforceError(
      400,
      'INVALID_REPLICATION_DATE',
      'endDate must be at least one minute greater than startDate',
    );
  }
  return { start, end };
}
