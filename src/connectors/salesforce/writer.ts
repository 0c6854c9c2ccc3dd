import { z } from 'zod';
import { IcpError } from '../../errors.ts';
import type { CrmResult, CrmWriter } from '../crm.ts';
import { bulkJobs, idOf } from './bulk-ingest.ts';
import { jsonOfValue } from './cells.ts';
import type { Describes } from './describes.ts';
import { SalesforceError } from './errors.ts';
import { missingIn } from './missing.ts';
import { failureOfRow, rowFailure } from './row-failure.ts';
import type { Session } from './session.ts';

/** A collection takes this many records (REST API Developer Guide, sObject Collections). */
const most = 200;

const rowsSchema = z.array(
  z.object({
    success: z.boolean(),
    errors: z
      .array(z.object({ statusCode: z.string(), message: z.string().catch(''), fields: z.array(z.string()).catch([]) }))
      .catch([]),
  }),
);
const limitsSchema = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

/** Writes an org: a few rows by collections, many by jobs. Every value is absolute, so a request may be said twice. */
export function createWriter(session: Session, describes: Describes): CrmWriter {
  const { ask } = session;
  return {
    missing: (objects) => missingIn(describes, objects),
    async budget() {
      const { DailyApiRequests } = await ask(limitsSchema, { path: '/limits' });
      const { Max: most, Remaining: left } = DailyApiRequests;
      const usage = session.usage();
      return usage !== null && usage.left < left ? usage : { most, left };
    },
    calls: session.calls,
    async update(object, rows) {
      if (rows.length > most)
        throw new IcpError(
          'crm_stop',
          `an update takes at most ${most} rows at once, got ${rows.length}; send them in parts`,
        );
      if (rows.length === 0) return [];
      const records = rows.map(({ id, values }) => ({
        ...{ attributes: { type: object }, id: idOf(id) },
        ...jsonOfValues(values),
      }));
      const answers = await ask(rowsSchema, {
        ...{ method: 'PATCH', path: '/composite/sobjects', body: { allOrNone: false, records } },
      });
      if (answers.length !== rows.length)
        throw new SalesforceError(
          'crm_retry',
          `Salesforce was sent ${rows.length} rows and answered for ${answers.length}; read them again before sending more`,
          { outcome: 'unknown' },
        );
      return rows.map(({ id }, at): CrmResult => {
        const answer = answers[at];
        if (answer?.success === true) return { id, failure: null };
        const [error] = answer?.errors ?? [];
        const { statusCode: code, message, fields } = error ?? { statusCode: 'UNKNOWN', message: '', fields: [] };
        return { id, failure: rowFailure({ code, message, fields }) };
      });
    },
    jobs: bulkJobs(session),
    async setLeadStatus(leadId, values) {
      try {
        const body = jsonOfValues(values);
        await ask(z.unknown(), { method: 'PATCH', path: `/sobjects/Lead/${idOf(leadId)}`, body });
        return { id: leadId, failure: null };
      } catch (error) {
        const failure = failureOfRow(error);
        if (failure === null) throw error;
        return { id: leadId, failure };
      }
    },
  };
}

function jsonOfValues(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([field, value]) => [field, jsonOfValue(value, field)]));
}
