import { hash } from 'node:crypto';
import type { DataSet } from '../icp/data-set.ts';
import { accountHashes } from './account-hashes.ts';
import type { FoldedHistories } from './fold-histories.ts';

/** Takes the histories of a book chunk by chunk, as they stream past for something else. */
export interface DataSetHasher {
  add(chunk: FoldedHistories): void;
  finish(): DataSet;
}

/**
 * Tells what is learnt from: the same records give the same hash, and a record changed, added or taken away gives another.
 *
 * Each account is hashed by itself, where its history is laid out, and the whole over those hashes in order: neither the chunks
 * nor the order in which a database hands out accounts is in it.
 */
export function createDataSetHasher(): DataSetHasher {
  const hashes: string[] = [];
  let customersSeen = 0;
  let records = 0;
  return {
    add(chunk) {
      const { quiet, hashes: known = accountHashes(chunk), signals } = chunk;
      records += signals.kind.length;
      for (const [nth, history] of quiet.entries()) {
        const { observations, outcomes, leads, opportunities, customers, usage, events = [] } = history;
        for (const list of [observations, outcomes, leads, opportunities, customers, usage, events])
          records += list.length;
        if (customers.length > 0) customersSeen++;
        const recorded = events.map(({ kind, on, note, source }) => JSON.stringify([on, kind, note, source])).sort();
        hashes.push([known[nth], ...recorded].join('\n'));
      }
    },
    finish: () => ({
      hash: hash('sha256', hashes.sort().join('\n\n'), 'hex'),
      ...{ accounts: hashes.length, customers: customersSeen, records },
    }),
  };
}
