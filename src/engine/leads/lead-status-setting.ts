import type { LeadVerdict } from '../../icp/leads/lead-standing.ts';
import { settingHistory } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

export const leadStatusPrefix = 'leads.status.';

/** Which status of the CRM's lead an answer of a rep stands for. */
export interface LeadStatusSetting extends Readonly<Record<LeadVerdict, string>> {
  on: boolean;
  /** The field that gets the reason of a rejection; `null`: none does. */
  reasonField: string | null;
}

/**
 * Reads the setting; `null` for what is none.
 *
 * @example leadStatusIn({ on: true, accepted: 'Working', rejected: 'Disqualified' })?.rejected; // => 'Disqualified'
 * @example leadStatusIn({ on: true, accepted: 'Working' }); // => null
 */
export function leadStatusIn(value: unknown): LeadStatusSetting | null {
  if (typeof value !== 'object' || value === null) return null;
  const { on, accepted, rejected, reasonField } = {
    on: null,
    accepted: null,
    rejected: null,
    reasonField: null,
    ...value,
  };
  if (typeof on !== 'boolean' || !isText(accepted) || !isText(rejected)) return null;
  if (reasonField !== null && !isText(reasonField)) return null;
  return { on, accepted, rejected, reasonField };
}

/** The setting of a book, with since when it has been on without a break; `null` where it is off. */
export async function leadStatusOn(
  store: Store,
  book: string,
): Promise<{ setting: LeadStatusSetting; since: number } | null> {
  const entries = await settingHistory(store, leadStatusPrefix + book);
  const isOn = ({ value }: { value: unknown }) => leadStatusIn(value)?.on === true;
  const first = entries[entries.findLastIndex((entry) => !isOn(entry)) + 1];
  const setting = leadStatusIn(entries.at(-1)?.value);
  return first === undefined || setting === null ? null : { setting, since: first.setAt };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
