import type { Crm } from '../../connectors/crm.ts';
import { permissionOf, readGrants } from '../../connectors/salesforce/field-permissions.ts';
import { type LeadStatusLack, leadStatusLacks } from '../../engine/leads/lead-status-lacks.ts';
import { type LeadStatusSetting, leadStatusOn, leadStatusPrefix } from '../../engine/leads/lead-status-setting.ts';
import { crmBook, crmMappingOf } from '../../engine/sync/crm-settings.ts';
import { ratesObject } from '../../engine/sync/read-currencies.ts';
import { describeObject } from '../../engine/sync/shown-fields.ts';
import { type Unseen, unseenBy } from '../../engine/sync/unseen.ts';
import { everythingRead } from '../../engine/sync/what-is-read.ts';
import { keptFields } from '../../icp/crm-mapping/map-account.ts';
import type { CrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { overrideFields } from '../../icp/publishing/published-fields.ts';
import { listBooks } from '../../store/books.ts';
import type { Store } from '../../store/store.ts';
import { type Check, ok } from './check.ts';

/** What the house wants of the CRM beside writing scores. */
export interface CrmWanted {
  /** `null` before the first sync. */
  mapping: CrmMapping | null;
  /** Books whose answers are written into the CRM. */
  statuses: readonly { book: string; setting: LeadStatusSetting }[];
}

/** @throws {IcpError} `crm_mapping` when the mapping that is set is none */
export async function crmWanted(store: Store): Promise<CrmWanted> {
  const statuses: { book: string; setting: LeadStatusSetting }[] = [];
  for (const { name: book } of await listBooks(store)) {
    const on = await leadStatusOn(store, book);
    if (on !== null) statuses.push({ book, setting: on.setting });
  }
  return { mapping: await crmMappingOf(store, await crmBook(store)), statuses };
}

const name = 'Salesforce reading';
const remedies = {
  assign: 'assign the permission set Lodestar to this user; where it is assigned, deploy the folder salesforce/ anew',
  own: 'let this user read them by a permission set of your own: what is added to Lodestar goes when it is deployed again',
  users: 'give this user View All Users',
  rates: 'records are in several currencies: let this user read their rates (View Setup and Configuration)',
  history: 'switch on field history for the object in Setup, Object Manager, if you want that',
} as const;

/** What the user does not see of what a sync reads, gathered by what is to be done about it. */
export async function readingChecks(crm: Pick<Crm, 'reader'>, mapping: CrmMapping | null): Promise<Check[]> {
  const unseen = (await unseenBy(crm, mapping)).filter((one) => isMissed(one, mapping));
  if (unseen.length === 0) return [ok(name, 'this user sees every object and field that a sync reads')];
  const hidden = new Set(unseen.flatMap(({ object, field }) => (field === null ? [object] : [])));
  const inOrder = unseen.toSorted((one, other) => Number(other.isNeeded) - Number(one.isNeeded));
  const byRemedy = Map.groupBy(inOrder, (one) => `${one.isNeeded ? 'needed' : ''} ${remedyOf(one, hidden)}`);
  return [...byRemedy.values()].map((some): Check => {
    const [first] = some;
    const remedy = first === undefined ? 'assign' : remedyOf(first, hidden);
    // An org that keeps no history of an object does so by choice.
    const state = remedy === 'history' ? 'off' : 'missing';
    return { name, state, what: first?.isNeeded === true ? needed(some) : lost(some), fix: remedies[remedy] };
  });
}

/** Whether answers of reps can be written as the settings say. @param org in words */
export async function leadStatusChecks(
  crm: Pick<Crm, 'reader'>,
  statuses: CrmWanted['statuses'],
  org: string,
): Promise<Check[]> {
  if (statuses.length === 0) return [];
  const fields = (await describeObject(crm, 'Lead')) ?? new Map();
  return statuses.flatMap(({ book, setting }): Check[] => {
    const lacks = leadStatusLacks(fields, setting, org);
    const name = `lead status of ${book}`;
    if (lacks.length === 0)
      return [ok(name, `what reps answer is written as ${setting.accepted} or ${setting.rejected}`)];
    return lacks.map(({ what, about }): Check => {
      const said = `${leadStatusPrefix}${book} needs ${what}; answers of reps stay here until then`;
      return { name, state: 'missing', what: said, fix: statusFix(about, book, setting) };
    });
  });
}

/** Our own fields are asked for with the writing; what no permission shows is not in this org, unless the mapping counts on it. */
function isMissed({ object, field, isNeeded }: Unseen, mapping: CrmMapping | null): boolean {
  if (field === null || isNeeded) return true;
  if (overrideFields.some((own) => own.name === field)) return false;
  if (field.endsWith('__c') || permissionOf(object, field) !== null) return true;
  return mapping !== null && object === 'Account' && Object.hasOwn(keptFields(mapping), field);
}

const grants = readGrants(everythingRead());

function remedyOf({ object, field, isNeeded }: Unseen, hidden: ReadonlySet<string>): keyof typeof remedies {
  if (field !== null) return isNeeded || grants.fields.includes(permissionOf(object, field) ?? '') ? 'assign' : 'own';
  if (object === 'User') return 'users';
  if (object === ratesObject) return 'rates';
  const isOfSeen = object.endsWith('History') && !hidden.has(object.replace(/History$/, ''));
  return isOfSeen ? 'history' : 'assign';
}

function needed(some: readonly Unseen[]): string {
  return `a sync needs ${some.map(pathOf).join(', ')}, and this user does not see them`;
}

function lost(some: readonly Unseen[]): string {
  const each = [...Map.groupBy(some, (one) => one.lost)].map(
    ([words, list]) => `${list.map(pathOf).join(', ')} (${words})`,
  );
  return `a sync goes without ${each.join('; ')}`;
}

function pathOf({ object, field }: Unseen): string {
  return field === null ? object : `${object}.${field}`;
}

function statusFix(about: LeadStatusLack['about'], book: string, { reasonField }: LeadStatusSetting): string {
  switch (about) {
    case 'status':
      return remedies.assign;
    case 'setting':
      return `name statuses of the org with lodestar settings ${leadStatusPrefix}${book}, or add them to the org`;
    case 'reason':
      return `let this user edit Lead.${reasonField} by a permission set of your own, or name another field in the setting`;
  }
}
