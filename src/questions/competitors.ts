import { IcpError } from '../errors.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

/** Settings that say which tools compete with us, one for each book. */
export const competitorsPrefix = 'technologies.competitors.';

/**
 * The tools that compete with us, as they are set for a book now.
 *
 * @throws {IcpError} `no_competitors` where none are set
 */
export async function competitorsOf(store: Store, book: string): Promise<string[]> {
  const key = competitorsPrefix + book;
  const value = (await settingOf(store, key))?.value;
  const tools = Array.isArray(value) ? value.filter((tool) => typeof tool === 'string') : [];
  if (tools.length === 0)
    throw new IcpError(
      'no_competitors',
      `a list of who uses a competitor needs the tools that compete with us, and none are set for the book ${book}; name them with lodestar settings ${key} '["Dealwright","Zoho CRM"]'`,
    );
  return tools;
}
