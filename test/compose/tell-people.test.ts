import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { jobSteps } from '../../src/compose/job-steps.ts';
import { driftChannelSetting, lookForDrift, tellOfAnswers } from '../../src/compose/tell-people.ts';
import type { Compute } from '../../src/engine/compute/compute.ts';
import { governanceChannelSetting } from '../../src/engine/governance/governance-channel.ts';
import { leadsChannelSetting } from '../../src/engine/leads/post-leads.ts';
import type { Anomaly } from '../../src/icp/anomalies/find-anomalies.ts';
import type { Findings } from '../../src/icp/findings.ts';
import type { JobName } from '../../src/jobs/jobs.ts';
import { createQuestions } from '../../src/questions/create-questions.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { ReportCard } from '../../src/questions/report-card.ts';
import type { Answer } from '../../src/questions/types.ts';
import { setBookClock } from '../../src/store/books.ts';
import { addFindings } from '../../src/store/findings.ts';
import { addLeadAnswer, undoLeadAnswer } from '../../src/store/lead-answers.ts';
import { activateModel } from '../../src/store/models.ts';
import { replaceScores } from '../../src/store/scores.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { aLead, aNewAnswer } from '../support/a-lead.ts';
import { keepModel } from '../support/a-proposal.ts';
import { freshStore } from '../support/fresh-store.ts';
import { noTellers } from '../support/no-tellers.ts';
import { anAccount } from '../support/plain-book.ts';
import { importRecords } from '../support/records.ts';
import { onlyBook } from '../support/small-market.ts';

const day = 86_400_000;
/** A Monday, at six. */
const monday = Date.UTC(2026, 5, 1, 6);

const oddWeek = (week: number, more: Partial<Anomaly> = {}): Anomaly => ({
  ...{ kind: 'won', week, count: 19, expected: 6, direction: 'many', p: 0.001 },
  behind: [{ what: 'industry', value: 'Logistics', count: 14, expected: 2 }],
  ...more,
});

