import { z } from 'zod';
import type { CrmRecord } from '../crm.ts';
import { recordOf } from './cells.ts';
import { SalesforceError } from './errors.ts';
import type { Session } from './session.ts';

const pageSchema = z.object({
  totalSize: z.number(),
  done: z.boolean(),
  nextRecordsUrl: z.string().startsWith('/services/data/').optional(),
  records: z.array(z.unknown()),
});

/** The first page of a query by REST, and how many records there are in all. */
export interface FirstPage {
  totalSize: number;
  /** Every page from this one on, to the end. @throws {SalesforceError} `crm_retry` when they do not add up */
  pages(): AsyncGenerator<readonly CrmRecord[]>;
}

/**
 * Asks a query by REST.
 *
 * jsforce's `query()` stops behind the first 2,000 records, and with `autoFetch` at 10,000; here the pages are followed
 * to the end and counted.
 *
 * @param all also what was deleted
 */
export async function restQuery(
  { ask }: Session,
  soql: string,
  { fields, all = false }: { fields: readonly string[]; all?: boolean },
): Promise<FirstPage> {
  const paths = fields.map((field) => field.split('.'));
  const first = await ask(pageSchema, { path: `/${all ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}` });
  return {
    totalSize: first.totalSize,
    async *pages() {
      let read = 0;
      let page = first;
      for (;;) {
        read += page.records.length;
        if (page.records.length > 0) yield page.records.map((raw) => recordOf(raw, paths, fields));
        if (page.done || page.nextRecordsUrl === undefined) break;
        page = await ask(pageSchema, { path: page.nextRecordsUrl });
      }
      if (read !== first.totalSize)
        throw new SalesforceError(
          'crm_retry',
          `Salesforce said that there are ${first.totalSize} records and gave ${read}; nothing is taken for granted, read again`,
        );
    },
  };
}

/** How many records a `SELECT COUNT()` counts. */
export async function restCount({ ask }: Session, soql: string): Promise<number> {
  return (await ask(pageSchema, { path: `/query?q=${encodeURIComponent(soql)}` })).totalSize;
}
