import { columnFor } from './column-words.ts';
import { labelOf } from './guess-fields.ts';
import { knownFields, layerByName } from './known-fields.ts';
import type { LongRecipe, Recipe } from './mapping-schema.ts';
import type { ColumnProfile, FileProfile } from './profile-columns.ts';
import { type Ends, suspicionOf } from './suspect-columns.ts';

/** A part of a proposed mapping, as it will be written. */
export interface ProposedFile {
  file: string;
  feeds: string;
  columns: Record<string, Recipe>;
  features?: Record<string, { from: Recipe; layer: string; type: string; label: string }>;
  more?: Record<string, Recipe>;
  leaveOut?: Record<string, string>;
  repeatWins?: 'expansion';
}

/** What a proposal gathers on its way beside its files. */
export interface Gathered {
  /** What a person should look at before the import. */
  questions: string[];
  unknown: Set<string>;
  formats: Set<string>;
  lookups: Record<string, { file: string; key: string }>;
}

const bookkeeping =
  /createdby|lastmodified|systemmodstamp|isdeleted|photo|phone$|fax$|street|postal|zipcode|latitude|longitude|recordtype/;
const mostWords = 200;

/**
 * Proposes how a file feeds the accounts.
 *
 * @param id how the account's id is made
 * @param taken columns that serve elsewhere (outcome, order) and are no features
 * @param ends how each row ended, as far as known: to tell traces of the outcome from its causes
 */
export function proposeAccounts(
  file: FileProfile,
  { id, taken, ends, owners }: { id: Recipe; taken: ReadonlySet<string>; ends: Ends; owners: OwnerLookup | null },
  gathered: Gathered,
): ProposedFile {
  const columns: Record<string, Recipe> = { account_id: id };
  const used = new Set(taken);
  if (typeof id === 'string') used.add(id);
  const nameColumn = columnFor(file, 'name');
  columns.name = nameColumn?.name ?? { text: typeof id === 'string' ? `Account {${id}}` : 'Account {#}' };
  if (nameColumn !== undefined) used.add(nameColumn.name);
  const owner = columnFor(file, 'owner_email');
  if (owner !== undefined && !used.has(owner.name)) {
    const mapped = ownerRecipe(owner, owners);
    if (mapped !== null) columns.owner_email = mapped;
    used.add(owner.name);
  }
  for (const target of ['domain', ...Object.keys(knownFields)]) {
    const column = columnFor(file, target);
    if (column === undefined || used.has(column.name)) continue;
    if (knownFields[target]?.[1] === 'number' && column.type !== 'number') continue;
    columns[target] = withUnknown(column, gathered);
    used.add(column.name);
  }
  const features: ProposedFile['features'] = {};
  const leaveOut: Record<string, string> = {};
  for (const column of file.columns) {
    if (used.has(column.name)) continue;
    const reason = uselessBecause(column);
    const suspicion = reason === null ? suspicionOf(column, ends) : null;
    if (suspicion !== null)
      gathered.questions.push(`"${column.name}" is left out: ${suspicion}; move it to features if that is wrong`);
    if (reason !== null || suspicion !== null) {
      leaveOut[column.name] = reason ?? suspicion ?? '';
      continue;
    }
    const type = column.type === 'date' ? 'category' : column.type;
    features[fieldOf(column.name)] = {
      from: withUnknown(column, gathered),
      layer: layerByName(column.name),
      type,
      label: labelOf(column.name),
    };
  }
  return { file: file.name, feeds: 'accounts', columns, features, leaveOut };
}

/** A table of people that owner ids can be looked up in. */
export interface OwnerLookup {
  lookup: string;
  key: ColumnProfile;
  email: string;
}

/** How an owner's email is read: as it stands, or looked up by id. */
export function ownerRecipe(owner: ColumnProfile, owners: OwnerLookup | null): Recipe | null {
  const texts = [...owner.words.keys()];
  if (texts.every((text) => text.includes('@'))) return owner.name;
  if (owners === null || !texts.some((text) => owners.key.words.has(text))) return null;
  return { column: owner.name, lookup: owners.lookup, take: owners.email };
}

/** Refers to a column, with the texts in it that stand for "unknown". */
export function withUnknown(column: ColumnProfile, gathered: Gathered): Recipe {
  const marks = column.unknown.filter((word) => /^-?\d+$/.test(word));
  for (const word of column.unknown) if (!marks.includes(word)) gathered.unknown.add(word);
  if (marks.length === 0) return column.name;
  gathered.questions.push(
    `"${column.name}" holds ${marks.join(', ')} where no number seems to be known: read as unknown`,
  );
  const recipe: LongRecipe = { column: column.name, unknown: marks.map(Number) };
  return recipe;
}

function uselessBecause(column: ColumnProfile): string | null {
  if (column.words.size === 0) return 'blank in every row';
  if (column.words.size === 1 && column.known === column.texts.length) return 'the same in every row';
  if (column.type === 'date') return 'a date';
  if (bookkeeping.test(column.plain)) return "the system's own bookkeeping";
  if (column.type !== 'category') return column.isUnique && /id$|number$/.test(column.plain) ? 'an id' : null;
  if (/(id|guid|key)$/.test(column.plain) && column.words.size > 20) return 'an id';
  if (column.words.size > mostWords) return `free text: more than ${mostWords} different values`;
  return column.words.size > 20 && column.words.size > 0.5 * column.known ? 'free text: most values occur once' : null;
}

/** A column's name as the name of a field: `Lead Source` becomes `lead_source`. */
export function fieldOf(column: string): string {
  return column
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
}
