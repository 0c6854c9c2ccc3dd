import { hash } from 'node:crypto';
import type { Source } from '../../src/connectors/ports.ts';
import { ingest } from '../../src/engine/ingest/ingest.ts';
import type { AccountHistory } from '../../src/icp/history.ts';
import type { BundleRecord } from '../../src/icp/records.ts';
import type { TimeKind } from '../../src/icp/types.ts';
import { readHistories } from '../../src/store/histories.ts';
import type { Store } from '../../src/store/store.ts';

/** A source that says these records, as a connector would. */
export function sourceOf(
  records: readonly BundleRecord[],
  options: { book?: string; timeKind?: TimeKind; contentHash?: string; dies?: boolean } = {},
): Source {
  return {
    book: options.book ?? 'main',
    label: 'records of a test',
    timeKind: options.timeKind ?? 'dates',
    contentHash: options.contentHash ?? hash('sha256', JSON.stringify(records)),
    fields: [],
    files: [
      {
        name: 'records',
        async *rows() {
          for (const [at, record] of records.entries()) yield { line: at + 2, records: [record], setAside: [] };
          if (options.dies === true) throw new Error('the process died');
        },
      },
    ],
    estimatedRows: records.length,
  };
}

/** Imports records; returns the id of the import. */
export async function importRecords(
  store: Store,
  records: readonly BundleRecord[],
  options: Parameters<typeof sourceOf>[1] = {},
): Promise<number> {
  return (await ingest({ store }, sourceOf(records, options))).importId;
}

export async function historiesAt(
  store: Store,
  importId: number,
  options: { book?: string; accountIds?: readonly string[] } = {},
): Promise<AccountHistory[]> {
  const { book = 'main', ...rest } = options;
  const all: AccountHistory[] = [];
  for await (const chunk of readHistories(store, book, { importId, ...rest })) all.push(...chunk);
  return all;
}
