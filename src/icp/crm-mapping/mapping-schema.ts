import { z } from 'zod';
import { layers } from '../types.ts';

const names = z.array(z.string().min(1)).readonly();
const maybeField = z.string().min(1).nullable().default(null);

/** What is made of one field of an account. */
const fieldSchema = z.object({
  /** What it is called here. */
  as: z.string().min(1),
  layer: z.enum(layers).default('firmographic'),
  type: z.enum(['number', 'category', 'flag', 'list']).default('category'),
  label: z.string().min(1).optional(),
  /** Why no score may read it; it is kept all the same. */
  leftOut: z.string().min(1).nullable().default(null),
});

const standardFields = {
  Industry: { as: 'industry', label: 'Industry' },
  NumberOfEmployees: { as: 'employees', type: 'number', label: 'Employees' },
  AnnualRevenue: { as: 'revenue', type: 'number', label: 'Revenue' },
  BillingCountry: { as: 'country', label: 'Country' },
  YearStarted: { as: 'founded_on', label: 'Founded on' },
  Ownership: { as: 'ownership', label: 'Ownership' },
} as const;

/**
 * What an org's records mean: which status accepts a lead, which type of deal is an expansion, what ends a customer.
 *
 * Every part has a default, and every org differs: all of it can be set. Values are compared without regard to case.
 */
export const crmMappingSchema = z.object({
  account: z
    .object({
      fields: z.record(z.string(), fieldSchema).default(() => z.record(z.string(), fieldSchema).parse(standardFields)),
    })
    .prefault({}),
  lead: z
    .object({
      accepted: names.default([
        ...['Working', 'Working - Contacted', 'Contacted', 'Nurturing', 'Qualified', 'Accepted'],
        ...['Converted', 'Closed - Converted'],
      ]),
      rejected: names.default([
        'Disqualified',
        'Unqualified',
        'Rejected',
        'Recycled',
        'Closed - Not Converted',
        'Not a fit',
      ]),
      /** The field that says why a lead was turned down. */
      rejectReason: maybeField,
      /** A lead that a person takes out of a queue is accepted, whatever its status says. */
      ownerTakes: z.boolean().default(true),
      /**
       * A lead that was converted into a deal qualifies its account: what an org means by it whose deals say nothing of a budget,
       * where none could ever count as qualified by its close date, budget and next step.
       */
      convertedQualifies: z.boolean().default(false),
      /** Leads without an account go to the one whose domain their address has. */
      matchByDomain: z.boolean().default(true),
    })
    .prefault({}),
  opportunity: z
    .object({
      expansion: names.default([
        'Existing Business',
        'Existing Customer - Upgrade',
        'Upsell',
        'Cross-sell',
        'Add-On',
        'Add-on Business',
        'Expansion',
      ]),
      renewal: names.default(['Renewal', 'Existing Customer - Renewal']),
      /** Deals with a word like these in their name or record type are renewals, where their type says nothing. */
      renewalWords: names.default(['renewal', 'renew']),
      /** The field with the loss reason; the stage of a lost deal stands in where there is none. */
      lossReason: maybeField,
      /** A checkbox that says that there is a budget. */
      budgetConfirmed: maybeField,
      /** Stages from which on a deal is qualified, where the org has such. */
      qualifiedStages: names.default([]),
      /** Further fields that are kept with a deal: products and the like. */
      more: z.record(z.string(), z.string().min(1)).default({}),
    })
    .prefault({}),
  customer: z
    .object({
      /** Fields of the account. */
      churnDate: maybeField,
      churnReason: maybeField,
      arr: maybeField,
      renewalOn: maybeField,
      csOwnerEmail: maybeField,
      /** Contracts and assets that ran out end a customer. */
      contracts: z.boolean().default(true),
      assets: z.boolean().default(false),
      /** Days after a contract's end in which a successor may still be signed. */
      graceDays: z.number().int().min(0).max(365).default(30),
    })
    .prefault({}),
});

export type CrmMapping = z.infer<typeof crmMappingSchema>;
export type CrmFieldMapping = z.infer<typeof fieldSchema>;

/** The mapping of an org of which nothing is known. */
export const defaultCrmMapping: CrmMapping = crmMappingSchema.parse({});

const never: readonly RegExp[] = [
  /^ICP_/i,
  /^Last(?:Activity|Viewed|Referenced|Modified)/i,
  /^(?:Rating|ForecastCategory|ForecastCategoryName|SystemModstamp|IsDeleted|MasterRecordId|CleanStatus|JigsawCompanyId|Jigsaw)$/i,
  /open_?(?:deals?|opps?|opportunit|pipeline)/i,
  /^(?:Type|CustomerPriority__c|UpsellOpportunity__c|SLA.*__c)$/i,
];

/**
 * Whether a field may never feed a score: ours, or one that is written by what happens after an account was touched.
 *
 * @example isNeverFed('ICP_Tier__c'); // => true
 * @example isNeverFed('Industry'); // => false
 */
export function isNeverFed(field: string): boolean {
  return never.some((pattern) => pattern.test(field));
}
