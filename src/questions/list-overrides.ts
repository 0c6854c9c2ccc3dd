import { overridesAt } from '../store/overrides.ts';
import type { Store } from '../store/store.ts';
import type { ListCard } from './types.ts';

/** A list with what people say beside the model's tier: said of rows, and never a reason for a row to be there or not. */
export async function withOverrides(store: Store, card: ListCard, book: string, at: number): Promise<ListCard> {
  const among = card.rows.map(({ id }) => id);
  const said = new Map((await overridesAt(store, book, at, among)).map((one) => [one.accountId, one]));
  return {
    ...card,
    rows: card.rows.map((row) => {
      const found = said.get(row.id);
      if (found === undefined) return row;
      const { tier, until, byName } = found;
      return { ...row, override: { tier, until: new Date(until).toISOString(), by: byName } };
    }),
  };
}
