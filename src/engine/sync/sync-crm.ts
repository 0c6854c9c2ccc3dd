import type { Crm } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import { listBooks } from '../../store/books.ts';
import type { Store } from '../../store/store.ts';
import { syncProgressOf } from '../../store/sync-progress.ts';
import { rescoreAccounts } from '../rescore-accounts.ts';
import { type BegunSync, beginSync } from './begin-sync.ts';
import { crmMappingOf, keepCrmMapping, requireSameOrg } from './crm-settings.ts';
import { deriveCustomersOf } from './derive-customers.ts';
import { finishSync } from './finish-sync.ts';
import type { ObjectReading, Reading } from './object-reading.ts';
import { countOwnOverrides, type OwnOverrides } from './own-overrides.ts';
import { proposeMapping } from './propose-mapping.ts';
import { readCurrencies } from './read-currencies.ts';
import { departing, departMissing, readDepartures } from './read-departures.ts';
import { objectsToRead, type ReadingPorts, readObject, readUsers, users } from './read-objects.ts';
import { keepShown, lookAtFields, requireShown } from './shown-fields.ts';
import {
  accountsTouched,
  asideOf,
  countDepartures,
  countNew,
  outcomesOf,
  type SyncOutcome,
  type SyncSummary,
} from './summarise-sync.ts';
import { standardUnseen } from './unseen.ts';

export interface SyncPorts extends ReadingPorts {
  crm: Crm;
  now: () => number;
  log?: { info(details: object, message: string): void };
}

/** Of so many records at least, one in a hundred may have gone while they were read. */
const tolerated = 0.01;

/**
 * Reads what changed in the CRM since the last time into a book, and scores anew the accounts that it concerns.
 *
 * A page is a transaction, rows and place together, so that a sync that was killed goes on where it stopped and ends with the
 * tables of one that was not. Times are the CRM's own. Readers see all of it at once, when it is finished. Where the CRM
 * says what it said before, as after our own writing, no import is left behind and nothing is rescored.
 *
 * @param input.full reads every record anew, and takes for gone what is not there any more
 * @throws {IcpError} `crm_other_org`, `crm_mapping`, `crm_no_object`, `crm_no_field`, `crm_hidden`, `crm_currency`, `crm_incomplete`, `crm_shrunk`
 */
export async function syncCrm(ports: SyncPorts, input: { book: string; full?: boolean }): Promise<SyncSummary> {
  const { store, crm, now, log } = ports;
  const { book, full = false } = input;
  const org = await crm.org();
  await requireSameOrg(store, org, now());
  const mapping = await mappingFor(ports, book);
  const objects = objectsToRead(mapping);
  const shown = await lookAtFields(crm, [users, ...objects], orgInWords(org));
  const looked = { book, org: orgInWords(org), mapping, objects: [users, ...objects], shown };
  await requireShown(store, looked);
  const currencies = await readCurrencies(crm, shown, looked.org);
  const currency = currencies?.corporate ?? null;
  const sync = { ...(await beginSync(store, { book, org, mapping, currency, full }, now())), orgId: org.id };
  const money = currencies === null ? null : { ...currencies, ofDeals: new Set<string>() };
  const reading: Reading = {
    ...{ book, importId: sync.importId, mapping, users: await readUsers(crm, shown), shown, money, now: now() },
    ...{ ourId: await crm.ourId(), org: orgInWords(org) },
  };
  // What is gone first: a lead is not to find an account that is.
  await readDepartures(ports, sync, reading);
  const counts = await readAll(ports, sync, reading, objects);
  if (sync.isFull) await departMissing(ports, sync, reading);
  await deriveCustomersOf(ports, sync, reading);
  ports.fault?.('sync before the end');
  const importId = await finishSync(ports, sync, reading, new Date(now()));
  await keepShown(store, looked, now());
  ports.fault?.('sync finished');
  const news = importId === null ? nothing : await newsOf(ports, book, sync, counts);
  const rescored = importId === null ? 0 : await rescore(store, book, sync, news.accountsTouched);
  const unseen = sync.isFull ? standardUnseen(shown, mapping) : [];
  const inCurrency = money === null ? null : { corporate: money.corporate, deals: [...money.ofDeals].sort() };
  const said = { rescored, unseen, currency: inCurrency };
  const summary = { book, org, importId, ...news, objects: news.objects ?? counts, ...said };
  log?.info({ book, importId, read: counts.reduce((sum, { read }) => sum + read, 0) }, 'sync finished');
  return summary;
}

