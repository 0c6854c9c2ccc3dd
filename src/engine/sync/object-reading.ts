import type { CrmChange, CrmField, CrmReader, CrmRecord } from '../../connectors/crm.ts';
import { UnusableRow } from '../../icp/crm-mapping/crm-values.ts';
import type { Users } from '../../icp/crm-mapping/map-account.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import type { Currencies } from '../../icp/crm-mapping/one-currency.ts';
import type { BundleRecord } from '../../icp/records.ts';
import type { Store } from '../../store/store.ts';

/** The fields of each object that an org shows to us; `null` for one that it does not have, or does not show. */
export type Shown = ReadonlyMap<string, ReadonlyMap<string, CrmField> | null>;

/** What a page is read for. */
export interface Reading {
  book: string;
  importId: number;
  mapping: CrmMapping;
  users: Users;
  shown: Shown;
  /** What amounts are turned into one currency by, and the currencies that deals came in; `null` for an org with one. */
  money: (Currencies & { ofDeals: Set<string> }) | null;
  /** The user that we are in the CRM. */
  ourId: string;
  /** The org in words. */
  org: string;
  now: number;
}

/** One object of the CRM, and what is read of it. */
export interface ReadableObject {
  object: string;
  /** The org may lack it, or not show it to us. */
  isOptional: boolean;
  /** Without these fields a record says nothing. */
  needs: readonly string[];
  /** The fields to ask for, where the org shows them. */
  wanted(mapping: CrmMapping): readonly (string | null)[];
}

/** One object of the CRM, and what becomes of a page of its records. */
export interface ObjectReading extends ReadableObject {
  /** Asks what else has to be known of a page, before its transaction: nobody waits for a CRM in one. */
  ask?(
    ports: { store: Store; reader: CrmReader },
    reading: Reading,
    records: readonly CrmRecord[],
  ): Promise<PageChanges>;
  /** Runs in the transaction of the page. */
  read(tx: Store, reading: Reading, records: readonly CrmRecord[], changes: PageChanges): Promise<PageRead>;
}

/** Who last changed what people own of the records of a page, by id. */
export type PageChanges = ReadonlyMap<string, CrmChange>;

export interface PageRead {
  records: readonly BundleRecord[];
  setAside: readonly { nth: number; reason: string; excerpt: string }[];
}

/** Maps each record of a page; one that cannot be used is set aside with the reason. */
export function eachUsable<Mapped>(
  records: readonly CrmRecord[],
  map: (record: CrmRecord) => Mapped,
): { mapped: Mapped[]; setAside: PageRead['setAside'] } {
  const mapped: Mapped[] = [];
  const setAside: { nth: number; reason: string; excerpt: string }[] = [];
  for (const [nth, record] of records.entries()) {
    try {
      mapped.push(map(record));
    } catch (error) {
      if (!(error instanceof UnusableRow)) throw error;
      setAside.push({ nth, reason: error.message, excerpt: excerptOf(record) });
    }
  }
  return { mapped, setAside };
}

/** Fields that there are, of those that are wanted; a path is there where its relationship is. */
export function present(described: ReadonlyMap<string, CrmField>, wanted: Iterable<string | null>): string[] {
  const names = [...new Set([...wanted].filter((field) => field !== null))];
  const relations = new Set([...described.values()].map(({ relationshipName }) => relationshipName));
  return names.filter((field) => {
    const dot = field.indexOf('.');
    return dot < 0 ? described.has(field) : relations.has(field.slice(0, dot));
  });
}

function excerptOf(record: CrmRecord): string {
  const short = Object.entries(record).map(([field, value]) => `${field}: ${String(value).slice(0, 40)}`);
  return short
    .join(', ')
    .replace(/\p{Cc}/gu, ' ')
    .slice(0, 200);
}
