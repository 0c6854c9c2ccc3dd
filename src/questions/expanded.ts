import { sql } from 'drizzle-orm';
import { factsOf } from '../icp/account-facts.ts';
import { dayMs } from '../icp/features/calendar.ts';
import { boughtMore } from '../icp/life/bought-more.ts';
import { readHistories } from '../store/histories.ts';
import type { Question } from './draft.ts';
import type { ReportCard } from './report-card.ts';
import { expandedReport } from './reports/expanded.ts';

/** A quarter: what somebody means who asks for the last one. */
const windowDays = 92;

/** Which customers bought more in the last quarter, what they added, and what had set it off. */
export const expandedQuestion: Question<Record<never, never>, ReportCard> = async ({ store }, pin) => {
  const { book, importId, asOf } = pin;
  // Where time is only an order there is no last quarter.
  const after = book.timeKind === 'order' ? Number.NEGATIVE_INFINITY : asOf - windowDays * dayMs;
  const rows = await store.rows<{ id: string }>(sql`
    select distinct account_id as id from (
      select account_id from opportunities
        where book = ${book.name} and import_id <= ${importId}::int and outcome = 'won' and account_id is not null
      union select account_id from outcomes
        where book = ${book.name} and import_id <= ${importId}::int and kind in ('expanded', 'won')
    ) as buyers`);
  const accounts = [];
  const accountIds = rows.map(({ id }) => id);
  for await (const histories of readHistories(store, book.name, { importId, accountIds }))
    for (const history of histories) accounts.push(factsOf(history, { asOf, timeKind: book.timeKind }) ?? []);
  const { text, figures, card } = expandedReport(boughtMore(accounts.flat(), { after, upTo: asOf }), {
    days: book.timeKind === 'order' ? null : windowDays,
    asOf,
  });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'expanded', ...card },
    read: ['every account that ever bought, with its deals and its use'],
  };
};
