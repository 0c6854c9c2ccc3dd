import type { Crm, ScoredObject } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';

/**
 * @param org in words, where it is not said beside
 * @throws {IcpError} `crm_not_ready` with all that the org lacks, and how each is added
 */
export async function requireFields(
  crm: Pick<Crm, 'writer'>,
  objects: readonly ScoredObject[],
  org = 'the CRM',
): Promise<void> {
  const missing = await crm.writer.missing(objects);
  if (missing.length === 0) return;
  const each = missing.map(
    ({ object, field, what, how }) => `${object}${field === null ? '' : `.${field}`}: ${what}; ${how}`,
  );
  throw new IcpError(
    'crm_not_ready',
    `publishing needs fields that ${org} does not have or does not let us write: ${each.join(' | ')}`,
  );
}
