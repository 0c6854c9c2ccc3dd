import type { FieldType } from '../schema/field.ts';

/** A field that this org has beside the standard ones. */
export interface CustomField {
  object: string;
  name: string;
  label?: string;
  type: FieldType;
  length?: number;
  precision?: number;
  scale?: number;
  picklist?: readonly string[];
  restricted?: boolean;
  externalId?: boolean;
  referenceTo?: readonly string[];
  /** Field-level security of the integration user; both are `true` when they are not said. */
  readable?: boolean;
  updateable?: boolean;
}

/**
 * A rule of the org that refuses rows: `refuses` is given the record as it would be after the write.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_triggers_order_of_execution.htm
 */
export interface ValidationRule {
  object: string;
  message: string;
  field?: string;
  refuses: (record: Readonly<Record<string, unknown>>) => boolean;
}

export interface StageOption {
  name: string;
  isClosed: boolean;
  isWon: boolean;
  probability: number;
  forecast: string;
}

/** Which org this is and what its set-up says. */
export interface OrgOptions {
  id: string;
  name: string;
  isSandbox: boolean;
  clientId: string;
  clientSecret: string;
  /** The integration user: tokens are for this user, and it is who changed what the API writes. */
  username: string;
  /** PEM, for the JWT bearer flow. */
  publicKey: string | null;
  /** A refresh token that is known from the start. */
  refreshToken: string | null;
  tokenLifeMs: number;
  /** Calls in a rolling day. */
  dailyRequests: number;
  customFields: readonly CustomField[];
  /**
   * Rates by ISO code, so much of a currency for 1 of the corporate one, which is the first with the rate 1. Empty: the org has
   * one currency and no word of it.
   */
  currencies: Readonly<Record<string, number>>;
  /**
   * The permission sets of the integration user, as metadata files. It sees and writes what they name and nothing else, with
   * the profile _Minimum Access - API Only Integrations_; `null`: a profile that shows it everything.
   */
  permissionSets: readonly string[] | null;
  /** What the integration user may not see or write of the standard fields, whatever a permission set says. */
  access: readonly { object: string; field: string; readable?: boolean; updateable?: boolean }[];
  validationRules: readonly ValidationRule[];
  /** The fields whose changes are kept, by object. */
  historyTracked: Readonly<Record<string, readonly string[]>>;
  stages: readonly StageOption[];
  leadStatuses: readonly { name: string; isConverted: boolean }[];
  /** Rows of a page of `query`, as Salesforce has it by default. */
  queryPage: number;
  /** Rows of a page of Bulk results when the client does not say how many. */
  bulkPage: number;
  /** How long a job waits before it is worked on, and how long after each batch of 10,000 rows. */
  jobDelayMs: number;
  batchDelayMs: number;
}

const stage = (name: string, probability: number, forecast: string, isClosed = false, isWon = false): StageOption => {
  return { name, probability, forecast, isClosed, isWon };
};

/** The org of the demo: a sandbox with the standard stages and the limits of a Developer Edition. */
export const usualOrg: OrgOptions = {
  ...{ id: '00DLo0000000001', name: 'Local Salesforce', isSandbox: true },
  ...{ clientId: 'local-client-id', clientSecret: 'local-client-secret', username: 'integration@local.test' },
  ...{ publicKey: null, refreshToken: null, tokenLifeMs: 2 * 3_600_000, dailyRequests: 100_000 },
  ...{ customFields: [], currencies: {}, permissionSets: null, access: [], validationRules: [], historyTracked: {} },
  stages: [
    ...[stage('Prospecting', 10, 'Pipeline'), stage('Qualification', 10, 'Pipeline')],
    ...[stage('Needs Analysis', 20, 'Pipeline'), stage('Value Proposition', 50, 'Pipeline')],
    ...[stage('Id. Decision Makers', 60, 'Pipeline'), stage('Perception Analysis', 70, 'Pipeline')],
    ...[stage('Proposal/Price Quote', 75, 'Pipeline'), stage('Negotiation/Review', 90, 'Pipeline')],
    ...[stage('Closed Won', 100, 'Closed', true, true), stage('Closed Lost', 0, 'Omitted', true)],
  ],
  leadStatuses: [
    ...[
      { name: 'Open - Not Contacted', isConverted: false },
      { name: 'Working - Contacted', isConverted: false },
    ],
    ...[
      { name: 'Closed - Converted', isConverted: true },
      { name: 'Closed - Not Converted', isConverted: false },
    ],
  ],
  ...{ queryPage: 2000, bulkPage: 50_000, jobDelayMs: 30, batchDelayMs: 0 },
};
