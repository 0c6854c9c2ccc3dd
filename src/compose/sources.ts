import { z } from 'zod';
import { loadMapping } from '../connectors/csv/mapping-schema.ts';
import { openBundle } from '../connectors/csv/open-bundle.ts';
import type { Source } from '../connectors/ports.ts';
import { addSetting, settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/** Where a book's data comes from: a folder, and the mapping that it is read through. */
const knownFolder = z.object({ folder: z.string().min(1), mapping: z.string().min(1).nullable() });
export type KnownFolder = z.infer<typeof knownFolder>;

/** The setting that holds the folders of a book. */
const keyOf = (book: string) => `sources.${book}`;

/** Whether a value may stand in the setting of a book's folders. */
export function isFolders(value: unknown): boolean {
  return z.array(knownFolder).safeParse(value).success;
}

/** The folders that a book is synced from: those that were imported, unless a person has changed the list. */
export async function foldersOf(store: Store, book: string): Promise<KnownFolder[]> {
  const setting = await settingOf(store, keyOf(book));
  return z.array(knownFolder).catch([]).parse(setting?.value);
}

/** Remembers a folder that was imported, so that the daily sync reads it again. */
export async function rememberFolder(
  store: Store,
  { book, by, at, ...known }: KnownFolder & { book: string; by: string; at: number },
): Promise<void> {
  const folders = await foldersOf(store, book);
  if (folders.some(({ folder, mapping }) => folder === known.folder && mapping === known.mapping)) return;
  const value = [...folders.filter(({ folder }) => folder !== known.folder), known];
  await addSetting(store, { key: keyOf(book), value, setAt: at, setBy: by });
}

/** Opens a folder through its mapping. */
export async function openFolder({ folder, mapping }: KnownFolder, book: string, now: number): Promise<Source> {
  return openBundle(folder, { mapping: mapping === null ? undefined : await loadMapping(mapping), now, book });
}
