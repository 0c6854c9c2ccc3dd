import { sql } from 'drizzle-orm';
import type { CrmOrg } from '../../connectors/crm.ts';
import type { SetAside } from '../../connectors/ports.ts';
import type { Store } from '../../store/store.ts';
import type { BegunSync } from './begin-sync.ts';
import type { OwnOverrides } from './own-overrides.ts';
import type { CurrencyRead } from './read-currencies.ts';
import type { Unseen } from './unseen.ts';

/** Something that a sync has learnt became of an account. */
export interface SyncOutcome {
  kind: 'churn' | 'expansion' | 'rejected' | 'accepted' | 'won' | 'lost';
  accountId: string;
}

/** What a sync did, for the person who started it, and for whoever acts on the news. */
export interface SyncSummary {
  book: string;
  org: CrmOrg;
  /** `null`: the CRM says what it said before, and there is no new import. */
  importId: number | null;
  /** `new`: of how many records there is a new version. `expected`: how many the CRM counts, where everything was read. */
  objects: { object: string; read: number; expected: number | null; new: number; setAside: number }[];
  /** The first twenty records that were set aside. */
  setAside: SetAside[];
  departures: number;
  /** Leads and contacts with an override of their own; `null` where nothing was new. */
  ownOverrides: OwnOverrides | null;
  /** The accounts that something changed about; `all` where they are too many to be named. */
  accountsTouched: string[] | 'all';
  /** What became of accounts since the last sync; none for the first one, which tells of years. */
  outcomes: SyncOutcome[];
  /** How many of the touched accounts were scored anew at once. */
  rescored: number;
  /** What the org does not show of what is usually read, where everything was read. */
  unseen: Unseen[];
  /** In which currency amounts are; `null` for an org with one. */
  currency: CurrencyRead | null;
}

const mostTouched = 2_000;
const mostOutcomes = 500;

const tableOf: Readonly<Record<string, string>> = { Contact: 'contacts', Lead: 'leads', Opportunity: 'opportunities' };

/** Of how many records of an object an import has a new version. */
export async function countNew(store: Store, importId: number, object: string): Promise<number> {
  const table = tableOf[object];
  const counted =
    object === 'Account'
      ? sql`(select id from accounts where import_id = ${importId}::int
          union select account_id from observations where import_id = ${importId}::int and source = 'Salesforce') as touched`
      : sql`${sql.raw(table ?? 'accounts')} where import_id = ${importId}::int`;
  if (object !== 'Account' && table === undefined) return 0;
  const [row] = await store.rows<{ n: number }>(sql`select count(*)::int as n from ${counted}`);
  return row?.n ?? 0;
}

/** What was set aside, by object, and the first of it. */
export async function asideOf(
  store: Store,
  importId: number,
): Promise<{ counts: ReadonlyMap<string, number>; first: SetAside[] }> {
  const counts = await store.rows<{ file: string; n: number }>(
    sql`select file, count(*)::int as n from set_aside where import_id = ${importId}::int group by file`,
  );
  const first = await store.rows<{ file: string; line: number; reason: string; excerpt: string }>(
    sql`select file, line, reason, excerpt from set_aside where import_id = ${importId}::int order by file, line, nth limit 20`,
  );
  return { counts: new Map(counts.map(({ file, n }) => [file, n])), first };
}

export async function countDepartures(store: Store, importId: number): Promise<number> {
  const [row] = await store.rows<{ n: number }>(
    sql`select count(*)::int as n from departures where import_id = ${importId}::int`,
  );
  return row?.n ?? 0;
}

/** The accounts that an import says something new about; `all` where they are too many. */
export async function accountsTouched(store: Store, importId: number): Promise<string[] | 'all'> {
  const of = sql.raw(`where import_id = ${importId}`);
  const rows = await store.rows<{ id: string }>(sql`
    select id from (
      select id from accounts ${of}
      union select account_id from observations ${of} union select account_id from leads ${of}
      union select account_id from opportunities ${of} union select account_id from customers ${of}
      union select account_id from outcomes ${of} union select account_id from contacts ${of}
      union select id from departures ${of} and kind = 'accounts'
      union select merged_into from departures ${of} and kind = 'accounts'
      union select t.account_id from departures d join leads t on t.book = d.book and t.id = d.id
        where d.import_id = ${importId}::int and d.kind = 'leads'
      union select t.account_id from departures d join opportunities t on t.book = d.book and t.id = d.id
        where d.import_id = ${importId}::int and d.kind = 'opportunities'
      union select earlier.account_id from leads t join leads earlier on earlier.book = t.book and earlier.id = t.id
        and earlier.import_id < t.import_id where t.import_id = ${importId}::int
      union select earlier.account_id from opportunities t join opportunities earlier on earlier.book = t.book
        and earlier.id = t.id and earlier.import_id < t.import_id where t.import_id = ${importId}::int
    ) as touched where id is not null order by id collate "C" limit ${mostTouched + 1}`);
  return rows.length > mostTouched ? 'all' : rows.map(({ id }) => id);
}

/** What an import says became of accounts that the import before it did not say. */
export async function outcomesOf(store: Store, { importId, lastSync }: BegunSync): Promise<SyncOutcome[]> {
  if (lastSync === null) return [];
  const before = (table: string, key: string, column: string) =>
    sql.raw(`(select earlier.${column} from ${table} earlier where earlier.book = t.book and ${key}
      and earlier.import_id < t.import_id order by earlier.import_id desc limit 1)`);
  const sameId = 'earlier.id = t.id';
  return store.rows<SyncOutcome & Record<string, unknown>>(sql`
    select kind, id as "accountId" from (
      select t.status as kind, t.account_id as id from leads t where t.import_id = ${importId}::int and t.status <> 'open'
        and t.status is distinct from ${before('leads', sameId, 'status')}
      union all
      select case when t.outcome = 'won' and t.type = 'expansion' then 'expansion' else t.outcome end, t.account_id
        from opportunities t where t.import_id = ${importId}::int and t.outcome <> 'open'
        and t.outcome is distinct from ${before('opportunities', sameId, 'outcome')}
      union all
      select 'churn', t.account_id from customers t where t.import_id = ${importId}::int and t.ended_at > t.started_at
        and ${before('customers', 'earlier.account_id = t.account_id and earlier.started_at = t.started_at', 'ended_at')} is null
    ) as told where id is not null order by kind, id collate "C" limit ${mostOutcomes}`);
}
