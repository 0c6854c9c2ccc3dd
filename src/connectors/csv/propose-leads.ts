import { columnFor, idColumn } from './column-words.ts';
import type { Recipe } from './mapping-schema.ts';
import type { FileProfile } from './profile-columns.ts';
import { fieldOf, type Gathered, type OwnerLookup, ownerRecipe, type ProposedFile } from './propose-accounts.ts';

/** Proposes how a file feeds the leads of accounts that another file has. */
export function proposeLeads(
  file: FileProfile,
  account: string | null,
  owners: OwnerLookup | null,
  gathered: Gathered,
): ProposedFile {
  const id = idColumn(file, 'leads');
  const columns: Record<string, Recipe> = { lead_id: id?.name ?? { text: 'row-{#}' } };
  if (account !== null) columns.account_id = account;
  const status = file.columns.find(({ plain }) => /^(lead)?status$/.test(plain));
  const converted = file.columns.find(({ plain, type }) => /^(is)?converted$/.test(plain) && type === 'flag');
  const choices: Recipe[] = [];
  if (converted !== undefined) {
    const values = Object.fromEntries(
      [...converted.words.keys()].map((word) => [word, /^(true|1|yes)$/i.test(word) ? 'accepted' : null]),
    );
    choices.push({ column: converted.name, values });
  }
  if (status !== undefined) {
    const values = Object.fromEntries([...status.words.keys()].map((word) => [word, statusOf(word)]));
    choices.push({ column: status.name, values, otherwise: 'open' });
  }
  if (choices.length > 0) columns.status = { first: [...choices, { constant: 'open' }] };
  for (const target of ['created_at', 'decided_at', 'source', 'reject_reason']) {
    const column = columnFor(file, target);
    if (column === undefined) continue;
    if (target.endsWith('_at') && column.type !== 'date') continue;
    if (column.dateFormat !== null) gathered.formats.add(column.dateFormat);
    columns[target] = column.name;
  }
  const owner = columnFor(file, 'owner_email');
  const email = owner === undefined ? null : ownerRecipe(owner, owners);
  if (email !== null) columns.owner_email = email;
  const used = new Set(Object.values(columns).map((recipe) => (typeof recipe === 'string' ? recipe : recipe.column)));
  const rest = file.columns.filter(({ name, known }) => known > 0 && !used.has(name) && name !== owner?.name);
  const more = Object.fromEntries(rest.map(({ name }) => [fieldOf(name), name]));
  return { file: file.name, feeds: 'leads', columns, more };
}

/** Proposes how a file feeds the contacts. */
export function proposeContacts(file: FileProfile, account: string | null): ProposedFile {
  const columns: Record<string, Recipe> = { contact_id: idColumn(file, 'contacts')?.name ?? { text: 'row-{#}' } };
  if (account !== null) columns.account_id = account;
  for (const target of ['email', 'title', 'seniority']) {
    const column = columnFor(file, target);
    if (column !== undefined) columns[target] = column.name;
  }
  const used = new Set<unknown>(Object.values(columns));
  const rest = file.columns.filter(({ name, known }) => known > 0 && !used.has(name));
  return {
    file: file.name,
    feeds: 'contacts',
    columns,
    more: Object.fromEntries(rest.map(({ name }) => [fieldOf(name), name])),
  };
}

function statusOf(word: string): string {
  if (/unqualified|disqualified|not converted|reject|dead|junk|bad|recycled/i.test(word)) return 'rejected';
  return /qualified|converted|accepted|sql\b/i.test(word) ? 'accepted' : 'open';
}
