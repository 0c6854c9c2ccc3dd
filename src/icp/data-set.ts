/** The records that a model was learnt from: how many, and a hash that tells whether others are the same. */
export interface DataSet {
  /** SHA-256 over every record, in hexadecimal. */
  hash: string;
  accounts: number;
  /** Accounts that are customers or were. */
  customers: number;
  /** Observations, deals, signals and whatever else is known of the accounts. */
  records: number;
}

/**
 * As much of a hash as a person compares at a glance.
 *
 * @example shortHash({ hash: '7d12f54ed5de7eab3491fa7e2c99b8f6' }); // => '7d12f54ed5de'
 */
export function shortHash({ hash }: Pick<DataSet, 'hash'>): string {
  return hash.slice(0, 12);
}
