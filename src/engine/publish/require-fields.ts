import type { Crm, ScoredObject } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';

/** @throws {IcpError} `crm_not_ready` with all that the org lacks, and how each is added */
export async function requireFields(crm: Pick<Crm, 'writer'>, objects: readonly ScoredObject[]): Promise<void> {
  const missing = await crm.writer.missing(objects);
  if (missing.length === 0) return;
  const each = missing.map(
    ({ object, field, what, how }) => `${object}${field === null ? '' : `.${field}`}: ${what}; ${how}`,
  );
  throw new IcpError(
    'crm_not_ready',
    `publishing needs fields that the CRM does not have or does not let us write: ${each.join(' | ')}`,
  );
}
