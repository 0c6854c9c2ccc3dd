import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { acknowledgeLapse, publicationPaused } from '../../../src/engine/governance/publication-paused.ts';
import { tellLapse } from '../../../src/engine/governance/tell-lapse.ts';
import { raiseFlag } from '../../../src/engine/judgements/flags.ts';
import { IcpError } from '../../../src/errors.ts';
import { lapsedOf, planCalibration } from '../../../src/icp/judgements/governance.ts';
import { createQuestions } from '../../../src/questions/create-questions.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { setBookClock } from '../../../src/store/books.ts';
import { savePerson } from '../../../src/store/people.ts';
import { addSetting } from '../../../src/store/settings.ts';
import type { Store } from '../../../src/store/store.ts';
import { askablePlainBook } from '../../support/plain-book.ts';
import { analyzeAgain, marketEnd } from '../../support/small-market.ts';

const day = 86_400_000;
const dana = { kind: 'person', email: 'dana@ours.example' } as const;
const rita = { kind: 'person', email: 'rita@ours.example' } as const;

describe('planCalibration', () => {
  it('misses a run whenever its day is past, and counts the last of them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 0, max: 4000 }), (every, days) => {
        const { next, missed, missedAt } = planCalibration(0, every, days * day);
        assert.equal(next, every * day);
        assert.equal(missed > 0, days >= every);
        if (missedAt !== null) assert.ok(missedAt <= days * day && days * day < missedAt + every * day);
      }),
    );
  });

  it('is acknowledged until the next one is missed, and no longer', () => {
    const plan = (days: number) => ({
      ...{ book: 'main', against: 'conversion' as const, everyDays: 30, last: 0 },
      ...planCalibration(0, 30, days * day),
    });
    assert.equal(lapsedOf([plan(29)], null).length, 0);
    assert.equal(lapsedOf([plan(30)], null).length, 1);
    assert.equal(lapsedOf([plan(59)], 31 * day).length, 0);
    assert.equal(lapsedOf([plan(60)], 31 * day).length, 1);
    assert.equal(lapsedOf([plan(60)], 60 * day).length, 0);
  });
});

describe('publication', () => {
  let store: Store;
  const start = marketEnd;
  before(async () => {
    ({ store } = await askablePlainBook());
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'revops' });
    await savePerson(store, { email: 'rita@ours.example', slackId: 'U3', name: 'Rita', role: 'rep' });
  });
  after(() => store?.close());

  it('pauses after a missed calibration, goes on when somebody answers for it, and pauses at the next', async () => {
    assert.equal(await publicationPaused(store, start + 29 * day), null);
    const why = await publicationPaused(store, start + 30 * day);
    assert.match(
      why ?? '',
      /publication is paused: main was to be calibrated against conversion by 2026-10-31, and it ran last on 2026-10-01/,
    );
    const at = (days: number) => ({ store, now: () => start + days * day });
    const refused = acknowledgeLapse(at(31), { reason: 'migrating', actor: rita });
    await assert.rejects(refused, (error) => error instanceof IcpError && error.code === 'not_allowed');
    await assert.rejects(acknowledgeLapse(at(29), { reason: 'migrating', actor: dana }), /nothing to acknowledge/);
    const { lapsed, by } = await acknowledgeLapse(at(31), { reason: 'migrating the CRM', actor: dana });
    assert.deepEqual([lapsed.map(({ against }) => against), by], [['conversion'], 'Dana']);
    assert.equal(await publicationPaused(store, start + 31 * day), null);
    assert.equal(await publicationPaused(store, start + 59 * day), null);
    assert.match((await publicationPaused(store, start + 60 * day)) ?? '', /against conversion/);
  });

  it('goes on by itself when the analysis has run, and follows the days that are set', async () => {
    await analyzeAgain(store, start + 61 * day);
    assert.equal(await publicationPaused(store, start + 62 * day), null);
    const key = 'governance.calibration.conversion';
    await addSetting(store, { key, value: 7, setAt: start + 62 * day, setBy: 'a test' });
    assert.equal(await publicationPaused(store, start + 67 * day), null);
    assert.notEqual(await publicationPaused(store, start + 68 * day), null);
    await addSetting(store, { key, value: 30, setAt: start + 68 * day, setBy: 'a test' });
  });

  it('of a book whose clock stands is as of that clock', async () => {
    await setBookClock(store, 'main', start + 62 * day);
    assert.equal(await publicationPaused(store, start + 900 * day), null);
    await setBookClock(store, 'main', null);
    assert.notEqual(await publicationPaused(store, start + 900 * day), null);
  });

  it('is told of in the governance channel once for each that is missed', async () => {
    const told: string[] = [];
    const notifier = {
      async lapse(why: string, channel: string) {
        told.push(`${channel} ${why.slice(0, 21)}`);
        return { channel, ts: '1.1' };
      },
    };
    const now = start + (61 + 31) * day;
    assert.equal(await tellLapse({ store, notifier }, now), 'nowhere');
    await addSetting(store, { key: 'governance.channel', value: 'C9', setAt: start, setBy: 'a test' });
    assert.equal(await tellLapse({ store, notifier }, now), 'told');
    assert.equal(await tellLapse({ store, notifier }, now + day), 'told before');
    assert.equal(await tellLapse({ store, notifier }, now + 31 * day), 'told');
    assert.equal(await tellLapse({ store, notifier }, start + 62 * day), 'nothing missed');
    assert.deepEqual(told, ['C9 publication is paused', 'C9 publication is paused']);
  });
});

