import type { CrmField } from '../../connectors/crm.ts';
import type { LeadStatusSetting } from './lead-status-setting.ts';

/** What keeps answers of reps from being written into the CRM. */
export interface LeadStatusLack {
  /** As the end of "the setting needs …". */
  what: string;
  /** What is to be changed: the right to edit, the setting, or the right to edit the field of the reason. */
  about: 'status' | 'setting' | 'reason';
}

/**
 * What an org has not of what a setting names.
 *
 * @param fields those of its leads
 * @param org in words
 */
export function leadStatusLacks(
  fields: ReadonlyMap<string, CrmField>,
  { accepted, rejected, reasonField }: LeadStatusSetting,
  org: string,
): LeadStatusLack[] {
  const lacks: LeadStatusLack[] = [];
  const status = fields.get('Status');
  if (status?.updateable !== true)
    lacks.push({ about: 'status', what: `a Status that our user may edit, and leads of ${org} show none` });
  const known = status?.picklist ?? [];
  for (const one of new Set([accepted, rejected]))
    if (known.length > 0 && !known.includes(one))
      lacks.push({
        about: 'setting',
        what: `statuses that ${org} has, and has ${one}, where the org has ${known.join(', ')}`,
      });
  if (reasonField !== null && fields.get(reasonField)?.updateable !== true)
    lacks.push({ about: 'reason', what: `a field of the lead that our user may edit, and ${reasonField} is none` });
  return lacks;
}
