import { createSupportOfPlace } from '../icp/twins/support-of-place.ts';
import { readPackedHistories } from '../store/histories.ts';
import type { Question } from './draft.ts';
import { oneHistory } from './one-account.ts';
import type { ReportCard } from './report-card.ts';
import { twinsReport } from './reports/twins.ts';

/** Who is an account most like: the customer that bought more, and the one that left after use? */
export const twinsQuestion: Question<{ account: string }, ReportCard> = async (
  { store, compute },
  pin,
  { account },
) => {
  const { model, catalogue, version } = pin.model;
  const seen = { timeKind: pin.book.timeKind, asOf: pin.asOf, model, catalogue };
  const findings = await compute.twins({ ...seen, book: pin.book.name, accountId: account }, () =>
    readPackedHistories(store, pin.book.name, pin),
  );
  // An account that was never touched is in no list of facts, and has a name all the same.
  const history = await oneHistory(store, pin, account);
  const support = createSupportOfPlace(seen)(history, findings.score);
  const { text, figures, card } = twinsReport({ ...findings, account: { id: account, name: history.name } }, support);
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'twins', ...card },
    read: [
      `every customer of the book ${pin.book.name} as of its first touch, under model version ${version}`,
      'distances are over what each criterion adds: accounts are near where the table sees no difference that counts',
    ],
  };
};
