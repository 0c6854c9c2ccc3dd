import assert from 'node:assert/strict';
import { syncBook } from '../../src/compose/crm/sync-book.ts';
import { IcpError } from '../../src/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { freshStore } from '../support/fresh-store.ts';
import { syncTables } from '../support/sync-tables.ts';
import { changeCompany, fillCompany } from './company.ts';
import type { FaultCase } from './fault-cases.ts';
import { silentLog, startFaultOrg } from './fault-org.ts';

/** What was seen of a fault while a company was read. */
export interface SyncSeen {
  name: string;
  /** Why visits ended early, by the code of the error. */
  meanwhile: string;
  visits: number;
  struck: number;
  tokensAMinute: number;
  tables: Record<string, string[]>;
}

const day = 86_400_000;
const began = Date.UTC(2026, 9, 5, 9);
const mostVisits = 30;

/** Reads a company twice, with changes in between, from an org with which something is wrong each time. */
export async function syncUnder({ name, faults, visits: lasts = 1 }: FaultCase): Promise<SyncSeen> {
  const clock = { now: began };
  const org = await startFaultOrg(clock, fillCompany);
  const store: Store = await freshStore();
  const meanwhile = new Set<string>();
  let visits = 0;
  let struck = 0;
  const house = { store, log: silentLog, now: () => clock.now, holder: 'a test', crm: async () => org.crm };
  try {
    for (const stage of [0, 1]) {
      clock.now = began + stage * day;
      if (stage > 0) changeCompany(org.local.org, stage);
      clock.now += day / 4;
      org.local.plan({ clear: true, ...faults });
      for (let visit = 1; ; visit++) {
        assert.ok(visit <= mostVisits, `${name}: it does not come to its end`);
        visits++;
        try {
          await syncBook(house, { book: 'main' });
          break;
        } catch (error) {
          // An error without a code is ours, and no fault of the org.
          if (!(error instanceof IcpError)) throw error;
          meanwhile.add(error.code);
        }
        if (visit >= lasts) org.local.plan({ clear: true });
        clock.now += 300_000;
      }
    }
    struck = org.struck();
    const tokensAMinute = org.tokensAMinute();
    assert.ok(tokensAMinute <= 3, `${name}: ${tokensAMinute} requests for a token within a minute`);
    const tables = await syncTables(store);
    return { name, meanwhile: [...meanwhile].join(', ') || 'read', visits, struck, tokensAMinute, tables };
  } finally {
    await org.close();
    await store.close();
  }
}

/** Holds the tables against those of a reading with which nothing was wrong. */
export function assertSameTables(seen: SyncSeen, clean: SyncSeen): void {
  for (const [table, rows] of Object.entries(clean.tables))
    assert.equal(seen.tables[table]?.join('\n'), rows.join('\n'), `${seen.name}: the table ${table} is another one`);
}
