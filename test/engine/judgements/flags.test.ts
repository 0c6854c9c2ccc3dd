import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { tellAuditHead } from '../../../src/engine/governance/tell-audit-head.ts';
import { answerFlag, raiseFlag, tellOpenFlags, withNames } from '../../../src/engine/judgements/flags.ts';
import type { FlagTold, Notifier } from '../../../src/engine/notifier.ts';
import { IcpError } from '../../../src/errors.ts';
import { isOverdue } from '../../../src/icp/judgements/flag.ts';
import { latestAudit } from '../../../src/store/audit.ts';
import { listFlags } from '../../../src/store/flags.ts';
import { activeModel, addModel } from '../../../src/store/models.ts';
import { savePerson } from '../../../src/store/people.ts';
import { allScores, replaceScores, scoreRunOf } from '../../../src/store/scores.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { anAccount, askablePlainBook } from '../../support/plain-book.ts';
import { importRecords } from '../../support/records.ts';

const start = Date.UTC(2026, 10, 1);
const day = 86_400_000;
const rita = { kind: 'person', email: 'rita@ours.example' } as const;
const dana = { kind: 'person', email: 'dana@ours.example' } as const;

describe('a flag', () => {
  let store: Store;
  let told: { flag: FlagTold; channel: string }[];
  let answered: { flag: FlagTold; posts: readonly { channel: string; ts: string }[] }[];
  let reply: () => Promise<{ channel: string; ts: string } | null>;
  const tellers: Pick<Notifier, 'flag' | 'flagAnswered'> = {
    async flag(flag, channel) {
      told.push({ flag, channel });
      return reply();
    },
    async flagAnswered(flag, posts) {
      answered.push({ flag, posts });
    },
  };
  const ports = (more: Partial<Parameters<typeof raiseFlag>[0]> = {}) => ({
    store,
    now: () => start,
    tellers,
    ...more,
  });
  const doubt = { book: 'main', accountId: 'a1', reason: 'they closed', actor: rita };

  before(async () => {
    store = await freshStore();
    await importRecords(store, [anAccount('a1', { name: 'Halden Logistics' })]);
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' });
    await savePerson(store, { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' });
    await savePerson(store, { email: 'carl@ours.example', slackId: 'U4', name: 'Carl', role: 'cs' });
  });
  beforeEach(() => {
    told = [];
    answered = [];
    reply = async () => ({ channel: 'D2', ts: '1.1' });
  });
  after(() => store?.close());

  it('goes to the reviewer, or to the governance channel where there is one', async () => {
    const { reviewer } = await raiseFlag(ports(), doubt);
    assert.deepEqual([reviewer?.name, told[0]?.channel, told[0]?.flag.accountName], ['Dana', 'U2', 'Halden Logistics']);
    assert.equal(told[0]?.flag.raisedBy?.name, 'Rita');
    await addSetting(store, { key: 'governance.channel', value: 'C9', setAt: start, setBy: 'a test' });
    await raiseFlag(ports(), doubt);
    assert.equal(told[1]?.channel, 'C9');
  });

  it('is answered once, by somebody who may, and its message and whoever raised it hear of it', async () => {
    const { flag } = await raiseFlag(ports(), doubt);
    const answer = { flagId: flag.id, answer: 'corrected at the source', actor: dana };
    const refused = answerFlag(ports(), { ...answer, actor: rita });
    await assert.rejects(refused, (error) => error instanceof IcpError && error.code === 'not_allowed');
    const [first, second] = await Promise.all([
      answerFlag(ports(), answer),
      answerFlag(ports(), { ...answer, answer: 'something else', actor: { kind: 'operator', name: 'ops' } }),
    ]);
    assert.deepEqual([first.changed, second.changed].sort(), [false, true]);
    assert.equal(first.told.flag.answer, second.told.flag.answer);
    assert.equal(answered.length, 1);
    assert.deepEqual(answered[0]?.posts, [{ channel: 'D2', ts: '1.1' }]);
    const [last] = await latestAudit(store, 1);
    assert.deepEqual([last?.action, last?.subject], ['flag.answered', `flag ${flag.id}`]);
    await assert.rejects(answerFlag(ports(), { ...answer, flagId: 999 }), /no flag has the number 999/);
  });

  it('may be answered by the reviewer whatever their role', async () => {
    await addSetting(store, { key: 'flags.reviewer', value: 'carl@ours.example', setAt: start, setBy: 'a test' });
    const { flag } = await raiseFlag(ports(), doubt);
    const carl = { kind: 'person', email: 'carl@ours.example' } as const;
    assert.ok((await answerFlag(ports(), { flagId: flag.id, answer: 'it is right', actor: carl })).changed);
    await addSetting(store, { key: 'flags.reviewer', value: 'dana@ours.example', setAt: start, setBy: 'a test' });
  });

  it('is told later when nobody could be told, once, and not again when nobody knows how it ended', async () => {
    await raiseFlag(ports({ tellers: null }), doubt);
    assert.equal(told.length, 0);
    reply = async () => null;
    assert.equal(await tellOpenFlags(ports()), 0);
    reply = async () => ({ channel: 'C9', ts: '2.2' });
    assert.equal(await tellOpenFlags(ports()), 1);
    assert.equal(await tellOpenFlags(ports()), 0);
    await raiseFlag(ports({ tellers: null }), doubt);
    reply = async () => {
      throw new Error('timed out');
    };
    assert.equal(await tellOpenFlags(ports()), 0);
    const tries = told.length;
    reply = async () => ({ channel: 'C9', ts: '3.3' });
    assert.equal(await tellOpenFlags(ports()), 0);
    assert.equal(told.length, tries);
  });

  it('is overdue after a week without an answer', async () => {
    const [open] = await listFlags(store, { open: true });
    assert.ok(open !== undefined);
    assert.deepEqual([isOverdue(open, start + 7 * day), isOverdue(open, start + 7 * day + 1)], [false, true]);
  });

  it('stands in the log whose head is told once a day', async () => {
    const heads: string[] = [];
    const notifier: Pick<Notifier, 'auditHead'> = {
      async auditHead({ head }, channel) {
        heads.push(`${channel} ${head?.seq}`);
        return { channel, ts: '4.4' };
      },
    };
    const [last] = await latestAudit(store, 1);
    assert.equal((await tellAuditHead({ store, notifier }, start)).told, 'told');
    assert.equal((await tellAuditHead({ store, notifier }, start + 1000)).told, 'told before');
    assert.equal((await tellAuditHead({ store, notifier }, start + day)).told, 'told');
    assert.deepEqual(heads, [`C9 ${last?.seq}`, `C9 ${last?.seq}`]);
  });
});

describe('a flag on a score', () => {
  let store: Store;
  before(async () => {
    ({ store } = await askablePlainBook());
    // By points that are only a hypothesis, all are of low evidence but the one of which something was heard lately.
    const learnt = await activeModel(store, 'main');
    const run = await scoreRunOf(store, 'main');
    assert.ok(learnt !== null && run !== null);
    const { book, importId, asOf, catalogue, verdict, model } = learnt;
    const guess = { book, importId, asOf, catalogue, verdict, model: { ...model, standing: 'hypothesis' as const } };
    const modelVersion = await addModel(store, guess, start);
    await replaceScores(store, { ...run, modelVersion }, await allScores(store, 'main'));
    await savePerson(store, { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' });
  });
  after(() => store?.close());

  it('keeps and tells what stood behind the score when it was raised, whatever is scored later', async () => {
    const ports = { store, now: () => start, tellers: null };
    const rough = await raiseFlag(ports, { book: 'main', accountId: 'a0020', reason: null, actor: rita });
    const sure = await raiseFlag(ports, { book: 'main', accountId: 'a0010', reason: null, actor: rita });
    assert.deepEqual([rough.support?.evidence, sure.support?.evidence], ['D', 'C']);
    for (const { flag, support } of [rough, sure]) {
      const score = Number(flag.score);
      assert.ok(support?.range && support.range.low <= score && score <= support.range.high, JSON.stringify(support));
    }
    const run = await scoreRunOf(store, 'main');
    assert.ok(run !== null);
    await replaceScores(store, run, []);
    for (const { flag, support } of [rough, sure]) assert.deepEqual((await withNames(store, flag)).support, support);
  });
});
