import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { ingest } from '../../../src/engine/ingest/ingest.ts';
import { liftOverride, setOverride } from '../../../src/engine/judgements/set-override.ts';
import { IcpError, UsageError } from '../../../src/errors.ts';
import { createQuestions } from '../../../src/questions/create-questions.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import type { Questions } from '../../../src/questions/types.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { savePerson } from '../../../src/store/people.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { aDeal, anAccount, askablePlainBook } from '../../support/plain-book.ts';
import { importRecords, sourceOf } from '../../support/records.ts';
import { analyzeAgain } from '../../support/small-market.ts';

const day = 86_400_000;
const dana = { kind: 'person', email: 'dana@ours.example' } as const;

describe('an override', () => {
  let store: Store;
  let questions: Questions;
  let clock = Date.now();
  const now = () => clock;
  const ports = () => ({ store, now });
  const wanted = (accountId: string, tier: 1 | 2 | 3) => ({
    ...{ book: 'main', accountId, tier, reason: 'they told me so', until: clock + 30 * day, actor: dana },
  });

  before(async () => {
    ({ store } = await askablePlainBook());
    questions = createQuestions({ store, now });
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' });
    await savePerson(store, { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' });
  });
  after(() => store?.close());

  it('stands beside the score of the model, which stays what it was, and its receipt holds when it is over', async () => {
    const plain = await questions.explain('a0020');
    await setOverride(ports(), wanted('a0020', 1));
    const answer = await questions.explain('a0020');
    const { override, score, tier } = answer.card.explanation;
    assert.deepEqual([override?.tier, override?.by, override?.reason], [1, 'Dana', 'they told me so']);
    assert.deepEqual([score, tier], [plain.card.explanation.score, plain.card.explanation.tier]);
    assert.match(fillIn(answer.text, answer.figures), /Dana overrides it to \*tier 1\* until .*“they told me so”/);
    assert.notEqual(answer.receipt, plain.receipt);
    await liftOverride(ports(), { book: 'main', accountId: 'a0020', actor: dana });
    assert.equal((await questions.explain('a0020')).receipt, plain.receipt);
    assert.equal((await questions.receipt(answer.receipt)).same, true);
  });

  it('lapses by itself on its day', async () => {
    await setOverride(ports(), wanted('a0021', 1));
    assert.equal((await questions.explain('a0021')).card.explanation.override?.tier, 1);
    const set = clock;
    clock = set + 30 * day - 1;
    assert.equal((await questions.explain('a0021')).card.explanation.override?.tier, 1);
    clock = set + 30 * day;
    assert.equal((await questions.explain('a0021')).card.explanation.override, null);
    clock = set;
  });

  it('takes the place of the one before, which does not come back when it lapses', async () => {
    await setOverride(ports(), { ...wanted('a0022', 1), until: clock + 60 * day });
    const second = await setOverride(ports(), { ...wanted('a0022', 3), until: clock + 10 * day });
    assert.equal(second.replaced?.tier, 1);
    assert.equal((await questions.explain('a0022')).card.explanation.override?.tier, 3);
    const set = clock;
    clock = set + 11 * day;
    assert.equal((await questions.explain('a0022')).card.explanation.override, null);
    clock = set;
  });

  it('is lifted once, and is in the audit log with who, what and why', async () => {
    await setOverride(ports(), wanted('a0023', 2));
    const lift = () => liftOverride(ports(), { book: 'main', accountId: 'a0023', actor: dana });
    assert.equal((await lift()).changed, true);
    await assert.rejects(lift(), (error) => error instanceof IcpError && error.code === 'no_override');
    const [lifted, set] = await latestAudit(store, 2);
    assert.deepEqual([lifted?.action, set?.action], ['override.lifted', 'override.set']);
    assert.deepEqual([set?.actor, set?.subject], ['dana@ours.example', 'account a0023 of main']);
    assert.equal(set?.details.reason, 'they told me so');
  });

  it('needs a role that may, a reason and a day that is still to come', async () => {
    const rita = { kind: 'person', email: 'rita@ours.example' } as const;
    const refused = setOverride(ports(), { ...wanted('a0024', 1), actor: rita });
    await assert.rejects(refused, /overriding a tier needs one of the roles revops, leader, admin, and Rita is rep/);
    await assert.rejects(setOverride(ports(), { ...wanted('a0024', 1), reason: '  x ' }), UsageError);
    await assert.rejects(setOverride(ports(), { ...wanted('a0024', 1), until: clock }), UsageError);
    await assert.rejects(setOverride(ports(), { ...wanted('a0024', 1), until: clock + 400 * day }), UsageError);
    await addSetting(store, { key: 'governance.overriders', value: ['rep'], setAt: clock, setBy: 'a test' });
    assert.equal((await setOverride(ports(), { ...wanted('a0024', 1), actor: rita })).override.byName, 'Rita');
    await assert.rejects(setOverride(ports(), wanted('a0024', 1)), /needs the role rep, and Dana is revops/);
    await addSetting(store, { key: 'governance.overriders', value: ['revops'], setAt: clock, setBy: 'a test' });
  });

  it('is said beside a row of a list, which keeps the tier of the model', async () => {
    const before = await questions.list({ limit: 50, order: 'worst' });
    const row = before.card.rows[0];
    assert.ok(row !== undefined);
    const other = row.tier === 1 ? 3 : 1;
    await setOverride(ports(), wanted(row.id, other));
    const { card, receipt } = await questions.list({ limit: 50, order: 'worst', tier: row.tier });
    const again = card.rows.find(({ id }) => id === row.id);
    assert.deepEqual([again?.tier, again?.override?.tier, again?.override?.by], [row.tier, other, 'Dana']);
    assert.equal((await questions.receipt(receipt)).same, true);
  });
});

describe('the track record of overrides', () => {
  let store: Store;
  before(async () => {
    ({ store } = await askablePlainBook());
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' });
  });
  after(() => store?.close());

  it('counts those whose account was won or lost afterwards, and nothing that was known before', async () => {
    const start = Date.now();
    let clock = start;
    const now = () => clock;
    const fresh = ['n1', 'n2', 'n3', 'n4'].map((id) =>
      anAccount(id, { values: { industry: id === 'n3' ? 'SaaS' : 'Retail', employees: 100 } }),
    );
    await importRecords(store, fresh);
    await analyzeAgain(store);
    for (const [accountId, tier] of [
      ['n1', 1],
      ['n2', 1],
      ['n3', 3],
      ['n4', 1],
      ['a0000', 3],
    ] as const) {
      const override = { book: 'main', accountId, tier, reason: 'a hunch', until: clock + 90 * day, actor: dana };
      const { override: set } = await setOverride({ store, now }, override);
      if (accountId !== 'a0000') assert.notEqual(set.modelTier, tier);
    }
    const later = start + 40 * day;
    const deals = [
      aDeal('x1', 'n1', { createdAt: start + day, closedAt: start + 20 * day, outcome: 'won' }),
      aDeal('x2', 'n2', { createdAt: start + day, closedAt: start + 21 * day, outcome: 'lost' }),
      aDeal('x3', 'n3', { createdAt: start + day, closedAt: start + 22 * day, outcome: 'lost' }),
      aDeal('x5', 'a0000', { createdAt: start - 9 * day, closedAt: start - day, outcome: 'lost' }),
    ];
    await ingest({ store, now: () => new Date(later) }, sourceOf(deals));
    clock = later + day;
    await analyzeAgain(store, clock);
    const { card, text, figures } = await createQuestions({ store, now }).report('overrides');
    const data = card.data as { judged: { account: string; right: boolean }[]; open: number };
    const judged = data.judged.map(({ account, right }) => `${account} ${right ? 'right' : 'wrong'}`);
    assert.deepEqual(judged, ['Name n1 right', 'Name n2 wrong', 'Name n3 right']);
    assert.match(fillIn(text, figures), /Overrides were right 66\.7 % \(\d+ to \d+ %, n = 3\) of the time/);
  });

  it('says so when nobody has overridden anything', async () => {
    const { store: other, questions } = await askablePlainBook();
    const { text } = await questions.report('overrides');
    assert.match(text, /Nobody has overridden a tier yet/);
    await other.close();
  });
});
