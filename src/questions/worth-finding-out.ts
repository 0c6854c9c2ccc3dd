import { missingFieldWorth } from '../icp/changes/missing-field-worth.ts';
import { readAccount } from '../icp/features/read-account.ts';
import { supportOf } from '../icp/score-support.ts';
import { weighAccount } from '../icp/weigh-account.ts';
import type { Question } from './draft.ts';
import { oneHistory } from './one-account.ts';
import type { ReportCard } from './report-card.ts';
import { worthFindingOutReport } from './reports/missing-fields.ts';

/** Which field that is not known of an account would it be worth most to find out? */
export const worthFindingOutQuestion: Question<{ account: string }, ReportCard> = async (
  { store },
  pin,
  { account },
) => {
  const { model, catalogue, version } = pin.model;
  const history = await oneHistory(store, pin, account);
  const { timeKind } = pin.book;
  const read = readAccount(history, catalogue, pin.asOf);
  const weighed = weighAccount({ model, timeKind, history, read, asOf: pin.asOf });
  const worth = missingFieldWorth(model, read.value, { seed: model.seed });
  const { text, figures, card } = worthFindingOutReport(worth, { name: history.name, ...supportOf(weighed) });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'missing-fields', ...card },
    read: [
      `account ${account} of the book ${pin.book.name} under model version ${version}, as of ${new Date(pin.asOf).toISOString().slice(0, 10)}`,
      'each unknown field was drawn a thousand times, as often each way as touched accounts have it, and the account scored anew',
    ],
  };
};
