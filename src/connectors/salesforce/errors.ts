import { IcpError } from '../../errors.ts';

/**
 * What a failure asks for: `crm_retry` to try later, `crm_limit` to pause until calls are left again, `crm_signed_out`
 * to look at the credentials, `crm_stop` for a person to act.
 */
export type SalesforceFailure = 'crm_retry' | 'crm_limit' | 'crm_signed_out' | 'crm_stop';

/** One complaint of Salesforce's. */
export interface Complaint {
  code: string;
  message: string;
  fields: readonly string[];
}

/** Whether the request may have been carried out although it failed: `refused` is surely not. */
export type Outcome = 'refused' | 'unknown';

/** A request that failed. */
export class SalesforceError extends IcpError {
  declare readonly code: SalesforceFailure;
  /** `null` when no answer came. */
  readonly status: number | null;
  readonly complaints: readonly Complaint[];
  readonly outcome: Outcome;

  constructor(
    code: SalesforceFailure,
    message: string,
    details: { status?: number; complaints?: readonly Complaint[]; outcome?: Outcome; cause?: unknown } = {},
  ) {
    super(code, message, details.cause === undefined ? {} : { cause: details.cause });
    this.name = 'SalesforceError';
    this.status = details.status ?? null;
    this.complaints = details.complaints ?? [];
    this.outcome = details.outcome ?? 'refused';
  }

  /** Whether Salesforce complained with this code. */
  has(code: string): boolean {
    return this.complaints.some((complaint) => complaint.code === code);
  }
}
