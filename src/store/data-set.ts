import { hash } from 'node:crypto';
import type { DataSet } from '../icp/data-set.ts';
import type { AccountEvent } from '../icp/history.ts';
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
 * Each account is hashed by itself, where its history is laid out, and the whole over those hashes in the order of their ids:
 * neither the chunks nor the order in which a database hands out accounts is in it.
 */
export function createDataSetHasher(): DataSetHasher {
  const hashed: { id: string; hash: string }[] = [];
  let customers = 0;
  let records = 0;
  return {
    add(chunk) {
      const { quiet, hashes = accountHashes(chunk), signals } = chunk;
      records += signals.kind.length;
      for (const [nth, history] of quiet.entries()) {
        records += countOf(history);
        if (history.customers.length > 0) customers++;
        const known = hashes[nth] ?? '';
        hashed.push({ id: history.id, hash: history.events === undefined ? known : withEvents(known, history.events) });
      }
    },
    finish() {
      // Most databases hand them out in this order, and then there is next to nothing to sort.
      hashed.sort((a, b) => (a.id < b.id ? -1 : 1));
      const all = hash('sha256', hashed.map((one) => one.hash).join('\n'), 'hex');
      return { hash: all, accounts: hashed.length, customers, records };
    },
  };
}

function countOf(history: FoldedHistories['quiet'][number]): number {
  const { observations, outcomes, leads, opportunities, customers, usage, events = [] } = history;
  const deals = outcomes.length + leads.length + opportunities.length;
  return deals + observations.length + customers.length + usage.length + events.length;
}

/** What people recorded is no part of what is laid out. */
function withEvents(known: string, events: readonly AccountEvent[]): string {
  return [known, ...events.map(({ kind, on, note, source }) => JSON.stringify([on, kind, note, source])).sort()].join(
    '\n',
  );
}
