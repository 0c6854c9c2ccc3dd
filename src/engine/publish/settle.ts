import type { CrmResult, ScoredObject } from '../../connectors/crm.ts';
import { mostByCall } from '../../icp/publishing/estimate-calls.ts';
import { type PublicationRow, type RowSettled, settleRows } from '../../store/publication-rows.ts';
import { carries, publishedNames } from './plan-rows.ts';
import { readCurrent } from './read-current.ts';
import type { Sending } from './sending.ts';

type SentRow = Pick<PublicationRow, 'recordId' | 'after' | 'attempts'>;

/** A row that the CRM could not write for now is sent again so many times. */
const mostRetries = 3;

/**
 * Writes down what became of rows that were sent. Those that the answer does not speak of are read back: together they are all
 * that was sent.
 */
export async function settle(
  sending: Sending,
  object: ScoredObject,
  rows: readonly SentRow[],
  results: readonly CrmResult[],
): Promise<void> {
  const byId = new Map(results.map((result) => [result.id, result]));
  const known: RowSettled[] = [];
  const unknown: SentRow[] = [];
  for (const row of rows) {
    const result = byId.get(row.recordId);
    if (result === undefined) unknown.push(row);
    else known.push(settledBy(result, row));
  }
  await writeDown(sending, object, known);
  if (unknown.length > 0) await readBack(sending, object, unknown);
}

/** Asks the org itself whether rows were written: nobody knows, since the answer was lost or left them out. */
export async function readBack(sending: Sending, object: ScoredObject, rows: readonly SentRow[]): Promise<void> {
  const ids = rows.map(({ recordId }) => recordId);
  const now = await readCurrent(sending.crm, object, ids, publishedNames, mostByCall);
  await sending.at('after read back');
  const { publication } = sending;
  const settled = rows.map((row): RowSettled => {
    const { recordId, after } = row;
    const record = now.get(recordId);
    if (record === undefined)
      return { recordId, state: 'set aside', code: 'ENTITY_IS_DELETED', reason: 'the CRM has this record no more' };
    const isOurs = carries(record, after) || record.ICP_Run_Id__c === publication.id;
    return isOurs
      ? { recordId, state: 'written', attempted: true }
      : again(row, 'NOT_PROCESSED', 'the CRM took it and did nothing with it');
  });
  await writeDown(sending, object, settled);
}

async function writeDown(sending: Sending, object: ScoredObject, settled: readonly RowSettled[]): Promise<void> {
  const { atOnce } = sending.sizes;
  for (let from = 0; from < settled.length; from += atOnce) {
    if (from > 0) await sending.at('between rows recorded');
    await sending.commit((tx) => settleRows(tx, sending.publication.id, object, settled.slice(from, from + atOnce)));
  }
}

function settledBy({ failure }: CrmResult, row: SentRow): RowSettled {
  const { recordId } = row;
  if (failure === null) return { recordId, state: 'written', attempted: true };
  if (failure.kind === 'retry') return again(row, failure.code, failure.message);
  return { recordId, state: 'set aside', code: failure.code, reason: failure.message, attempted: true };
}

function again({ recordId, attempts }: SentRow, code: string, reason: string): RowSettled {
  const state = attempts < mostRetries ? 'waiting' : 'set aside';
  return { recordId, state, code, reason, attempted: true };
}
