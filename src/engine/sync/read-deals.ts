import type { CrmRecord } from '../../connectors/crm.ts';
import { mapOpportunity, qualifiedBy } from '../../icp/crm-mapping/map-opportunity.ts';
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

function idsOf(records: readonly CrmRecord[], field: string): string[] {
  return [...new Set(records.flatMap((record) => (typeof record[field] === 'string' ? [record[field]] : [])))];
}
