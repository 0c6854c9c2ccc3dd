import { columnFor } from './column-words.ts';
import { type ColumnProfile, type FileProfile, plainName } from './profile-columns.ts';
import { fieldOf, type Gathered, type OwnerLookup, type ProposedFile } from './propose-accounts.ts';

/** Finds a table of people in which owners of accounts are looked up. */
export function findOwners(
  files: readonly FileProfile[],
  gathered: Gathered,
): { file: FileProfile; owners: OwnerLookup } | null {
  const file = files.find(({ name }) => /^(users?|owners?|people|reps?|team)\b/i.test(name));
  const email = file === undefined ? undefined : columnFor(file, 'email');
  const key = file?.columns.find(({ isUnique, plain }) => isUnique && /id$/.test(plain));
  if (file === undefined || email === undefined || key === undefined) return null;
  gathered.lookups.owners = { file: file.name, key: key.name };
  return { file, owners: { lookup: 'owners', key, email: email.name } };
}

/**
 * Adds to the deals what a further file says about one of their columns: its key is a column of theirs, and its other
 * columns come with the deal. Names that differ from a key only in blanks and case are mended.
 *
 * @returns whether the file serves as such a table
 */
export function addLookup(file: FileProfile, deals: FileProfile, proposed: ProposedFile, gathered: Gathered): boolean {
  for (const key of file.columns.filter(({ isUnique }) => isUnique)) {
    const byPlain = new Map([...key.words.keys()].map((word) => [plainName(word), word]));
    const column = deals.columns.find((one) => one.type === 'category' && refersTo(one, byPlain));
    if (column === undefined) continue;
    const lookup = fieldOf(file.name.replace(/\.[^.]+$/, ''));
    gathered.lookups[lookup] = { file: file.name, key: key.name };
    const mended = [...column.words.keys()].filter((word) => !key.words.has(word) && byPlain.has(plainName(word)));
    const values = Object.fromEntries(mended.map((word) => [word, byPlain.get(plainName(word)) ?? word]));
    for (const word of mended)
      gathered.questions.push(`"${word}" in "${column.name}" is read as "${values[word]}" of ${file.name}`);
    const from = { column: column.name, ...(mended.length === 0 ? {} : { values }) };
    proposed.more = { ...proposed.more, [fieldOf(column.name)]: mended.length === 0 ? column.name : from };
    for (const { name } of file.columns) {
      if (name !== key.name) proposed.more[fieldOf(name)] = { ...from, lookup, take: name };
    }
    return true;
  }
  return false;
}

function refersTo(column: ColumnProfile, keys: ReadonlyMap<string, string>): boolean {
  const words = [...column.words.keys()];
  return words.length > 1 && words.filter((word) => keys.has(plainName(word))).length >= 0.8 * words.length;
}
