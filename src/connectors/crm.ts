/**
 * What the engine asks of a CRM. Salesforce is behind it; the engine knows nothing of SOQL, OAuth or Bulk.
 *
 * Every write sets an absolute value on a record that exists, by its id, so that saying it twice is harmless.
 */
export interface Crm {
  /** Which organisation this is, asked of it afresh. */
  org(): Promise<CrmOrg>;
  /** The id of the user that we are there: what that user did last, no person did. */
  ourId(): Promise<string>;
  reader: CrmReader;
  writer: CrmWriter;
}

export interface CrmOrg {
  /** 18 characters. A plan is for one org and is never sent to another. */
  id: string;
  name: string;
  /** Said in every message, so that nobody takes one for the other. */
  setting: 'production' | 'sandbox' | 'local';
  /** Where a person opens it; a record is `URL/ID`. */
  url: string;
}

/** The objects that carry scores, in the order in which they are written. */
export const scoredObjects = ['Account', 'Lead', 'Contact'] as const;
export type ScoredObject = (typeof scoredObjects)[number];

/** A value as the CRM has it. Dates are text as the CRM wrote them. */
export type CrmValue = string | number | boolean | null;

/** A record as it was read: `Id`, `SystemModstamp` and the fields that were asked for; fields of a related record by path (`Owner.Email`). */
export type CrmRecord = Readonly<Record<string, CrmValue>>;

/** A place in the order of change: everything at or before it has been read. */
export interface CrmPlace {
  /** `SystemModstamp` of the last record, milliseconds since 1970, the CRM's clock. */
  modstamp: number;
  id: string;
}

export interface CrmPage {
  records: readonly CrmRecord[];
  /** Where to go on behind this page. */
  place: CrmPlace;
}

/** The last change of a field that the CRM has kept: by which user, and to what. */
export interface CrmChange {
  by: string;
  to: CrmValue;
}

/** A record that is gone: deleted, or merged into another. */
export interface CrmDeletion {
  id: string;
  deletedAt: number;
  /** The record that took its place, for a merge. */
  mergedInto: string | null;
}

export interface CrmReader {
  /** The fields of an object that this user can see, by name. @throws {IcpError} `crm_no_object` */
  describe(object: string): Promise<ReadonlyMap<string, CrmField>>;
  /**
   * Records that changed behind a place, oldest change first, a page at a time; at most one page is held.
   *
   * @param options.after `null` reads everything
   */
  changed(
    object: string,
    options: { fields: readonly string[]; after: CrmPlace | null; where?: string },
  ): AsyncIterable<CrmPage>;
  /** Records that went since then; as far back as the CRM's bin goes. */
  deleted(object: string, since: number): AsyncIterable<readonly CrmDeletion[]>;
  /** Who last changed a field of some accounts, by id. An account is absent where the CRM keeps no history of the field. */
  lastAccountChanges(field: string, ids: readonly string[]): Promise<ReadonlyMap<string, CrmChange>>;
  count(object: string): Promise<number>;
  /** Every id with its owner's change stamp, in order of id, in pages: what a reconciliation compares. */
  ids(object: string): AsyncIterable<readonly string[]>;
  /** What every record has in these fields, in pages, in no order. Reading a million of them costs a few calls. */
  snapshot(object: ScoredObject, fields: readonly string[]): AsyncIterable<readonly CrmRecord[]>;
  /** These records as they are now; one that is gone is absent. */
  byId(
    object: ScoredObject,
    ids: readonly string[],
    fields: readonly string[],
  ): Promise<ReadonlyMap<string, CrmRecord>>;
}

export interface CrmField {
  name: string;
  label: string;
  type: string;
  length: number;
  precision: number;
  scale: number;
  updateable: boolean;
  calculated: boolean;
  custom: boolean;
  restrictedPicklist: boolean;
  picklist: readonly string[];
  referenceTo: readonly string[];
  relationshipName: string | null;
}

/** A row to be written: the id, and the fields of the plan, all of them, in every row. `null` clears. */
export interface CrmUpdate {
  id: string;
  values: Readonly<Record<string, CrmValue>>;
}

/** What became of one row. */
export interface CrmResult {
  id: string;
  /** `null`: written. */
  failure: { code: string; message: string; fields: readonly string[]; kind: 'retry' | 'set aside' } | null;
}

/** Where a job of the CRM's stands. `gone`: it knows none of that id any more. */
export interface CrmJob {
  id: string;
  state: 'open' | 'working' | 'complete' | 'failed' | 'aborted' | 'gone';
  processed: number;
  failed: number;
  /** In the CRM's words, of a job that failed. */
  message: string | null;
}

/** The results of a job: together they are every row that was sent, or `unknown` has what is missing. */
export interface CrmJobResults {
  results: readonly CrmResult[];
  /** Ids that the CRM has not touched: to be sent again. */
  unprocessed: readonly string[];
}

export interface CrmWriter {
  /** What a plan needs and the org lacks, each as a sentence that says how to add it. Empty: ready. */
  missing(objects: readonly ScoredObject[]): Promise<readonly CrmMissing[]>;
  /** Calls that are left of the rolling day. */
  budget(): Promise<{ most: number; left: number }>;
  /** Calls that this connection has made, for the report. */
  calls(): number;
  /** At most 200 rows at once, each on its own. */
  update(object: ScoredObject, rows: readonly CrmUpdate[]): Promise<readonly CrmResult[]>;
  /** The asynchronous way, for many rows: nothing is worked on before `close`. */
  jobs: {
    create(object: ScoredObject): Promise<CrmJob>;
    /** Once a job. @param fields the columns, in this order, in every row */
    upload(jobId: string, fields: readonly string[], rows: Iterable<CrmUpdate>): Promise<void>;
    close(jobId: string): Promise<void>;
    state(jobId: string): Promise<CrmJob>;
    results(jobId: string): Promise<CrmJobResults>;
    abort(jobId: string): Promise<void>;
    /** Updates of an object, or of any, that our user opened since then and never closed: what a lost answer leaves behind. */
    open(since: number, object?: ScoredObject): Promise<readonly CrmJob[]>;
  };
  /** Sets the status of a lead, for a person who has just pressed the button. */
  setLeadStatus(leadId: string, values: Readonly<Record<string, CrmValue>>): Promise<CrmResult>;
}

export interface CrmMissing {
  object: string;
  /** `null`: the object itself. */
  field: string | null;
  what: string;
  how: string;
}
