import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import { activateDue } from '../../src/engine/proposals/activate-due.ts';
import { decideLines } from '../../src/engine/proposals/decide-lines.ts';
import { IcpError, UsageError } from '../../src/errors.ts';
import { shortHash } from '../../src/icp/data-set.ts';
import { describeChange } from '../../src/icp/proposals/describe-change.ts';
import type { BundleRecord } from '../../src/icp/records.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { ReportCard } from '../../src/questions/report-card.ts';
import type { Answer, Questions } from '../../src/questions/types.ts';
import { reportCard } from '../../src/slack/views/report-card.ts';
import { addAudit } from '../../src/store/audit.ts';
import { latestImport } from '../../src/store/books.ts';
import { dataSetAt } from '../../src/store/data-set-at.ts';
import { findingsAt } from '../../src/store/findings.ts';
import type { Store } from '../../src/store/store.ts';
import { keepModel } from '../support/a-proposal.ts';
import { aDeal, anAccount, askablePlainBook } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { complaintsAbout } from '../support/slack-block-kit.ts';
import { analyzeAgain, marketEnd } from '../support/small-market.ts';

const day = 86_400_000;

/** Deals with more companies of the same kinds, of which retailers buy more readily than they did, and large ones most of all. */
const news = Array.from({ length: 240 }, (_, nth): BundleRecord[] => {
  const id = `new${nth}`;
  const industry = ['SaaS', 'Retail', 'Media'][nth % 3] ?? '';
  const large = nth % 2 === 0;
  const won =
    industry === 'Retail' ? large || nth % 5 === 0 : industry === 'SaaS' ? nth % 4 < 2 : large && nth % 5 === 0;
  const begun = marketEnd - (900 - nth * 2) * day;
  const values = { industry, employees: large ? 2_000 + nth : 20 + nth };
  return [
    anAccount(id, { values, observedAt: begun - 9 * day }),
    aDeal(`new-deal${nth}`, id, { createdAt: begun, closedAt: begun + 40 * day, outcome: won ? 'won' : 'lost' }),
  ];
}).flat();

/** A section as a person reads it; fails when a figure is missing or when two have one key. */
function read({ figures, card }: Answer<ReportCard>, heading: string | null): string {
  const keys = figures.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'every figure has a key of its own');
  const section = card.sections.find((one) => one.heading === heading) ?? assert.fail(`there is no ${heading}`);
  const rows = (section.table?.rows ?? []).map((row) => row.join(' | '));
  return [...section.lines, ...rows].map((words) => fillIn(words, figures)).join('\n');
}

