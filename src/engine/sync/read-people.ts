import { sql } from 'drizzle-orm';
import { idOf } from '../../icp/crm-mapping/crm-values.ts';
import { mapContact } from '../../icp/crm-mapping/map-contact.ts';
import {
  leadStatusOf,
  mapLead,
  matchableDomain,
  qualifiedByConversion,
  withLeadHistory,
} from '../../icp/crm-mapping/map-lead.ts';
import { overrideField } from '../../icp/crm-mapping/override-fields.ts';
import type { RecordOf } from '../../icp/records.ts';
import { isHere, mergedAccounts } from '../../store/departures.ts';
import { latestLeads } from '../../store/latest-versions.ts';
import type { Store } from '../../store/store.ts';
import { carryAnswer } from '../leads/answers-in-ledger.ts';
import { eachUsable, type ObjectReading, type Reading } from './object-reading.ts';

const contactFields = ['Id', 'AccountId', 'Name', 'Email', 'Title', 'Department', overrideField.tier];

export const readContacts: ObjectReading = {
  object: 'Contact',
  isOptional: false,
  needs: ['AccountId'],
  wanted: () => contactFields,
  async read(_tx, _reading, records) {
    const { mapped, setAside } = eachUsable(records, mapContact);
    return { records: mapped, setAside };
  },
};

const leadFields = [
  ...['Id', 'Name', 'Company', 'Title', 'Email', 'Status', 'LeadSource', 'OwnerId', 'CreatedDate', 'SystemModstamp'],
  ...['IsConverted', 'ConvertedDate', 'ConvertedAccountId', 'ConvertedOpportunityId'],
  overrideField.tier,
];

/**
 * Leads. A converted one belongs to the account that it became; another to the account whose domain its address has. What a
 * person answered here stays, for as long as the CRM has not decided otherwise.
 */
export const readLeads: ObjectReading = {
  object: 'Lead',
  isOptional: false,
  needs: ['Status'],
  wanted: ({ lead }) => [...leadFields, lead.rejectReason],
  async read(tx, reading, records) {
    const ids = records.flatMap(({ Id }) => (typeof Id === 'string' ? [Id] : []));
    const before = new Map(await latestLeads(tx, reading, ids, { here: false }));
    const { mapped, setAside } = eachUsable(records, (record) => {
      const stored = before.get(String(record.Id)) ?? null;
      const lead = mapLead(record, reading.mapping, reading.users, stored);
      const isUndecided = lead.status === 'open' && leadStatusOf(String(record.Status), reading.mapping) === 'open';
      // Our own writing comes back as a decision of the CRM: who answered, when and why is what was kept here.
      const isEcho = stored !== null && stored.status === lead.status && record.IsConverted !== true;
      const kept = stored !== null && (isUndecided || isEcho) ? carryAnswer(stored, lead) : lead;
      before.set(kept.id, kept);
      return { lead: kept, qualified: qualifiedByConversion(record, reading.mapping) };
    });
    const read = mapped.map(({ lead }) => lead);
    const leads = reading.mapping.lead.matchByDomain ? await withAccounts(tx, reading, read) : read;
    return { records: [...leads, ...mapped.flatMap(({ qualified }) => qualified ?? [])], setAside };
  },
};

/** When leads were decided. */
export const readLeadHistory: ObjectReading = {
  object: 'LeadHistory',
  isOptional: true,
  needs: ['LeadId', 'Field'],
  wanted: () => ['Id', 'LeadId', 'Field', 'OldValue', 'NewValue', 'CreatedDate'],
  async read(tx, reading, records) {
    const { mapped, setAside } = eachUsable(records, (record) => ({ leadId: idOf(record, 'LeadId'), record }));
    const byLead = Map.groupBy(mapped, ({ leadId }) => leadId);
    const leads = await latestLeads(tx, reading, [...byLead.keys()], { here: true });
    const changed = [...leads.values()].map((lead) => {
      const rows = (byLead.get(lead.id) ?? []).map(({ record }) => record);
      return withLeadHistory(lead, rows, reading.mapping);
    });
    return { records: changed, setAside };
  },
};

async function withAccounts(
  tx: Store,
  { book, importId }: Reading,
  leads: readonly RecordOf<'lead'>[],
): Promise<RecordOf<'lead'>[]> {
  const domains = [...new Set(leads.flatMap((lead) => matchableDomain(lead) ?? []))];
  if (domains.length === 0) return [...leads];
  const merged = await mergedAccounts(tx, book, importId);
  // Few of very many: they are found first, by one pass over the domains, and looked at more closely then.
  const rows = await tx.rows<{ domain: string; id: string }>(sql`
    with found as materialized (
      select book, id, domain, import_id from accounts where book = ${book} and import_id <= ${importId}::int
        and domain in (select jsonb_array_elements_text(${JSON.stringify(domains)}::jsonb)))
    select domain, id from found where not exists (select from accounts later where later.book = found.book
        and later.id = found.id and later.import_id > found.import_id and later.import_id <= ${importId}::int)
      and (${isHere('accounts', 'found', importId)}
        or id in (select jsonb_array_elements_text(${JSON.stringify([...merged.keys()])}::jsonb)))`);
  const byDomain = Map.groupBy(rows, ({ domain }) => domain);
  // Where two accounts share a domain, nobody knows which one is meant.
  const found = new Map(
    [...byDomain].flatMap(([domain, list]) => {
      const ids = [...new Set(list.map(({ id }) => merged.get(id) ?? id))];
      return ids.length === 1 ? [[domain, ids[0]] as const] : [];
    }),
  );
  return leads.map((lead) => ({
    ...lead,
    accountId: lead.accountId ?? found.get(matchableDomain(lead) ?? '') ?? null,
  }));
}
