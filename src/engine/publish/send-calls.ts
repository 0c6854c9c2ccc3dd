import type { ScoredObject } from '../../connectors/crm.ts';
import { markSent, type PublicationRow } from '../../store/publication-rows.ts';
import type { Sending } from './sending.ts';
import { settle } from './settle.ts';

const retryWaitMs = 2_000;

/** Sends at most 200 rows in one call, each on its own, and writes down what became of them. */
export async function sendCall(
  sending: Sending,
  object: ScoredObject,
  rows: readonly Pick<PublicationRow, 'recordId' | 'after' | 'attempts'>[],
): Promise<void> {
  const { crm, publication } = sending;
  const recordIds = rows.map(({ recordId }) => recordId);
  await waitBeforeRetry(sending, rows);
  await sending.commit(async (tx) => {
    await sending.requireWanted(tx);
    await markSent(tx, publication.id, object, { recordIds, jobNth: null });
  });
  await sending.at('after rows marked');
  const results = await crm.writer.update(
    object,
    rows.map(({ recordId, after }) => ({ id: recordId, values: after })),
  );
  await sending.at('after update');
  await settle(sending, object, rows, results);
  await sending.at('after update recorded');
}

/** Rows that all failed before are not sent again at once: whoever holds their lock needs a moment. */
async function waitBeforeRetry(sending: Sending, rows: readonly { attempts: number }[]): Promise<void> {
  const fewest = rows.reduce((least, { attempts }) => Math.min(least, attempts), Number.POSITIVE_INFINITY);
  if (fewest === 0 || !Number.isFinite(fewest)) return;
  const { random = Math.random } = sending;
  await sending.sleep(retryWaitMs * 2 ** (fewest - 1) * (0.5 + random()));
}
