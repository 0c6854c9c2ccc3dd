import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { recordAndRescore, takeBackAndRescore } from '../../../src/compose/record-event.ts';
import { createCompute } from '../../../src/engine/compute/compute.ts';
import { liftCaution, setCaution } from '../../../src/engine/judgements/cautions.ts';
import { verify } from '../../../src/engine/verify/verify.ts';
import { IcpError } from '../../../src/errors.ts';
import { cautionConditions } from '../../../src/questions/caution-conditions.ts';
import { createQuestions } from '../../../src/questions/create-questions.ts';
import type { Questions } from '../../../src/questions/types.ts';
import type { Book } from '../../../src/store/books.ts';
import { latestImport } from '../../../src/store/books.ts';
import { savePerson } from '../../../src/store/people.ts';
import { storedScoreNow } from '../../../src/store/scores.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { marketEnd, withSmallMarket } from '../../support/small-market.ts';

const day = 86_400_000;
const dana = { kind: 'person', email: 'dana@ours.example' } as const;

describe('an event', () => {
  let store: Store;
  let book: Book;
  let questions: Questions;
  let house: Parameters<typeof recordAndRescore>[0];
  /** An account whose score rests on signals. */
  let account: string;
  const on = marketEnd - day;

  before(async () => {
    store = await freshStore();
    ({ book } = await withSmallMarket(store));
    const now = () => marketEnd + day;
    const compute = createCompute();
    questions = createQuestions({ store, now, compute });
    house = { store, compute, now, holder: 'test' };
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' });
    await savePerson(store, { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' });
    const listed = await questions.list({ limit: 50 });
    for (const { id } of listed.card.rows) {
      const { criteria } = (await questions.explain(id)).card.explanation;
      const behind = criteria.some(({ layer, points }) => layer === 'behavioural' && points > 1);
      if (behind) account ??= id;
    }
    assert.ok(account !== undefined, 'the market has an account with behaviour that gives points');
  });
  after(() => store?.close());

  it('mutes what is older, says so on the card, and is undone; receipts of every time hold', async () => {
    const plain = await questions.explain(account);
    const wanted = { accountId: account, kind: 'acquired', note: 'acquired by Globex', on, actor: dana };
    const { event, run } = await recordAndRescore(house, book, wanted);
    assert.equal(run?.importId, await latestImport(store, book.name));
    const muted = await questions.explain(account);
    const { score, warnings } = muted.card.explanation;
    assert.notEqual(score, plain.card.explanation.score);
    assert.match(warnings.join('\n'), /\d+ signals? muted by “acquired by Globex” on 2026-09-30/);
    assert.ok(Number(muted.card.timing.signals) < Number(plain.card.timing.signals));
    assert.equal((await storedScoreNow(store, book.name, account))?.score, score);
    const earlier = await questions.explain(account, { at: on - day });
    assert.doesNotMatch(earlier.card.explanation.warnings.join('\n'), /muted/);
    const again = await takeBackAndRescore(house, book, { eventId: event.id, actor: dana });
    assert.equal(again.changed, true);
    const restored = await questions.explain(account);
    assert.deepEqual(
      [restored.card.explanation.score, restored.card.explanation.criteria],
      [plain.card.explanation.score, plain.card.explanation.criteria],
    );
    for (const { receipt } of [plain, muted, earlier, restored])
      assert.deepEqual((await questions.receipt(receipt)).differences, []);
    assert.equal((await takeBackAndRescore(house, book, { eventId: event.id, actor: dana })).changed, false);
    assert.equal((await verify({ ...house, onProgress: () => {} })).bad, null);
  });

  it('is on the timeline of the account', async () => {
    const { event } = await recordAndRescore(house, book, {
      accountId: account,
      kind: 'merged',
      note: null,
      on,
      actor: dana,
    });
    const { card } = await questions.history(account);
    assert.ok(card.timeline.some(({ what, source }) => what === 'event: merged' && source === 'Dana'));
    await takeBackAndRescore(house, book, { eventId: event.id, actor: dana });
  });

  it('of our own company says on the card of the model what it learnt from before', async () => {
    const middle = marketEnd - 400 * day;
    await recordAndRescore(house, book, { accountId: null, kind: 'repositioned', note: null, on: middle, actor: dana });
    const { card, figures } = await questions.criteria();
    const share = figures.find(({ label }) => label === 'Learnt from before “repositioned”');
    assert.ok(typeof share?.v === 'number' && share.v > 0 && share.v < 1);
    assert.match(
      card.warnings.join('\n'),
      /first touched before “repositioned” on \d{4}-\d\d-\d\d, as Dana recorded; review the criteria/,
    );
  });

  it('is recorded by those who may', async () => {
    const rita = { kind: 'person', email: 'rita@ours.example' } as const;
    const wanted = { accountId: account, kind: 'acquired', note: null, on, actor: rita };
    await assert.rejects(
      recordAndRescore(house, book, wanted),
      (e) => e instanceof IcpError && e.code === 'not_allowed',
    );
    await assert.rejects(
      recordAndRescore(house, book, { ...wanted, actor: dana, kind: ' ' }),
      /the kind of an event has 2 to 60/,
    );
    await assert.rejects(takeBackAndRescore(house, book, { eventId: 99, actor: dana }), /no event has the number 99/);
  });

  it('leaves a caution on every account of a kind, and on no other, until it ends', async () => {
    const [row] = (await questions.list({ limit: 1 })).card.rows;
    assert.ok(row !== undefined);
    const industryOf = async (id: string) =>
      (await questions.history(id)).card.fields.find(({ field }) => field === 'industry')?.value ?? '';
    const industry = await industryOf(row.id);
    const conditions = await cautionConditions(store, book, { industry: industry.toUpperCase() });
    const text = 'we sell them another product since May';
    const { id } = await setCaution(house, { book: book.name, conditions, text, until: null, actor: dana });
    const noted = await questions.explain(row.id);
    assert.match(
      noted.card.explanation.warnings[0] ?? '',
      /^caution \(Industry is .*\): we sell them another product since May, says Dana/,
    );
    const others = (await questions.list({ limit: 50 })).card.rows;
    for (const other of others) {
      const isOfKind = (await industryOf(other.id)) === industry;
      const { warnings } = (await questions.explain(other.id)).card.explanation;
      assert.equal(
        warnings.some((warning) => warning.startsWith('caution')),
        isOfKind,
        other.name,
      );
    }
    assert.equal((await liftCaution(house, { cautionId: id, actor: dana })).changed, true);
    assert.equal((await liftCaution(house, { cautionId: id, actor: dana })).changed, false);
    assert.deepEqual((await questions.receipt(noted.receipt)).differences, []);
    await assert.rejects(cautionConditions(store, book, { colour: 'red' }), /accounts have no field "colour"/);
  });
});