/** The weekly reconciliation: everything is read anew, formulas too, and held against what is stored, id by id. */
export async function reconcileCrm(ports: SyncPorts, { book }: { book: string }): Promise<SyncSummary> {
  return syncCrm(ports, { book, full: true });
}

type Objects = SyncSummary['objects'];
interface News {
  objects: Objects | null;
  setAside: SyncSummary['setAside'];
  departures: number;
  ownOverrides: OwnOverrides | null;
  accountsTouched: string[] | 'all';
  outcomes: SyncOutcome[];
}

const nothing: News = {
  objects: null,
  setAside: [],
  departures: 0,
  ownOverrides: null,
  accountsTouched: [],
  outcomes: [],
};

/** The mapping of a book. The first sync keeps the one that it proposes, so that the second reads by the same. */
async function mappingFor(ports: SyncPorts, book: string): Promise<CrmMapping> {
  const known = await crmMappingOf(ports.store, book);
  if (known !== null) return known;
  const { mapping } = await proposeMapping(ports.crm);
  await keepCrmMapping(ports.store, book, mapping, ports.now());
  return mapping;
}

async function readAll(
  ports: SyncPorts,
  sync: BegunSync & { orgId: string },
  reading: Reading,
  toRead: readonly ObjectReading[],
): Promise<Objects> {
  const done = await syncProgressOf(ports.store, sync.importId);
  const objects: Objects = [];
  for (const what of toRead) {
    const { object } = what;
    const read = await readObject(ports, sync, reading, what, done.get(object));
    const isCounted = sync.isFull && departing.some((one) => one.object === object);
    const expected = isCounted ? await ports.crm.reader.count(object) : null;
    if (expected !== null) requireAll(reading.org, { object, read, expected });
    objects.push({ object, read, expected, new: 0, setAside: 0 });
  }
  return objects;
}

/** Nothing read is not the same as nothing there. */
function requireAll(org: string, { object, read, expected }: { object: string; read: number; expected: number }): void {
  const text = (n: number) => n.toLocaleString('en');
  if (object === 'Account' && expected === 0)
    throw new IcpError(
      'crm_incomplete',
      `sync needs accounts, and ${org} shows none to this user; check its permission set and the sharing rules`,
    );
  if (read >= expected - Math.max(5, tolerated * expected)) return;
  throw new IcpError(
    'crm_incomplete',
    `sync needs all ${text(expected)} records of ${object} that ${org} counts, and was given ${text(read)}; nothing of this reading is shown to anybody, try again with lodestar sync --full`,
  );
}

async function newsOf({ store }: SyncPorts, book: string, sync: BegunSync, objects: Objects): Promise<News> {
  const { importId } = sync;
  const { counts, first } = await asideOf(store, importId);
  const counted: Objects = [];
  for (const one of objects)
    counted.push({ ...one, new: await countNew(store, importId, one.object), setAside: counts.get(one.object) ?? 0 });
  return {
    objects: counted,
    setAside: first,
    departures: await countDepartures(store, importId),
    ownOverrides: await countOwnOverrides(store, { book, importId }),
    accountsTouched: await accountsTouched(store, importId),
    outcomes: await outcomesOf(store, sync),
  };
}

async function rescore(store: Store, name: string, sync: BegunSync, touched: string[] | 'all'): Promise<number> {
  const book = (await listBooks(store)).find((one) => one.name === name);
  if (touched === 'all' || sync.before === null || book === undefined) return 0;
  const { before, importId } = sync;
  return rescoreAccounts(store, book, { before, importId, accountIds: touched });
}
