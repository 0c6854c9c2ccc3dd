import { sql } from 'drizzle-orm';
import { ownOverride } from '../../icp/crm-mapping/override-fields.ts';
import { isHere } from '../../store/departures.ts';
import type { Store } from '../../store/store.ts';

/** How many leads and contacts carry a tier that a person set on them. */
export interface OwnOverrides {
  leads: number;
  contacts: number;
}

/** Counts the leads and contacts that carry an override of their own, as an import left them. */
export async function countOwnOverrides(
  store: Store,
  { book, importId }: { book: string; importId: number },
): Promise<OwnOverrides> {
  const count = async (table: 'leads' | 'contacts'): Promise<number> => {
    const [row] = await store.rows<{ n: number }>(sql`
      select count(*)::int as n from ${sql.raw(table)} this
      where this.book = ${book} and this.import_id <= ${importId}::int and this.more ->> ${ownOverride} is not null
        and not exists (select from ${sql.raw(table)} later where later.book = this.book and later.id = this.id
          and later.import_id > this.import_id and later.import_id <= ${importId}::int)
        and ${isHere(table, 'this', importId)}`);
    return row?.n ?? 0;
  };
  return { leads: await count('leads'), contacts: await count('contacts') };
}

/**
 * That there are overrides which the ledger does not keep; `null` where there are none.
 *
 * @example ownOverridesInWords({ leads: 2, contacts: 0 }); // => '2 leads carry an override of their own, which stands on the record and does not change their account'
 * @example ownOverridesInWords({ leads: 0, contacts: 0 }); // => null
 */
export function ownOverridesInWords({ leads, contacts }: OwnOverrides): string | null {
  const counted = [
    [leads, 'lead'],
    [contacts, 'contact'],
  ] as const;
  const parts = counted.flatMap(([n, name]) =>
    n === 0 ? [] : [`${n.toLocaleString('en')} ${name}${n === 1 ? '' : 's'}`],
  );
  if (parts.length === 0) return null;
  const [verb, whose] = leads + contacts === 1 ? (['carries', 'its'] as const) : (['carry', 'their'] as const);
  return `${parts.join(' and ')} ${verb} an override of ${whose} own, which stands on the record and does not change ${whose} account`;
}