describe('the governance report', () => {
  let store: Store;
  let clock = Date.UTC(2026, 10, 1);
  const now = () => clock;
  before(async () => {
    ({ store } = await askablePlainBook());
    await savePerson(store, { email: 'dana@ours.example', slackId: 'U2', name: 'Dana', role: 'rep' });
  });
  after(() => store?.close());

  const set = (key: string, value: unknown) =>
    addSetting(store, { key, value, setAt: clock, setBy: 'dana@ours.example' });
  type Data = {
    gaps: string[];
    paused: boolean;
    playbook: { tier: number; text: string | null; version: number | null }[];
  };
  async function report() {
    const answer = await createQuestions({ store, now }).report('governance');
    const lines = answer.card.sections.flatMap(({ lines: own, table }) => [
      ...own,
      ...(table?.rows ?? []).map((row) => row.join(' | ')),
    ]);
    return {
      ...answer,
      data: answer.card.data as Data,
      said: fillIn([answer.text, ...lines].join('\n'), answer.figures),
    };
  }

  it('names every gap of a house that nobody governs, and how to mend it', async () => {
    const { data, said } = await report();
    for (const key of ['definitions', 'criteria', 'signals'])
      assert.match(said, new RegExp(`governance\\.owner\\.${key}`));
    assert.match(said, /nobody is named to answer doubts/);
    assert.match(said, /nobody has written down what happens at tier 3: playbook\.tier3/);
    assert.match(said, /no channel is told of governance/);
    assert.equal(data.paused, true);
    assert.match(said, /Publication is paused/);
  });

  it('answers by name and date when somebody does, and its receipt holds when things change again', async () => {
    clock += day;
    await analyzeAgain(store, clock);
    for (const kind of ['definitions', 'criteria', 'signals']) {
      await set(`governance.owner.${kind}`, 'dana@ours.example');
      await set(`governance.review.${kind}`, '2026-12-01');
    }
    await set('governance.channel', 'C9');
    await set('flags.reviewer', 'dana@ours.example');
    for (const tier of [1, 2, 3]) await set(`playbook.tier${tier}`, `first word on ${tier}`);
    await set('playbook.tier2', 'a call within a week');
    const { data, said, receipt } = await report();
    assert.deepEqual(data.gaps, []);
    assert.match(said, /what counts as accepted.* \| Dana \| 1 Dec 2026 \| $/m);
    assert.match(
      said,
      /Dana owns the definitions\..*Dana answers doubts about scores; none is open\. Nothing is without an owner or a date/,
    );
    assert.match(said, /Tier 2:\* a call within a week \(version 2, since 2 Nov 2026, by dana@ours\.example\)/);
    clock += day;
    await set('governance.owner.signals', 'gone@ours.example');
    await raiseFlag({ store, now, tellers: null }, { book: 'main', accountId: 'a0020', reason: 'odd', actor: dana });
    assert.equal((await createQuestions({ store, now }).receipt(receipt)).same, true);
    const later = await report();
    assert.match(later.said, /gone@ours\.example owns something and is nobody the company knows/);
    assert.match(later.said, /nobody owns all signals/);
  });

  it('names what is overdue: reviews, and flags that wait for more than a week', async () => {
    clock = Date.UTC(2026, 11, 1, 12);
    const { said } = await report();
    assert.match(said, /the review of the criteria and the tiers was due on 2026-12-01, by Dana/);
    assert.match(said, /flag 1 on Name of a0020 waits for an answer since 2026-11-03/);
    assert.match(said, /In the last 30 days: different questions \d+, doubts raised 1, answered 0, overrides 0\./);
  });

  it('says what happens at one tier, with the version of the playbook', async () => {
    const { text, figures } = await createQuestions({ store, now }).report('governance', { about: 'tier 2' });
    assert.match(
      fillIn(text, figures),
      /At tier 2: a call within a week \(version 2 of the playbook, since 2 Nov 2026/,
    );
  });
});
