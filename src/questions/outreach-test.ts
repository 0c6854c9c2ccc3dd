import { noTest, testAt } from '../engine/outreach-test.ts';
import type { OutreachTest } from '../icp/outreach/outreach-test.ts';
import { readPackedHistories } from '../store/histories.ts';
import type { Store } from '../store/store.ts';
import type { Question } from './draft.ts';
import type { Pin } from './pin.ts';
import type { ReportCard } from './report-card.ts';
import { outreachTestReport } from './reports/outreach-test.ts';

/**
 * The test that a question is about: a receipt keeps it, since it may be stopped later.
 *
 * @throws {IcpError} `no_test` when the book has none
 */
export async function testSeen(store: Store, pin: Pin, at: number): Promise<{ test: OutreachTest }> {
  const test = await testAt(store, pin.book.name, at);
  if (test === null) throw noTest(pin.book.name);
  return { test };
}

/** How does the test go: which kinds of accounts reply, and which lead on? */
export const outreachTestQuestion: Question<{ test: OutreachTest }, ReportCard> = async (
  { store, compute },
  pin,
  { test },
) => {
  const found = await compute.outreachTest({ timeKind: pin.book.timeKind, asOf: pin.asOf, test }, () =>
    readPackedHistories(store, pin.book.name, pin),
  );
  const { text, figures, card } = outreachTestReport(found);
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'outreach-test', ...card },
    read: [
      `accounts of the book ${pin.book.name} contacted in the days of the test, with fourteen days to answer, as known by ${new Date(pin.asOf).toISOString().slice(0, 10)}`,
      'parted by sub-industry (industry where that is blank), range of employees, and the latest trigger of the ninety days before',
    ],
  };
};
