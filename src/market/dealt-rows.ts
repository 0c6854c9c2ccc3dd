import { opportunitiesFile } from './files/opportunities.ts';
import type { Market } from './market.ts';
import type { PlannedDeal, Story } from './plan.ts';

/** A deal as it was planned, beside what was written about it. */
export interface DealtRow {
  account: number;
  deal: PlannedDeal;
  id: string;
  amount: number;
  /** What was quoted; `null` where nobody wrote it down. */
  listPrice: number | null;
}

/** Every deal with its row, in the order of the file. */
export function* dealtRows(market: Market, stories: readonly Story[]): Generator<DealtRow> {
  const { header, rows } = opportunitiesFile(market, stories);
  const [id, amount, listPrice] = ['opportunity_id', 'amount', 'list_price'].map((column) => header.indexOf(column));
  const written = rows[Symbol.iterator]();
  for (const [account, { deals }] of stories.entries()) {
    for (const deal of deals) {
      const row: readonly string[] = written.next().value ?? [];
      const quoted = row[listPrice ?? -1] ?? '';
      yield {
        ...{ account, deal, id: row[id ?? -1] ?? '', amount: Number(row[amount ?? -1]) },
        listPrice: quoted === '' ? null : Number(quoted),
      };
    }
  }
}
