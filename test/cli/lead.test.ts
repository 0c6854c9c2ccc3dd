import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { WebClient } from '@slack/web-api';
import type { Lodestar } from '../../src/compose/open-lodestar.ts';
import { IcpError } from '../../src/errors.ts';
import type { LeadCard } from '../../src/icp/leads/lead-card.ts';
import { createNotifier } from '../../src/slack/notify.ts';
import { latestImport } from '../../src/store/books.ts';
import { addLeadPost } from '../../src/store/lead-cards.ts';
import { savePerson } from '../../src/store/people.ts';
import { addSetting } from '../../src/store/settings.ts';
import { aLead } from '../support/a-lead.ts';
import { openFolder, ownFolder, runHere } from '../support/command-line.ts';
import { plainBook } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { analyzeAgain, marketEnd } from '../support/small-market.ts';

const day = 86_400_000;

describe('leads on the command line', () => {
  let lodestar: Lodestar;
  const cleanings: (() => void)[] = [];
  const run = (...args: string[]) => runHere(lodestar, ...args);
  const refused = (code: string, ...args: string[]) =>
    assert.rejects(run(...args), (error) => error instanceof IcpError && error.code === code);
  const told = async (...args: string[]) => JSON.parse(await run(...args, '--json'));

  before(async () => {
    const folder = ownFolder({ after: (clean: () => void) => cleanings.push(clean) } as Parameters<
      typeof ownFolder
    >[0]);
    lodestar = await openFolder(folder);
    const leads = [0, 1, 2].map((nth) =>
      aLead(`L${nth}`, `a010${nth}`, { createdAt: marketEnd - nth * day, ownerEmail: 'rae@ours.example' }),
    );
    await importRecords(lodestar.store, [...plainBook(), ...leads]);
    await analyzeAgain(lodestar.store);
    await savePerson(lodestar.store, { email: 'rae@ours.example', slackId: null, name: 'Rae Rep', role: 'rep' });
  });
  after(async () => {
    await lodestar.close();
    for (const clean of cleanings) clean();
  });

  it('lists the open ones, the best first, of everybody or of one person', async () => {
    const all = await told('leads', '--limit', '2');
    assert.deepEqual([all.total, all.leads.length], [3, 2]);
    assert.ok(all.leads[0].score.score >= all.leads[1].score.score);
    assert.equal((await told('leads', '--owner', 'Rae')).total, 3);
    assert.equal((await told('leads', '--owner', 'nobody@ours.example')).total, 0);
  });

  it('acts for a person only where the settings allow it, and records who typed', async () => {
    await refused('not_allowed', 'lead', 'L0', '--accept', '--as', 'rae');
    await addSetting(lodestar.store, { key: 'cli.as', value: true, setAt: 0, setBy: 'test' });
    const before = await latestImport(lodestar.store, 'main');
    const { standing, answer, changed } = await told('lead', 'L0', '--accept', '--as', 'rae');
    assert.deepEqual([standing, answer.by, changed], ['accepted', 'rae@ours.example', true]);
    assert.match(answer.byName, /^Rae Rep, via command line by /);
    assert.equal(typeof answer.modelSaid.score, 'number');
    assert.notEqual(await latestImport(lodestar.store, 'main'), before);
    assert.equal((await told('lead', 'L0', '--accept', '--as', 'rae')).changed, false);
    await analyzeAgain(lodestar.store, Date.now());
    const { timeline } = (await lodestar.questions.history('a0100')).card;
    assert.ok(timeline.some(({ what, source }) => what === 'accepted' && source === 'command line'));
  });

  it('takes a rejection with its reason, and takes it back', async () => {
    await refused('usage', 'lead', 'L1', '--reject', '--as', 'rae');
    await refused('usage', 'lead', 'L1', '--reject', '--accept');
    await refused('no_lead', 'lead', 'L99', '--accept');
    const { answer } = await told('lead', 'L1', '--reject', '--reason', 'too small', '--as', 'rae');
    assert.equal(answer.reason, 'too small');
    const undone = await told('lead', 'L1', '--undo', '--as', 'rae');
    assert.deepEqual([undone.standing, undone.answer], ['open', null]);
  });

  it('lets the message in the channel follow while the app is connected', async () => {
    const shown: { ts: string; standing: string | undefined }[] = [];
    await addLeadPost(lodestar.store, 'main', { channel: 'C1', ts: '7.1', leadIds: ['L1', 'L2'] }, 0);
    const leadChanged = async (cards: readonly LeadCard[], { ts }: { ts: string }) => {
      shown.push({ ts, standing: cards.find(({ leadId }) => leadId === 'L2')?.state.standing });
    };
    const log = { info() {}, warn() {}, error() {} };
    lodestar.tellers = { ...createNotifier({ client: new WebClient(), log }), leadChanged };
    await told('lead', 'L2', '--accept');
    lodestar.tellers = null;
    assert.deepEqual(shown, [{ ts: '7.1', standing: 'accepted' }]);
  });
});
