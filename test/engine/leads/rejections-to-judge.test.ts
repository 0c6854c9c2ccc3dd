import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { answerLead } from '../../../src/engine/leads/answer-lead.ts';
import { rejectionsToJudge } from '../../../src/engine/leads/rejections-to-judge.ts';
import { reportBack } from '../../../src/engine/leads/report-back.ts';
import type { Notifier } from '../../../src/engine/notifier.ts';
import { decideLines } from '../../../src/engine/proposals/decide-lines.ts';
import { systematicRejections } from '../../../src/icp/leads/systematic-rejections.ts';
import { savePerson } from '../../../src/store/people.ts';
import { proposalsOf } from '../../../src/store/proposals.ts';
import type { Store } from '../../../src/store/store.ts';
import { aLead } from '../../support/a-lead.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { plainBook } from '../../support/plain-book.ts';
import { importRecords } from '../../support/records.ts';
import { analyzeAgain, marketEnd, onlyBook } from '../../support/small-market.ts';

const day = 86_400_000;

/** Of three accounts, the second is in retail. Those of other industries were taken on lately, as the source says. */
const leads = Array.from({ length: 60 }, (_, nth) => {
  const account = `a${String(150 + nth).padStart(4, '0')}`;
  const retail = (150 + nth) % 3 === 1;
  const taken = { status: 'accepted', decidedAt: marketEnd - 20 * day } as const;
  return aLead(`L${nth}`, account, { createdAt: marketEnd - 30 * day, ...(retail ? {} : taken) });
});

describe('rejectionsToJudge', () => {
  let store: Store;
  const find = async () => {
    const judged = await rejectionsToJudge(store, await onlyBook(store), marketEnd);
    assert.ok(judged !== null);
    return systematicRejections(judged);
  };
  before(async () => {
    store = await freshStore();
    await importRecords(store, [...plainBook(), ...leads]);
    await savePerson(store, { email: 'rae@ours.example', slackId: null, name: 'Rae Rep', role: 'rep' });
  });
  after(() => store.close());

  it('has nothing to judge while there is no model', async () => {
    assert.equal(await rejectionsToJudge(store, await onlyBook(store), marketEnd), null);
    await analyzeAgain(store);
    assert.deepEqual(await find(), []);
  });

  it('finds what ten planted rejections of one industry have in common, and not what nine have', async () => {
    const retail = leads.filter(({ status }) => status === 'open');
    for (const [nth, { id }] of retail.slice(0, 10).entries()) {
      if (nth === 9) assert.deepEqual(await find(), []);
      await answerLead(
        { store, now: () => marketEnd },
        {
          book: 'main',
          leadId: id,
          actor: { kind: 'person', email: 'rae@ours.example' },
          answer: 'rejected',
          reason: 'they never buy',
        },
      );
    }
    const [change, ...more] = await find();
    assert.deepEqual(more, []);
    assert.deepEqual(
      change?.rule.conditions.map(({ key, match }) => [key, match]),
      [['industry', { kind: 'is', values: ['Retail'] }]],
    );
    assert.deepEqual(
      change?.because?.answers.map(({ leadId }) => leadId),
      retail.slice(0, 10).map(({ id }) => id),
    );
  });

  it('is a line of the next proposal, which cites them, and of the one after while nobody has decided', async () => {
    for (const again of [false, true]) {
      const { proposal } = await analyzeAgain(store);
      const line = proposal?.changes.find(({ drafted }) => drafted.kind === 'anti-pattern added' && drafted.because);
      assert.ok(line?.drafted.kind === 'anti-pattern added', `again: ${again}`);
      assert.equal(line.drafted.because?.answers.length, 10);
    }
  });

  it('tells the reps what was decided, each once, and does not cite their answers again', async () => {
    const [proposal] = await proposalsOf(store, 'main');
    const line = proposal?.changes.find(({ drafted }) => drafted.kind === 'anti-pattern added' && drafted.because);
    assert.ok(proposal !== undefined && line !== undefined);
    const told: string[] = [];
    const notifier: Pick<Notifier, 'reportBack'> = {
      async reportBack({ standing, decided }, person) {
        told.push(`${person.name}: ${standing} by ${decided.byName}`);
        return { channel: 'D1', ts: '1.1' };
      },
    };
    const report = () => reportBack({ store, notifier, now: () => marketEnd }, 'main');
    assert.equal(await report(), 0);
    await decideLines(
      { store, now: () => marketEnd },
      {
        ...{ proposalId: proposal.id, lines: [line.number], verdict: 'rejected', reason: 'they buy in the end' },
        ...{ effectiveAt: null, actor: { kind: 'operator', name: 'Dana' } },
      },
    );
    assert.deepEqual(await find(), []);
    assert.deepEqual([await report(), await report()], [1, 0]);
    assert.deepEqual(told, ['Rae Rep: rejected by Dana']);
  });
});
