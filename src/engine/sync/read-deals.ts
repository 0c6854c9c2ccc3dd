import type { CrmRecord } from '../../connectors/crm.ts';
import { type CrmRow, idOf, instantOf, maybeIdOf } from '../../icp/crm-mapping/crm-values.ts';
import { mapOpportunity, qualifiedBy, rolesOf, withRoles } from '../../icp/crm-mapping/map-opportunity.ts';
import type { RecordOf } from '../../icp/records.ts';
import { latestDeals } from '../../store/latest-versions.ts';
import { eachUsable, type ObjectReading } from './object-reading.ts';

const dealFields = [
  ...['Id', 'AccountId', 'Name', 'Type', 'RecordType.Name', 'StageName', 'IsClosed', 'IsWon', 'Amount', 'CloseDate'],
  ...['CreatedDate', 'LeadSource', 'NextStep'],
];

export const readDeals: ObjectReading = {
  object: 'Opportunity',
  isOptional: false,
  needs: ['AccountId', 'IsClosed', 'IsWon', 'CloseDate'],
  wanted: ({ opportunity }) => [
    ...dealFields,
    opportunity.lossReason,
    opportunity.budgetConfirmed,
    ...Object.keys(opportunity.more),
  ],
  async read(tx, reading, records) {
    const before = await latestDeals(tx, reading, idsOf(records, 'Id'), { here: false });
    const { mapped, setAside } = eachUsable(records, (record) =>
      mapOpportunity(record, reading.mapping, before.get(String(record.Id)) ?? null),
    );
    return { records: mapped, setAside };
  },
};

/** Who takes part in deals. */
export const readRoles: ObjectReading = {
  object: 'OpportunityContactRole',
  isOptional: true,
  needs: ['OpportunityId', 'ContactId'],
  wanted: () => ['Id', 'OpportunityId', 'ContactId'],
  async read(tx, reading, records) {
    const { mapped, setAside } = eachUsable(records, (record) => ({
      dealId: idOf(record, 'OpportunityId'),
      role: `${idOf(record)}=${idOf(record, 'ContactId')}`,
    }));
    const byDeal = Map.groupBy(mapped, ({ dealId }) => dealId);
    const deals = await latestDeals(tx, reading, [...byDeal.keys()], { here: true });
    const changed = [...deals.values()].map((deal) => {
      const told = (byDeal.get(deal.id) ?? []).map(({ role }) => role);
      const ids = new Set(told.map((role) => role.split('=')[0]));
      return withRoles(deal, [...rolesOf(deal).filter((role) => !ids.has(role.split('=')[0])), ...new Set(told)]);
    });
    return { records: changed, setAside };
  },
};

/** The stages that deals went through, where the mapping says which of them qualify. */
export const readDealHistory: ObjectReading = {
  object: 'OpportunityHistory',
  isOptional: true,
  needs: ['OpportunityId', 'StageName'],
  wanted: () => ['Id', 'OpportunityId', 'StageName', 'CreatedDate', 'Opportunity.AccountId'],
  async read(_tx, reading, records) {
    const { mapped, setAside } = eachUsable(records, (record) => qualifiedBy(record, reading.mapping));
    return { records: mapped.filter((outcome) => outcome !== null), setAside };
  },
};

/** What a contract's or an asset's own source of values is called: one each, so that an account may have many. */
export const termSource = { Contract: 'Salesforce contract', Asset: 'Salesforce asset' } as const;
/** What is kept of a contract or an asset: since when and until when it runs, as days. */
export const termFields = { start: 'term_started_on', end: 'term_ends_on' } as const;

export const readContracts: ObjectReading = {
  object: 'Contract',
  isOptional: true,
  needs: ['AccountId', 'EndDate'],
  wanted: () => ['Id', 'AccountId', 'StatusCode', 'Status', 'StartDate', 'EndDate'],
  async read(_tx, _reading, records) {
    const { mapped, setAside } = eachUsable(records, (record) => {
      const isIn = String(record.StatusCode ?? record.Status ?? 'Activated').toLowerCase() === 'activated';
      return termOf(record, termSource.Contract, isIn ? ['StartDate', 'EndDate'] : null);
    });
    return { records: mapped.flat(), setAside };
  },
};

export const readAssets: ObjectReading = {
  object: 'Asset',
  isOptional: true,
  needs: ['AccountId', 'UsageEndDate'],
  wanted: () => ['Id', 'AccountId', 'Status', 'PurchaseDate', 'InstallDate', 'UsageEndDate'],
  async read(_tx, _reading, records) {
    const { mapped, setAside } = eachUsable(records, (record) =>
      termOf(record, termSource.Asset, [record.PurchaseDate == null ? 'InstallDate' : 'PurchaseDate', 'UsageEndDate']),
    );
    return { records: mapped.flat(), setAside };
  },
};

/** @param dates the fields with its first and last day; `null` for a draft, which says nothing yet */
function termOf(row: CrmRow, source: string, dates: readonly [string, string] | null): RecordOf<'observation'>[] {
  const id = idOf(row);
  const accountId = maybeIdOf(row, 'AccountId');
  const [from, to] = dates === null ? [null, null] : dates.map((field) => instantOf(row, field));
  const day = (at: number | null | undefined) => (at == null ? null : new Date(at).toISOString().slice(0, 10));
  const values = { [termFields.start]: day(from), [termFields.end]: day(to) };
  if (accountId === null) return [];
  return [{ kind: 'observation', accountId, values, observedAt: null, source: `${source} ${id}` }];
}

function idsOf(records: readonly CrmRecord[], field: string): string[] {
  return [...new Set(records.flatMap((record) => (typeof record[field] === 'string' ? [record[field]] : [])))];
}
