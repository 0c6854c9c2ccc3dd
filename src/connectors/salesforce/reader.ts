import { z } from 'zod';
import type { CrmPage, CrmPlace, CrmReader, CrmRecord } from '../crm.ts';
import { bulkQuery } from './bulk-query.ts';
import { recordOf } from './cells.ts';
import type { Describes } from './describes.ts';
import { SalesforceError } from './errors.ts';
import { lastAccountChanges } from './last-changes.ts';
import { restCount, restQuery } from './rest-query.ts';
import type { Session } from './session.ts';
import { instantLiteral, type Select, selectOf, textLiteral } from './soql.ts';

/** Records of one page by REST. */
const restPage = 2_000;
/** Pages of more fields than these have fewer records: a page is held in memory. */
const usualFields = 100;
const inOrder = 'SystemModstamp, Id';

/** By which field the records of an object are in the order of change: histories are never changed, and have no other stamp. */
type Stamp = 'SystemModstamp' | 'CreatedDate';

interface ReaderOptions {
  /** Larger than this is read by a job, where order matters (calls against time). */
  orderedBulkAbove: number;
  bulkAbove: number;
  jobPage: number;
}

/** Reads an org: by REST what is little, by query jobs what is much. */
export function createReader(session: Session, describes: Describes, options: ReaderOptions): CrmReader {
  const { orderedBulkAbove, bulkAbove, jobPage } = options;

  /** Everything that a query finds, in its order. */
  async function* rows(select: Select, all = false): AsyncGenerator<readonly CrmRecord[]> {
    const { fields, object } = select;
    const soql = selectOf(select);
    const first = await restQuery(session, soql, { fields, all });
    if (first.totalSize <= bulkAbove) {
      yield* first.pages();
      return;
    }
    const types = await describes.typesOf(object, fields);
    yield* bulkQuery(session, soql, { fields, types, all, page: pageOf(jobPage, fields) });
  }

  async function* changed(
    object: string,
    { fields: asked, after, where }: Parameters<CrmReader['changed']>[1],
  ): AsyncGenerator<CrmPage> {
    const stamp: Stamp = (await describes.recent(object)).has('SystemModstamp') ? 'SystemModstamp' : 'CreatedDate';
    const fields = withKeys(asked, stamp);
    const conditions = (place: CrmPlace | null) => [where, place === null ? null : afterPlace(place, stamp)];
    const behind = (place: CrmPlace | null) => ({ object, fields, orderBy: `${stamp}, Id`, where: conditions(place) });
    const left = await restCount(session, selectOf({ object, fields: ['COUNT()'], where: conditions(after) }));
    if (left > orderedBulkAbove) {
      const types = await describes.typesOf(object, fields);
      let place = after;
      const page = pageOf(jobPage, fields);
      for await (const records of bulkQuery(session, selectOf(behind(after)), { fields, types, page })) {
        place = placeBehind(records, place, stamp);
        yield { records, place };
      }
      return;
    }
    const limit = pageOf(restPage, fields);
    for (let place = after, length = left; length > 0; ) {
      length = 0;
      const first = await restQuery(session, selectOf({ ...behind(place), limit }), { fields });
      for await (const records of first.pages()) {
        place = placeBehind(records, place, stamp);
        length += records.length;
        yield { records, place };
      }
      if (length < limit) return;
    }
  }

  return {
    describe: (object) => describes.fresh(object),
    changed,
    async *deleted(object, since) {
      const known = await describes.recent(object);
      if (!known.has('IsDeleted')) return;
      const merges = known.has('MasterRecordId') ? ['MasterRecordId'] : [];
      const where = ['IsDeleted = true', `SystemModstamp >= ${instantLiteral(since)}`];
      const fields = ['Id', 'SystemModstamp', ...merges];
      for await (const records of rows({ object, fields, where, orderBy: inOrder }, true))
        yield records.map((record) => ({
          ...{ id: textOf(record.Id), deletedAt: Date.parse(textOf(record.SystemModstamp)) },
          mergedInto: typeof record.MasterRecordId === 'string' ? record.MasterRecordId : null,
        }));
    },
    lastAccountChanges: (field, ids) => lastAccountChanges(session, describes, field, ids),
    count: async (object) => restCount(session, selectOf({ object, fields: ['COUNT()'] })),
    async *ids(object) {
      for await (const records of rows({ object, fields: ['Id'], orderBy: 'Id' }))
        yield records.map(({ Id }) => textOf(Id));
    },
    snapshot: (object, fields) => rows({ object, fields: withKeys(fields) }),
    async byId(object, ids, asked) {
      const fields = withKeys(asked);
      const found = new Map<string, CrmRecord>();
      for (const some of slices([...new Set(ids)], asked.some((field) => field.includes('.')) ? 300 : restPage)) {
        for (const record of await retrieve(session, object, some, fields)) found.set(textOf(record.Id), record);
      }
      return found;
    },
  };
}

/** Some records by their ids: by a collection, which takes 2,000, or by a query where fields of related records are asked for. */
async function retrieve(
  session: Session,
  object: string,
  ids: readonly string[],
  fields: readonly string[],
): Promise<readonly CrmRecord[]> {
  if (fields.some((field) => field.includes('.'))) {
    const where = [`Id IN (${ids.map(textLiteral).join(', ')})`];
    const { pages } = await restQuery(session, selectOf({ object, fields, where }), { fields });
    return (await Array.fromAsync(pages())).flat();
  }
  const answer = await session.ask(z.array(z.record(z.string(), z.unknown()).nullable()), {
    ...{ method: 'POST', path: `/composite/sobjects/${encodeURIComponent(object)}`, body: { ids, fields } },
  });
  const paths = fields.map((field) => [field]);
  return answer.flatMap((raw) => (raw === null ? [] : [recordOf(raw, paths, fields)]));
}

function withKeys(fields: readonly string[], stamp: Stamp = 'SystemModstamp'): readonly string[] {
  return [...new Set(['Id', stamp, ...fields])];
}

/** How many records a page has at most, so that it has no more cells than one of the usual fields. */
function pageOf(most: number, { length }: readonly string[]): number {
  return Math.max(1, Math.floor((most * usualFields) / Math.max(usualFields, length)));
}

/** Behind a place: several records may have the same stamp, and then the id decides. */
function afterPlace({ modstamp, id }: CrmPlace, stamp: Stamp): string {
  const at = instantLiteral(modstamp);
  if (id === '') return `${stamp} >= ${at}`;
  return `(${stamp} = ${at} AND Id > ${textLiteral(id)}) OR ${stamp} > ${at}`;
}

/**
 * The place of the last record of a page.
 *
 * @throws {SalesforceError} `crm_stop` when the order of change is broken, since records would be passed over
 */
function placeBehind(records: readonly CrmRecord[], before: CrmPlace | null, stamp: Stamp): CrmPlace {
  let modstamp = before?.modstamp ?? Number.NEGATIVE_INFINITY;
  let id = before?.id ?? '';
  for (const record of records) {
    const next = Date.parse(textOf(record[stamp]));
    const nextId = textOf(record.Id);
    if (!(next >= modstamp) || (next === modstamp && nextId === id))
      throw new SalesforceError(
        'crm_stop',
        `Salesforce gave record ${nextId} out of the order of change; nothing behind it was taken, read again from the last page`,
      );
    [modstamp, id] = [next, nextId];
  }
  return { modstamp, id };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function* slices<Value>(values: readonly Value[], size: number): Generator<readonly Value[]> {
  for (let at = 0; at < values.length; at += size) yield values.slice(at, at + size);
}
