import type {
  Crm,
  CrmDeletion,
  CrmField,
  CrmOrg,
  CrmPlace,
  CrmReader,
  CrmRecord,
  CrmValue,
  CrmWriter,
} from '../../src/connectors/crm.ts';
import { IcpError } from '../../src/errors.ts';

type Fields = Record<string, CrmValue>;

/** Ids of the CRM's form: the kind's three letters, a number, and the suffix. */
export function recordId(kind: string, number: number): string {
  return `${kind}${String(number).padStart(12, '0')}AAA`;
}

/** The user that a sync is in this org. */
export const ourId = recordId('005', 900);

/**
 * An org in memory that answers as the reader's interface says: in order of stamp and id, a page at a time, as it is when the
 * page is asked for. A test writes to it; each writing moves the stamp on by a second, unless it is told not to.
 */
export class FakeOrg {
  readonly records = new Map<string, Map<string, Fields>>();
  readonly deletions: (CrmDeletion & { object: string })[] = [];
  readonly described = new Map<string, Map<string, CrmField>>();
  org: CrmOrg = { id: '00D000000000001AAA', name: 'Ours', setting: 'local', url: 'https://ours.example' };
  now: number;
  pageSize: number;
  /** How often a page was asked for. */
  pages = 0;

  constructor(options: { now?: number; pageSize?: number } = {}) {
    this.now = options.now ?? Date.UTC(2026, 8, 1);
    this.pageSize = options.pageSize ?? 4;
    for (const [object, fields] of Object.entries(standardObjects)) this.define(object, fields);
  }

  define(object: string, fields: readonly string[], more: Partial<CrmField> = {}): void {
    const known = this.described.get(object) ?? new Map<string, CrmField>();
    for (const name of fields) known.set(name, { ...describedAs(name), ...more });
    this.described.set(object, known);
    if (!this.records.has(object)) this.records.set(object, new Map());
  }

  /** Makes a record, or changes it; a second passes, unless `at` says when it was. */
  write(object: string, id: string, fields: Fields, at = this.tick()): void {
    const table = this.table(object);
    const stamp = new Date(at).toISOString();
    const before = table.get(id) ?? { Id: id, CreatedDate: stamp };
    table.set(id, { ...before, ...fields, SystemModstamp: fields.SystemModstamp ?? stamp });
  }

  delete(object: string, id: string, mergedInto: string | null = null): void {
    this.table(object).delete(id);
    this.deletions.push({ object, id, deletedAt: this.tick(), mergedInto });
  }

  /** Takes a record away as a hard deletion does: nothing tells of it. */
  vanish(object: string, id: string): void {
    this.table(object).delete(id);
  }

  tick(): number {
    this.now += 1000;
    return this.now;
  }

  get crm(): Crm {
    return { org: async () => this.org, ourId: async () => ourId, reader: this.reader, writer: noWriter };
  }

  get reader(): CrmReader {
    const org = this;
    return {
      async describe(object) {
        const found = org.described.get(object);
        if (found === undefined) throw new IcpError('crm_no_object', `the org has no ${object}`);
        return found;
      },
      async *changed(object, { fields, after, where }) {
        let place = after;
        for (;;) {
          org.pages += 1;
          const page = org.behind(object, place, where).slice(0, org.pageSize);
          const last = page.at(-1);
          if (last === undefined) return;
          place = placeOf(last);
          yield { records: page.map((record) => pick(record, fields)), place };
          if (page.length < org.pageSize) return;
        }
      },
      async *deleted(object, since) {
        const found = org.deletions.filter((one) => one.object === object && one.deletedAt >= since);
        if (found.length > 0) yield found.map(({ id, deletedAt, mergedInto }) => ({ id, deletedAt, mergedInto }));
      },
      async lastAccountChanges(field, ids) {
        const rows = [...(org.records.get('AccountHistory')?.values() ?? [])]
          .filter((row) => row.Field === field && ids.includes(String(row.AccountId)))
          .sort((a, b) => compare(placeOf(a), placeOf(b)));
        return new Map(
          rows.map((row) => [String(row.AccountId), { by: String(row.CreatedById), to: row.NewValue ?? null }]),
        );
      },
      count: async (object) => org.table(object).size,
      async *ids(object) {
        yield [...org.table(object).keys()].sort();
      },
      async *snapshot(object, fields) {
        yield [...org.table(object).values()].map((record) => pick(record, fields));
      },
      byId: async (object, ids, fields) =>
        new Map(
          ids.flatMap((id) => {
            const record = org.table(object).get(id);
            return record === undefined ? [] : [[id, pick(record, fields)]];
          }),
        ),
    };
  }

