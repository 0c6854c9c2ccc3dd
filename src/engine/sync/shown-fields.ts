import type { Crm, CrmField } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { defaultCrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { inOrder } from '../../store/in-order.ts';
import { addSetting, settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { crmFieldsPrefix, crmWithoutPrefix } from './crm-settings.ts';
import { present, type ReadableObject, type Shown } from './object-reading.ts';

/** The fields of an object; `null` where the org does not have it, or does not show it. */
export async function describeObject(
  crm: Pick<Crm, 'reader'>,
  object: string,
): Promise<ReadonlyMap<string, CrmField> | null> {
  try {
    return await crm.reader.describe(object);
  } catch (error) {
    if (error instanceof IcpError && error.code === 'crm_no_object') return null;
    throw error;
  }
}

/** Looks at every object once. @param org in words @throws {IcpError} `crm_no_object`, `crm_no_field` where what is needed is not shown */
export async function lookAtFields(
  crm: Pick<Crm, 'reader'>,
  objects: readonly ReadableObject[],
  org: string,
): Promise<Shown> {
  const shown = new Map<string, ReadonlyMap<string, CrmField> | null>();
  for (const what of objects) {
    const described = await describeObject(crm, what.object);
    const isUsable = described !== null && missingOf(what, described).length === 0;
    if (!isUsable && !what.isOptional) throw cannotSee(what, described, org);
    shown.set(what.object, isUsable ? described : null);
  }
  return shown;
}

interface Looked {
  book: string;
  /** In words. */
  org: string;
  mapping: CrmMapping;
  objects: readonly ReadableObject[];
  shown: Shown;
}

/**
 * Makes sure that nothing is read as blank only because it is hidden: a field that was read last time, or that the mapping
 * names, has to be shown, unless the setting `crm.without.BOOK` says that it may be gone.
 *
 * @throws {IcpError} `crm_hidden`
 */
export async function requireShown(store: Store, looked: Looked): Promise<void> {
  const { book, mapping } = looked;
  const without = await mayBeGone(store, book);
  const before = fieldsIn((await settingOf(store, crmFieldsPrefix + book))?.value);
  const now = fieldsRead(looked);
  const hidden: string[] = [];
  for (const { object, wanted } of looked.objects) {
    const last = before[object] ?? [];
    if (without.has(object)) continue;
    if (now[object] === undefined) {
      if (last.length > 0) hidden.push(object);
      continue;
    }
    const due = new Set([...last, ...namedBy(mapping, object)]);
    const seen = new Set(now[object]);
    for (const field of new Set(wanted(mapping)))
      if (field !== null && due.has(field) && !seen.has(field) && !without.has(`${object}.${field}`))
        hidden.push(`${object}.${field}`);
  }
  if (hidden.length === 0) return;
  throw new IcpError(
    'crm_hidden',
    `sync needs ${hidden.join(', ')}, which the mapping names or the last sync has read, and ${looked.org} does not show ${hidden.length === 1 ? 'it' : 'them'} to this user; give its permission set read access, or say that it is meant, after which what hangs on it goes blank: lodestar settings ${crmWithoutPrefix}${book} '${JSON.stringify([...without, ...hidden])}'`,
  );
}

/** Remembers which fields were read, for the next sync. */
export async function keepShown(store: Store, looked: Looked, now: number): Promise<void> {
  const key = crmFieldsPrefix + looked.book;
  const value = fieldsRead(looked);
  const before = (await settingOf(store, key))?.value;
  if (JSON.stringify(inOrder(before ?? null)) === JSON.stringify(inOrder(value))) return;
  await addSetting(store, { key, value, setAt: now, setBy: 'the sync' });
}

/** The fields that are read of each object that is shown, in order of their names. */
function fieldsRead({ objects, mapping, shown }: Looked): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    objects.flatMap(({ object, wanted }) => {
      const described = shown.get(object) ?? null;
      return described === null ? [] : [[object, present(described, wanted(mapping)).sort()]];
    }),
  );
}

/** Fields that a person, or the proposal, has put into the mapping; the usual ones are in every mapping. */
function namedBy({ account, lead, opportunity, customer }: CrmMapping, object: string): readonly (string | null)[] {
  if (object === 'Lead') return [lead.rejectReason];
  if (object === 'Opportunity')
    return [opportunity.lossReason, opportunity.budgetConfirmed, ...Object.keys(opportunity.more)];
  if (object !== 'Account') return [];
  const usual = defaultCrmMapping.account.fields;
  const own = Object.keys(account.fields).filter((field) => !Object.hasOwn(usual, field));
  const { churnDate, churnReason, arr, renewalOn, csOwnerEmail } = customer;
  return [...own, churnDate, churnReason, arr, renewalOn, csOwnerEmail];
}

async function mayBeGone(store: Store, book: string): Promise<ReadonlySet<string>> {
  const value = (await settingOf(store, crmWithoutPrefix + book))?.value;
  return new Set(Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []);
}

function fieldsIn(value: unknown): Readonly<Record<string, readonly string[]>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(
    Object.entries(value).map(([object, fields]) => [object, Array.isArray(fields) ? fields.map(String) : []]),
  );
}

function missingOf({ needs }: ReadableObject, described: ReadonlyMap<string, CrmField>): string[] {
  return ['Id', ...needs].filter((field) => !described.has(field));
}

function cannotSee(what: ReadableObject, described: ReadonlyMap<string, CrmField> | null, org: string): IcpError {
  if (described === null)
    return new IcpError(
      'crm_no_object',
      `sync needs to read ${what.object}, and ${org} shows no such object to this user; give its permission set read access to it`,
    );
  return new IcpError(
    'crm_no_field',
    `sync needs the fields ${missingOf(what, described).join(', ')} of ${what.object}, and ${org} does not show them to this user; give its permission set read access to them`,
  );
}
