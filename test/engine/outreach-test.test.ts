import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { createCompute } from '../../src/engine/compute/compute.ts';
import { startTest, stopTest, testAt } from '../../src/engine/outreach-test.ts';
import { IcpError, UsageError } from '../../src/errors.ts';
import { answerDirectly, askDirectly } from '../../src/questions/direct-reports.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import { bookOf } from '../../src/questions/pin.ts';
import type { ReportTopic } from '../../src/questions/report-card.ts';
import { latestAudit } from '../../src/store/audit.ts';
import type { Book } from '../../src/store/books.ts';
import { savePerson } from '../../src/store/people.ts';
import { settingHistory } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { askablePlainBook } from '../support/plain-book.ts';
import { marketEnd } from '../support/small-market.ts';

const day = 86_400_000;
const dana = { kind: 'person', email: 'dana@ours.example' } as const;

describe('a test of outreach', () => {
  let store: Store;
  let book: Book;
  let clock = marketEnd;
  const ports = () => ({ store, now: () => clock });
  const wanted = () => ({ book, name: 'spring', hypothesis: 'freight answers', days: 60, from: null, actor: dana });

  before(async () => {
    ({ store } = await askablePlainBook());
    book = { ...(await bookOf(store, undefined)), clock: null };
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' });
    await savePerson(store, { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' });
  });
  after(() => store?.close());

  it('is dated, and its beginning and its end are kept in the history and in the audit log', async () => {
    const begun = await startTest(ports(), wanted());
    assert.equal(begun.endsAt - begun.startsAt, 60 * day);
    assert.deepEqual(await testAt(store, book.name, clock), begun);
    assert.match(JSON.stringify(await latestAudit(store, 1)), /dana@ours\.example.*setting\.set.*test\.main.*spring/);
    await assert.rejects(
      startTest(ports(), wanted()),
      (error) => error instanceof IcpError && /runs until/.test(error.message),
    );
    clock += day;
    await stopTest(ports(), { book: book.name, actor: dana });
    assert.equal(await testAt(store, book.name, clock), null);
    assert.deepEqual(await testAt(store, book.name, clock - 1), begun);
    assert.equal((await settingHistory(store, `test.${book.name}`)).length, 2);
    await assert.rejects(stopTest(ports(), { book: book.name, actor: dana }), IcpError);
  });

  it('is begun by nobody whose role may not, and not without a name or days', async () => {
    const rita = { kind: 'person', email: 'rita@ours.example' } as const;
    await assert.rejects(startTest(ports(), { ...wanted(), actor: rita }), IcpError);
    await assert.rejects(startTest(ports(), { ...wanted(), name: ' ' }), UsageError);
    await assert.rejects(startTest(ports(), { ...wanted(), days: 0 }), UsageError);
  });

  it('is read when it is asked for, like the health of all outreach, and again for a receipt', async () => {
    await startTest(ports(), { ...wanted(), from: marketEnd - 400 * day, days: 300 });
    for (const topic of ['outreach-test', 'health'] satisfies ReportTopic[]) {
      const asked = await askDirectly(store, topic, {}, clock);
      assert.ok(asked !== null);
      const compute = createCompute();
      const draft = await answerDirectly({ store, compute, again: false }, asked.pin, asked.args);
      const cells = draft.card.sections.flatMap(({ lines, table }) => [...lines, ...(table?.rows.flat() ?? [])]);
      for (const words of [draft.text, ...cells]) fillIn(words, draft.figures);
      const kept = JSON.parse(JSON.stringify(asked.args));
      const again = await answerDirectly({ store, compute, again: true }, asked.pin, kept);
      assert.deepEqual(again.figures, draft.figures);
    }
  });
});
