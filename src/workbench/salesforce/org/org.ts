import type { CustomField } from './options.ts';
import type { Shown } from './values.ts';

/** A record as the REST API would show it, related records aside. */
export type OrgRecord = Record<string, Shown>;

/** The org from the inside: what its people and its own programs do, without HTTP, limits or security. */
export interface Org {
  /** The organisation's id and the user whom tokens are for. */
  id: string;
  integrationUser: string;
  /** The user who makes the changes that nobody else is named for. */
  adminUser: string;
  /** In one transaction, many at once. Ids, `CreatedDate` and `SystemModstamp` are taken as given, or made. */
  insert(object: string, rows: Iterable<Record<string, unknown>>): void;
  /** @throws {IcpError} `salesforce_no_record` */
  update(object: string, id: string, values: Record<string, unknown>, by?: string): void;
  /** Into the bin, with what hangs on it: `queryAll` still shows it. */
  delete(object: string, id: string, by?: string): void;
  undelete(object: string, id: string): void;
  /** From the bin too: nothing shows it any more. */
  erase(object: string, id: string): void;
  /** The loser goes to the bin and names the winner; what hung on the loser hangs on the winner. */
  merge(object: string, winnerId: string, loserId: string, by?: string): void;
  /** The record, unless it is deleted. */
  get(object: string, id: string): OrgRecord | undefined;
  /** @param options.where a SOQL condition */
  rows(object: string, options?: { where?: string; orderBy?: string; limit?: number; offset?: number }): OrgRecord[];
  count(object: string, where?: string): number;
  counters(): {
    triggers: Record<string, number>;
    /** Writes of the API on records, all together. */
    updates: number;
    assignmentRules: number;
    dataRequests: number;
    tokens: number;
  };
  /** How often the API has written on this record. */
  updatesOf(object: string, id: string): number;
  /** The kept changes of a record, oldest first. */
  history(object: string, id: string): OrgRecord[];
  /**
   * Deploys a permission set and assigns it to the integration user.
   *
   * @throws {IcpError} `salesforce_deploy` for one that Salesforce would refuse
   */
  assign(permissionSet: string): void;
  /** Adds a custom field, or changes one, while the org runs. */
  addField(field: CustomField): void;
}
