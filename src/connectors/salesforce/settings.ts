/** How to reach an org, and as whom. */
export interface SalesforceSettings {
  /** `https://OURS.my.salesforce.com`; client credentials need this address of the org itself, not login.salesforce.com. */
  loginUrl: string;
  auth:
    | { kind: 'client credentials'; clientId: string; clientSecret: string }
    | { kind: 'jwt'; clientId: string; username: string; privateKey: string };
  /** `66.0` unless given. */
  apiVersion?: string;
  /** Further hosts that may be spoken to, by their ends: `.my.salesforce.mil`. */
  hosts?: readonly string[];
}

/** What the client needs of the house. */
export interface SalesforceDeps {
  log: SalesforceLog;
  /** Milliseconds since 1970. */
  now: () => number;
  sleep?: (ms: number) => Promise<void>;
  /** 0 to 1. */
  random?: () => number;
  /** How long an answer may be silent, in milliseconds; 60,000 unless given. */
  patience?: number;
  /** How often a request is said again; 5 unless given. */
  retries?: number;
  /** More rows than this are read by a query job; 20,000 where order matters and 2,000 where it does not unless given. */
  bulkAbove?: number;
  /** Rows of one page of a query job; 50,000 unless given. */
  jobPage?: number;
}

export interface SalesforceLog {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
}

/** Spring '26. A query job must be read with the version that it was made with, so it is pinned. */
export const usualApiVersion = '66.0';
