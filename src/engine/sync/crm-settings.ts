import type { CrmOrg } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { type CrmMapping, crmMappingSchema } from '../../icp/crm-mapping/mapping-schema.ts';
import { orgInWords, orgWithId } from '../../icp/org-in-words.ts';
import { addSetting, settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

/** The book that the CRM feeds. */
export const crmBookSetting = 'crm.book';
/** The org that was read first: another one is refused. */
export const crmOrgSetting = 'crm.org';
export const crmMappingPrefix = 'crm.mapping.';
/** The fields that the last sync of a book has read, by object. */
export const crmFieldsPrefix = 'crm.fields.';
/** Fields that may be gone from the sight of a sync into a book: `Account.Website`, or a whole object. */
export const crmWithoutPrefix = 'crm.without.';

const by = 'the first sync';

/** The book that the CRM feeds: that of the setting, or `main`. */
export async function crmBook(store: Store): Promise<string> {
  const value = (await settingOf(store, crmBookSetting))?.value;
  return typeof value === 'string' && value !== '' ? value : 'main';
}

/** The org that feeds the books; `null` before the first sync. */
export async function knownOrg(store: Store): Promise<CrmOrg | null> {
  const value = (await settingOf(store, crmOrgSetting))?.value;
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  const { id, name, setting, url } = { name: '', setting: 'production', url: '', ...value };
  const settings: readonly CrmOrg['setting'][] = ['production', 'sandbox', 'local'];
  return {
    ...{ id: String(id), name: String(name), url: String(url) },
    setting: settings.find((one) => one === setting) ?? 'production',
  };
}

/** Where a person opens an account in the CRM that feeds its book; `null` where none does. */
export async function recordUrl(store: Store, book: string, accountId: string): Promise<string | null> {
  if (!/^001[a-zA-Z0-9]{15}$/.test(accountId) || (await crmBook(store)) !== book) return null;
  const org = await knownOrg(store);
  return org === null || org.url === '' ? null : `${org.url.replace(/\/$/, '')}/${accountId}`;
}

/**
 * Makes sure that it is the org of before, and remembers the first one.
 *
 * @throws {IcpError} `crm_other_org`
 */
export async function requireSameOrg(store: Store, org: CrmOrg, now: number): Promise<void> {
  const known = await knownOrg(store);
  if (known === null) {
    await addSetting(store, { key: crmOrgSetting, value: { ...org }, setAt: now, setBy: by });
    return;
  }
  if (known.id === org.id) return;
  throw new IcpError(
    'crm_other_org',
    `sync needs the org ${orgWithId(known)} that the data came from, and the credentials are for ${orgWithId(org)}; give those of ${orgInWords(known)}, or set ${crmOrgSetting} and feed another book with the setting ${crmBookSetting}`,
  );
}

/**
 * The mapping of a book; `null` where none was ever set.
 *
 * @throws {IcpError} `crm_mapping` when what is set is none
 */
export async function crmMappingOf(store: Store, book: string): Promise<CrmMapping | null> {
  const entry = await settingOf(store, crmMappingPrefix + book);
  if (entry === null) return null;
  const parsed = crmMappingSchema.safeParse(entry.value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new IcpError(
    'crm_mapping',
    `the setting ${crmMappingPrefix}${book} needs to be a mapping, and ${first?.path.join('.') || 'it'} is not: ${first?.message}; lodestar sync --propose prints one`,
  );
}

export async function keepCrmMapping(store: Store, book: string, mapping: CrmMapping, now: number): Promise<void> {
  await addSetting(store, { key: crmMappingPrefix + book, value: mapping, setAt: now, setBy: by });
}
