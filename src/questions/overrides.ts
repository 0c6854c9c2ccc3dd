import { trackRecord } from '../icp/judgements/override.ts';
import { teamsOf } from '../icp/judgements/teams-of.ts';
import { accountNames } from '../store/account-names.ts';
import { allOverrides, knownSince } from '../store/overrides.ts';
import { listPeople } from '../store/people.ts';
import type { Question } from './draft.ts';
import type { ReportCard } from './report-card.ts';
import { overridesReport } from './reports/overrides.ts';

/**
 * Whose word stands beside the model's, and how often overrides were right?
 *
 * @param args.at the moment of the question: what was set, lifted or lapsed by then
 */
export const overridesQuestion: Question<{ at: number }, ReportCard> = async ({ store }, pin, { at }) => {
  const book = pin.book.name;
  const all = await allOverrides(store, book, at);
  const teamOf = teamsOf(await listPeople(store));
  const known = await knownSince(store, { book, importId: pin.importId, asOf: pin.asOf });
  const names = await accountNames(store, book, pin.importId, [...new Set(all.map(({ accountId }) => accountId))]);
  const { text, figures, card } = overridesReport({
    ...{ at, all, record: trackRecord(all, known, teamOf) },
    nameOf: (id) => names.get(id) ?? id,
  });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'overrides', ...card },
    read: [
      `${all.length} overrides of the book ${book}, as they stood at ${new Date(at).toISOString().slice(0, 16)} UTC`,
      `of those, ${known.length} whose account was won or lost after they were set, by a row that came in after they were set`,
      'one that raised an account above the model’s tier was right when it was won, one that lowered it when it was lost',
    ],
  };
};