describe('what people are told unasked', () => {
  let store: Store;
  let clock = monday;
  let anomalies: Anomaly[] = [];
  let refused = false;
  const told: { channel: string; said: string }[] = [];
  const found = (): Findings => {
    const drift = { verdict: 'nothing beyond chance', alerts: [], watch: { deals: 1, customers: 1 } };
    const kinds = [{ kind: 'won', events: 300, perWeek: 6 }];
    const buyingMix = { by: 'segments', from: null, now: 0, year: 0, groups: [] };
    return {
      ...{ drift, buyingMix, segments: { segments: [] } },
      anomalies: { weeks: 364, from: 0, to: clock, kinds, anomalies },
    } as unknown as Findings;
  };
  const tellers = {
    ...noTellers,
    report: async ({ text, figures, card }: Answer<ReportCard>, channel: string) => {
      const lines = card.sections.flatMap((section) => [section.heading ?? '', ...section.lines]);
      told.push({ channel, said: [text, ...lines].map((line) => fillIn(line, figures)).join('\n') });
      return refused ? null : { channel, ts: '1' };
    },
  };
  const house = () => {
    const compute = { find: async () => found() } as unknown as Compute;
    const log = { debug() {}, info() {}, warn() {}, error() {} };
    const questions = createQuestions({ store, now: () => clock });
    return { store, compute, now: () => clock, holder: 'test', questions, log };
  };
  const set = (key: string, value: unknown) => addSetting(store, { key, value, setAt: clock, setBy: 'a test' });

  before(async () => {
    store = await freshStore();
    const importId = await importRecords(store, [anAccount('a1'), aLead('L1', 'a1'), aLead('L2', 'a1')]);
    await setBookClock(store, 'main', null);
    const version = await keepModel(store, 'main', clock - day);
    await activateModel(store, version, { by: 'a test', at: clock - day, kind: 'first' });
    const run = { book: 'main', modelVersion: version, importId, asOf: clock - day, accounts: 0 };
    await replaceScores(store, run, []);
    const inputs = { seed: 1, hypothesis: null, previous: [], pastVersions: [] };
    const entry = { book: 'main', modelVersion: version, importId, asOf: clock - day, inputs, findings: found() };
    await addFindings(store, entry, clock - day);
  });
  after(() => store.close());

  describe('of a week unlike those before it', () => {
    const look = async () => (await lookForDrift(house(), tellers, await onlyBook(store)))?.written.odd_weeks_told;

    it('is nothing where no channel is set, and nothing while no week is odd', async () => {
      anomalies = [oddWeek(monday - 7 * day)];
      assert.equal(await look(), 0);
      await set(driftChannelSetting, 'C1');
      anomalies = [];
      assert.equal(await look(), 0);
      assert.deepEqual(told, []);
    });

    it('is the week with what is behind it, as it was just found, and that an explanation is a hypothesis', async () => {
      anomalies = [oddWeek(monday - 7 * day)];
      refused = true;
      assert.equal(await look(), 0);
      refused = false;
      assert.equal(await look(), 1, 'what was refused is told again');
      const { channel, said } = told.at(-1) ?? assert.fail('nobody was told');
      assert.equal(channel, 'C1');
      assert.match(said, /in the week of 25 May 2026 there were 19 wins, where about 6 would be usual/);
      assert.match(said, /Behind it: industry Logistics \(14, usual 2\)\. Any explanation is a hypothesis\./);
    });

    it('is told once for each week and kind', async () => {
      const before = told.length;
      clock += day;
      assert.equal(await look(), 0);
      anomalies = [oddWeek(monday - 7 * day), oddWeek(monday - 7 * day, { kind: 'lost' }), oddWeek(monday)];
      assert.equal(await look(), 2);
      assert.equal(told.length, before + 1, 'in one message');
    });
  });

  describe('of the answers of reps', () => {
    const tell = async () => tellOfAnswers(house(), tellers, await onlyBook(store));
    const answer = (leadId: string, at: number, answered: 'accepted' | 'rejected' = 'accepted') =>
      addLeadAnswer(
        store,
        aNewAnswer({ leadId, at, answer: answered, reason: answered === 'accepted' ? null : 'too small' }),
      );

    it('is nothing while the week goes on, where nobody answered, or where no channel is set', async () => {
      clock = monday + day;
      assert.equal(await tell(), false);
      await answer('L1', monday + 2 * day);
      await answer('L2', monday + 3 * day, 'rejected');
      const undone = await answer('L1', monday + 3 * day);
      await undoLeadAnswer(store, undone, 'rae@ours.example', monday + 3 * day + 1);
      clock = monday + 4 * day;
      await set(leadsChannelSetting, 'C2');
      assert.equal(await tell(), false);
    });

    it('is the tally of the week, on Monday and once', async () => {
      const before = told.length;
      clock = monday + 7 * day;
      const run = jobSteps({ ...house(), crm: async () => null, hasCrm: () => false, tellers: null }, tellers).leads;
      const due = { job: 'leads' as JobName, dueAt: clock, attempt: 1, signal: new AbortController().signal };
      assert.equal((await run?.(due))?.written.tallies, 1);
      assert.equal((await run?.(due))?.written.tallies, 0);
      assert.equal(told.length, before + 1);
      const { channel, said } = told.at(-1) ?? assert.fail('nobody was told');
      assert.equal(channel, 'C2');
      assert.match(said, /answered in the 7 days up to 8 Jun 2026, they accepted 50\.0 % .* 2 answers in all/);
    });

    it('is nothing in a week without answers, and goes to those who govern where cards go to their owners', async () => {
      clock = monday + 14 * day;
      assert.equal(await tell(), false);
      await answer('L1', clock + day);
      await set(leadsChannelSetting, 'owner');
      clock += 7 * day;
      assert.equal(await tell(), false, 'no channel of governance is set');
      await set(governanceChannelSetting, 'C3');
      assert.equal(await tell(), true);
      assert.equal(told.at(-1)?.channel, 'C3');
    });
  });
});
