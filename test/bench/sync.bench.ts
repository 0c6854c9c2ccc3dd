import type { Crm, CrmRecord } from '../../src/connectors/crm.ts';
import { syncCrm } from '../../src/engine/sync/sync-crm.ts';
import { openServer } from '../../src/store/open.ts';
import { FakeOrg, recordId } from '../support/fake-org.ts';

/** `DATABASE_URL=... node test/bench/sync.bench.ts [ACCOUNTS]`: how fast a first sync goes in, and how much memory it takes. */
const total = Number(process.argv[2] ?? 1_000_000);
const page = 2_000;
const start = Date.UTC(2026, 0, 1);

/** Records that are made as they are asked for: what is measured is the sync, not an org in memory. */
function manyRecords(): Crm {
  const org = new FakeOrg();
  const counts: Readonly<Record<string, number>> = {
    ...{ Account: total, Contact: total / 10, Lead: total / 10, Opportunity: total / 10 },
    OpportunityContactRole: total / 10,
  };
  const make = new Map<string, (at: number) => CrmRecord>([
    [
      'Account',
      (at) => ({
        ...{ Name: `Company ${at}, Inc`, Website: `https://www.c${at}.example`, OwnerId: recordId('005', at % 50) },
        ...{ Industry: 'Software', NumberOfEmployees: at % 5000, AnnualRevenue: at * 100, BillingCountry: 'DE' },
      }),
    ],
    [
      'Contact',
      (at) => ({ AccountId: recordId('001', at), Name: `Ann ${at}`, Email: `ann@c${at}.example`, Title: 'VP' }),
    ],
    [
      'Lead',
      (at) => ({
        Name: `Bo ${at}`,
        Email: `bo@c${at}.example`,
        Status: 'New',
        CreatedDate: '2026-01-01',
        IsConverted: false,
      }),
    ],
    [
      'Opportunity',
      (at) => ({
        ...{
          AccountId: recordId('001', at),
          Name: `Deal ${at}`,
          IsClosed: true,
          IsWon: at % 3 === 0,
          StageName: 'Closed',
        },
        ...{ CloseDate: '2026-05-01', CreatedDate: '2026-01-01', Amount: at },
      }),
    ],
    ['OpportunityContactRole', (at) => ({ OpportunityId: recordId('006', at), ContactId: recordId('003', at) })],
  ]);
  const kinds: Readonly<Record<string, string>> = {
    ...{ Account: '001', Contact: '003', Lead: '00Q', Opportunity: '006', OpportunityContactRole: '00K' },
  };
  const reader: Crm['reader'] = {
    ...org.reader,
    count: async (object) => counts[object] ?? 0,
    async *changed(object, { after }) {
      const count = counts[object] ?? 0;
      const done = after === null ? 0 : after.modstamp - start + 1;
      for (let from = done; from < count; from += page) {
        const records = Array.from({ length: Math.min(page, count - from) }, (_, nth) => ({
          ...{
            Id: recordId(kinds[object] ?? '000', from + nth),
            SystemModstamp: new Date(start + from + nth).toISOString(),
          },
          ...make.get(object)?.(from + nth),
        }));
        const last = records.at(-1);
        if (last !== undefined) yield { records, place: { modstamp: start + from + records.length - 1, id: last.Id } };
      }
    },
  };
  return { ...org.crm, reader };
}

let peak = 0;
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss);
}, 50);
const store = await openServer(process.env.DATABASE_URL ?? '');
try {
  const before = performance.now();
  const marks: string[] = [];
  let last = '';
  const onProgress = ({ object }: { object: string }) => {
    if (object !== last) marks.push(`${object} from ${((performance.now() - before) / 1000).toFixed(0)} s`);
    last = object;
  };
  const { importId } = await syncCrm(
    { store, crm: manyRecords(), now: () => start + 1e10, onProgress },
    { book: 'main' },
  );
  const seconds = (performance.now() - before) / 1000;
  const mb = Math.round(peak / 1_048_576);
  console.table([{ accounts: total, importId, seconds: seconds.toFixed(1), 'peak RSS': `${mb} MB` }]);
  console.log(marks.join(', '));
} finally {
  clearInterval(watch);
  await store.close();
}