  private behind(object: string, after: CrmPlace | null, where: string | undefined): Fields[] {
    const ids = where === undefined ? null : new Set(where.match(/[a-zA-Z0-9]{18}/g));
    return [...this.table(object).values()]
      .filter((record) => ids === null || ids.has(String(record.Id)))
      .map((record) => ({ record, at: placeOf(record) }))
      .filter(({ at }) => after === null || compare(at, after) > 0)
      .sort((a, b) => compare(a.at, b.at))
      .map(({ record }) => record);
  }

  private table(object: string): Map<string, Fields> {
    const table = this.records.get(object);
    if (table === undefined) throw new IcpError('crm_no_object', `the org has no ${object}`);
    return table;
  }
}

/** Histories have no stamp; they are in the order of their creation. */
function placeOf(record: Fields): CrmPlace {
  return { modstamp: Date.parse(String(record.SystemModstamp ?? record.CreatedDate)), id: String(record.Id) };
}

function compare(a: CrmPlace, b: CrmPlace): number {
  return a.modstamp - b.modstamp || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function pick(record: Fields, fields: readonly string[]): CrmRecord {
  const wanted = [...new Set(['Id', 'SystemModstamp', ...fields])].filter((field) => Object.hasOwn(record, field));
  return Object.fromEntries(wanted.map((field) => [field, record[field] ?? null]));
}

function describedAs(name: string): CrmField {
  return {
    ...{
      name,
      label: name.replace(/__c$/, '').replaceAll('_', ' '),
      type: 'string',
      length: 255,
      precision: 0,
      scale: 0,
    },
    ...{ updateable: true, calculated: false, custom: name.endsWith('__c'), restrictedPicklist: false, picklist: [] },
    referenceTo: [],
    relationshipName: /^(?:Account|Opportunity)Id$/.test(name) ? name.slice(0, -2) : null,
  };
}

const refuse = async (): Promise<never> => {
  throw new Error('a sync writes nothing');
};

const noWriter: CrmWriter = {
  missing: refuse,
  budget: refuse,
  calls: () => 0,
  update: refuse,
  jobs: { create: refuse, upload: refuse, close: refuse, state: refuse, results: refuse, abort: refuse, open: refuse },
  setLeadStatus: refuse,
};

const standardObjects: Readonly<Record<string, readonly string[]>> = {
  User: ['Id', 'Email', 'Name'],
  Account: [
    ...[
      'Id',
      'Name',
      'Website',
      'OwnerId',
      'Industry',
      'NumberOfEmployees',
      'AnnualRevenue',
      'BillingCountry',
      'Rating',
    ],
    ...[
      'CreatedDate',
      'LastModifiedById',
      'SystemModstamp',
      'ICP_Score__c',
      'ICP_Override__c',
      'ICP_Override_Reason__c',
      'Churn_Date__c',
    ],
  ],
  Contact: ['Id', 'AccountId', 'Name', 'Email', 'Title', 'Department', 'SystemModstamp', 'ICP_Override__c'],
  Lead: [
    ...['Id', 'Name', 'Company', 'Title', 'Email', 'Status', 'LeadSource', 'OwnerId', 'CreatedDate', 'SystemModstamp'],
    ...['IsConverted', 'ConvertedDate', 'ConvertedAccountId', 'Reject_Reason__c', 'ICP_Override__c'],
  ],
  Opportunity: [
    ...['Id', 'AccountId', 'Name', 'Type', 'StageName', 'IsClosed', 'IsWon', 'Amount', 'CloseDate', 'CreatedDate'],
    ...['LeadSource', 'NextStep', 'SystemModstamp', 'Loss_Reason__c'],
  ],
  OpportunityContactRole: ['Id', 'OpportunityId', 'ContactId', 'SystemModstamp'],
  LeadHistory: ['Id', 'LeadId', 'Field', 'OldValue', 'NewValue', 'CreatedDate'],
  AccountHistory: ['Id', 'AccountId', 'Field', 'OldValue', 'NewValue', 'CreatedDate', 'CreatedById'],
  Contract: ['Id', 'AccountId', 'StatusCode', 'StartDate', 'EndDate', 'SystemModstamp'],
};