describe('the versions of the ICP, from the first training to an approved change', () => {
  let store: Store;
  let questions: Questions;
  let clock = marketEnd;
  const now = () => clock;
  const dataNow = async () => dataSetAt(store, 'main', (await latestImport(store, 'main')) ?? 0);
  before(async () => {
    ({ store } = await askablePlainBook());
    questions = createQuestions({ store, now });
  });
  after(() => store?.close());

  it('say of the first what it was learnt from, and that nothing was before it', async () => {
    const answer = await questions.report('models', { about: '1' });
    const { hash, accounts, records } = await dataNow();
    const learnt = read(answer, 'What it was learnt from');
    assert.match(
      learnt,
      new RegExp(
        `Data set ${hash.slice(0, 12)}: .* records of ${accounts} accounts, 1 of them customers now or before; SHA-256 ${hash}`,
      ),
    );
    assert.equal(answer.figures.find(({ key }) => key === 'records')?.v, records);
    assert.match(
      learnt,
      /Learnt on 1 Oct 2026 by a test\.\nThe book main, everything up to import 1 \(records of a test\)/,
    );
    assert.match(learnt, /No later training came to the same table/);
    assert.equal(read(answer, 'What changed'), 'It is the first: nothing was before it.');
    assert.match(
      fillIn(answer.text, answer.figures),
      /^Version 1 of the ICP of main: in force since 1 Oct 2026, by a test\./,
    );
    assert.deepEqual((await questions.receipt(answer.receipt)).differences, []);
    for (const message of reportCard(answer)) assert.deepEqual(complaintsAbout(message), []);
  });

  it('keep the data set beside what was found in it', async () => {
    const importId = (await latestImport(store, 'main')) ?? 0;
    const found = await findingsAt(store, { book: 'main', importId, asOf: marketEnd });
    assert.deepEqual(found?.inputs.dataSet, await dataNow());
  });

  it('have a training that found nothing new in the log, from the same data', async () => {
    clock += day;
    await analyzeAgain(store, marketEnd, { now });
    const log = read(await questions.report('models'), 'Training log').split('\n');
    const short = shortHash(await dataNow());
    assert.deepEqual(log, [
      'Trainings so far: 2.',
      `2 Oct 2026 | a test | 1 Oct 2026 | ${short}, the same as before | version 1 again: the same`,
      `1 Oct 2026 | a test | 1 Oct 2026 | ${short} | version 1, new`,
    ]);
    assert.match(
      read(await questions.report('models', { about: 'version 1' }), 'What it was learnt from'),
      /Learnt again since to the same table: 1, the last time on 2 Oct 2026/,
    );
  });

  it('say what a candidate would change, line by line as it is proposed, and who decided what and why', async () => {
    const before = await dataNow();
    await importRecords(store, news);
    clock += day;
    const { proposal, candidateVersion } = await analyzeAgain(store, marketEnd, { now });
    assert.ok(proposal !== null && proposal.changes.length > 1);
    assert.equal(candidateVersion, 2);
    assert.notEqual((await dataNow()).hash, before.hash);
    const waiting = await questions.report('models', { about: '2' });
    const lines = proposal.changes.map(({ drafted }) => describeChange(drafted).sentence);
    for (const sentence of lines) assert.ok(read(waiting, 'What changed').includes(sentence), sentence);
    assert.equal(read(waiting, 'What changed').split('\n').length, lines.length + 1);
    assert.match(read(waiting, 'What it was learnt from'), new RegExp(shortHash(await dataNow())));
    assert.match(fillIn(waiting.text, waiting.figures), /: it was never in force\./);
    assert.match(read(waiting, 'Who decided'), /proposal 1, line 1 \| .* \| open \| nobody/);

    clock += day;
    const [first, ...others] = proposal.changes.map(({ number }) => number);
    const asked = { proposalId: proposal.id, actor: { kind: 'operator', name: 'Ada' }, effectiveAt: null } as const;
    await decideLines({ store, now }, { ...asked, lines: others, verdict: 'rejected', reason: 'too few deals' });
    await decideLines(
      { store, now },
      { ...asked, lines: [first ?? 0], verdict: 'approved', reason: 'seen in the field', effectiveAt: clock },
    );
    await activateDue({ store, now }, 'main');
    const made = await questions.report('models', { about: '3' });
    assert.match(
      read(made, 'Who decided'),
      /proposal 1, line 1 \| .* \| approved \| Ada \| 4 Oct 2026 \| seen in the field\nproposal 1, line 2 \| .* \| rejected \| Ada \| 4 Oct 2026 \| too few deals/,
    );
    assert.match(read(made, 'What it was learnt from'), /Learnt on 3 Oct 2026 by a test, as version 2\./);
    assert.match(read(made, 'What it was learnt from'), new RegExp((await dataNow()).hash));
    const changed = proposal.changes[0]?.drafted ?? assert.fail('there is a first line');
    assert.ok(read(made, 'What changed').includes(describeChange(changed).title));
    const replaced = await questions.report('models', { about: '1' });
    assert.match(fillIn(replaced.text, replaced.figures), /it was in force from 1 Oct 2026, by a test, to 4 Oct 2026/);
    for (const { receipt } of [waiting, made]) assert.deepEqual((await questions.receipt(receipt)).differences, []);
  });

  it('are found out when a record was changed in the tables since', async () => {
    const { receipt } = await questions.report('models', { about: '2' });
    await store.db.execute(sql`update opportunities set amount = amount + 1 where id = 'new-deal7'`);
    const { same, differences } = await questions.receipt(receipt);
    await store.db.execute(sql`update opportunities set amount = amount - 1 where id = 'new-deal7'`);
    assert.equal(same, false);
    assert.match(JSON.stringify(differences), /dataHash/);
  });

  it('say where no hash was kept, and show the last twenty trainings', async () => {
    clock += day;
    const version = await keepModel(store, 'main', clock);
    const details = { version, changed: false, importId: 1, asOf: new Date(clock).toISOString(), verdict: 'full' };
    const entry = { actor: 'the weekly analysis', action: 'analysis.finished', subject: 'book main', details };
    for (let nth = 0; nth < 20; nth++) await store.transaction((tx) => addAudit(tx, { ...entry, at: clock }));
    const answer = await questions.report('models', { about: `v${version}` });
    assert.match(read(answer, 'What it was learnt from'), /its hash was not kept when this was learnt/);
    assert.match(read(answer, 'What it does not know'), /no hash was kept/);
    const log = read(await questions.report('models'), 'Training log').split('\n');
    assert.equal(log.filter((line) => line.includes(' | ')).length, 20);
    assert.match(
      log.join('\n'),
      /^Trainings so far: 23\.\nThe 3 before these are in the audit log\.\n5 Oct 2026 \| the weekly/,
    );
    assert.match(log.at(-1) ?? '', new RegExp(`not kept \\| version ${version}, new$`));
  });

  it('are asked for by a number that there is', async () => {
    await assert.rejects(questions.report('models', { about: 'the last one' }), UsageError);
    await assert.rejects(questions.report('models', { about: '99' }), (error: unknown) => {
      assert.ok(error instanceof IcpError);
      return /there is no version 99 of the ICP; there is 1, 2, 3, 4/.test(error.message);
    });
  });
});
