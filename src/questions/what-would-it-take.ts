import { IcpError } from '../errors.ts';
import { changeableFacts } from '../icp/changes/changeable.ts';
import { whatWouldItTake } from '../icp/changes/what-would-it-take.ts';
import { readAccount } from '../icp/features/read-account.ts';
import { supportOf } from '../icp/score-support.ts';
import { weighAccount } from '../icp/weigh-account.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import { oneHistory } from './one-account.ts';
import type { ReportCard } from './report-card.ts';
import { whatWouldItTakeReport } from './reports/what-would-it-take.ts';

export interface WhatWouldItTakeArguments {
  account: string;
  /** The next better one when not given. */
  tier?: 1 | 2;
  /** Keys or fields that could be changed: a receipt keeps the list of the day. `null`: nobody has set one. */
  changeable: readonly string[] | null;
}

/** The list of facts that a person has marked as changeable for a book, from the setting `facts.changeable.BOOK`. */
export async function changeableOf(store: Store, book: string): Promise<readonly string[] | null> {
  const setting = await settingOf(store, `facts.changeable.${book}`);
  return Array.isArray(setting?.value) ? setting.value.filter((name) => typeof name === 'string') : null;
}

/** What would it take for an account to be a tier better? The smallest set of facts that could be changed and would do it. */
export const whatWouldItTakeQuestion: Question<WhatWouldItTakeArguments, ReportCard> = async ({ store }, pin, args) => {
  const { model, catalogue, version } = pin.model;
  const history = await oneHistory(store, pin, args.account);
  const { timeKind } = pin.book;
  const read = readAccount(history, catalogue, pin.asOf);
  const weighed = weighAccount({ model, timeKind, history, read, asOf: pin.asOf });
  const { tier } = weighed.scored;
  const wanted = args.tier ?? (tier === 3 ? 2 : 1);
  if (wanted !== 1 && wanted !== 2)
    throw new IcpError('no_tier', `an account can be lifted to tier 1 or tier 2, got ${String(wanted)}`);
  const take = whatWouldItTake(model, read.value, wanted, changeableFacts(args.changeable));
  const { text, figures, card } = whatWouldItTakeReport(take, { name: history.name, ...supportOf(weighed) });
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'what-would-it-take', ...card },
    read: [
      `account ${args.account} of the book ${pin.book.name} under model version ${version}, as of ${new Date(pin.asOf).toISOString().slice(0, 10)}`,
      'every set of one change, then of two and so on was scored in full; industry, headquarters, founding and what has happened were left as they are',
    ],
  };
};
