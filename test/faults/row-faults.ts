import assert from 'node:assert/strict';
import type { PublishedBook } from '../support/published-book.ts';
import { type FaultSeen, type Prepare, publishUnder } from './publish-faults.ts';

interface RowCase {
  name: string;
  prepare: Prepare;
  end: 'finished' | 'stopped';
  /** Of rows that were set aside; `null`: there are none. */
  code: string | null;
}

const every =
  (nth: number, from = 0) =>
  (_: unknown, at: number) =>
    at % nth === from;

/** What befalls single rows: they are locked, or the org refuses them. */
const cases: readonly RowCase[] = [
  {
    name: 'rows that are locked for a while',
    prepare: ({ local }, ids) => local.plan({ locks: [{ ids: ids.filter(every(40)), times: 2 }] }),
    ...{ end: 'finished', code: null },
  },
  {
    name: 'rows that stay locked',
    prepare: ({ local }, ids) => local.plan({ locks: [{ ids: ids.filter(every(100, 7)) }] }),
    ...{ end: 'finished', code: 'UNABLE_TO_LOCK_ROW' },
  },
  {
    name: 'one row is refused',
    prepare: ({ refused }, ids) => refused.add(ids.at(17) ?? ''),
    ...{ end: 'finished', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
  },
  {
    name: 'one row in twenty is refused',
    prepare: ({ refused }, ids) => void ids.filter(every(20)).map((id) => refused.add(id)),
    ...{ end: 'stopped', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
  },
  {
    name: 'every row is refused',
    prepare: ({ refused }, ids) => void ids.map((id) => refused.add(id)),
    ...{ end: 'stopped', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION' },
  },
  {
    name: "the day's calls are used up by others",
    async prepare({ local, crm }) {
      local.options.dailyRequests = 1_000;
      for (let calls = 0; calls < 780; calls++) await crm.writer.budget();
    },
    ...{ end: 'finished', code: null },
  },
];

/** Publishes while rows fail, and holds what is listed against what the org refused. */
export async function rowFaults(book: PublishedBook): Promise<FaultSeen[]> {
  const all: FaultSeen[] = [];
  for (const { name, prepare, end, code } of cases) {
    const { ended, report, ...seen } = await publishUnder(book, { name, faults: {}, visits: 1_000 }, { prepare });
    assert.equal(seen.end, end, `${name} ends ${seen.end}: ${report.reason}`);
    const aside = ended.filter(({ state }) => state === 'set aside');
    assert.deepEqual([...new Set(aside.map((row) => row.code))], code === null ? [] : [code], name);
    const listed = report.failures.reduce((sum, { rows }) => sum + rows, 0);
    assert.equal(listed, aside.length, `${name}: every row that failed is listed`);
    all.push(seen);
  }
  return all;
}
