import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type AnalysisInput, analysisJob } from '../../../src/engine/compute/analysis-job.ts';
import { createCompute } from '../../../src/engine/compute/compute.ts';
import type { Job } from '../../../src/engine/compute/job.ts';
import { rescoreJob } from '../../../src/engine/compute/rescore-job.ts';
import { IcpError } from '../../../src/errors.ts';
import type { AccountHistory } from '../../../src/icp/history.ts';
import { aHistory } from '../../support/a-model.ts';

const day = 86_400_000;
const now = Date.parse('2026-09-30');

/** Accounts of three industries, one of which buys much more often than the others, over two years. */
function accounts(n: number): AccountHistory[] {
  return Array.from({ length: n }, (_, nth) => {
    const industry = ['SaaS', 'Retail', 'Media'][nth % 3]!;
    const won = industry === 'SaaS' ? nth % 2 === 0 : nth % 5 === 0;
    const begun = now - (900 - nth) * day;
    return aHistory(`a${String(nth).padStart(4, '0')}`, {
      observations: [
        { values: { industry, employees: 10 + ((nth * 37) % 400) }, observedAt: begun - 9 * day, source: 's' },
      ],
      opportunities: [
        {
          ...{ id: `d${nth}`, createdAt: begun, closedAt: begun + 40 * day, outcome: won ? 'won' : 'lost', amount: 5 },
          ...{ type: 'new', closeDate: begun, budgetConfirmed: true, nextStep: 'call', lossReason: null, source: null },
          ...{ stakeholders: 2, more: {} },
        },
      ],
    });
  });
}

const input: AnalysisInput = {
  ...{ book: 'main', timeKind: 'dates', asOf: now, seed: 1, fields: [], allowed: [], hypothesis: null },
};

function inProcess<Result>(job: Job<Result>, histories: readonly AccountHistory[], chunk = histories.length): Result {
  for (const pass of job.passes.keys()) {
    for (let from = 0; from < histories.length; from += chunk) job.add(pass, histories.slice(from, from + chunk));
  }
  return job.finish(() => {});
}

async function* inChunks(histories: readonly AccountHistory[], size: number) {
  for (let from = 0; from < histories.length; from += size) yield histories.slice(from, from + size);
}

const threads = () => process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length;

describe('the compute worker', () => {
  const histories = accounts(360);
  const compute = createCompute();

  it('gives, byte for byte, what the same job gives in this thread, in whatever chunks the accounts come', async () => {
    const here = inProcess(analysisJob(input), histories);
    const there = await compute.analyze(
      input,
      () => inChunks(histories, 77),
      () => {},
    );
    assert.equal(JSON.stringify(there), JSON.stringify(here));
    assert.equal(here.model.kind, 'learned', here.verdict.sentence);

    const scoring = {
      model: here.model,
      modelVersion: 1,
      catalogue: here.catalogue,
      timeKind: 'dates',
      asOf: now,
    } as const;
    const lines = await compute.rescore(
      scoring,
      () => inChunks(histories, 100),
      () => {},
    );
    assert.deepEqual(lines, inProcess(rescoreJob(scoring), histories));
    assert.equal(lines.length, 360);
  });

  it('finds, byte for byte, with a second thread what one thread finds alone', async () => {
    const thenFind = { seed: 1, hypothesis: null, previous: [], pastVersions: [], past: [] };
    const here = inProcess(analysisJob({ ...input, thenScore: true, thenFind }), histories);
    const there = await compute.analyze(
      { ...input, thenScore: true, thenFind },
      () => inChunks(histories, 77),
      () => {},
    );
    assert.equal(JSON.stringify(there), JSON.stringify(here));
    assert.ok(there.findings !== undefined && there.lines?.length === 360);
  });

  it('tells an error of the second thread while the first one waits for it, and leaves neither behind', async () => {
    const before = threads();
    // A figure as no store would hand it over, which cannot be added to others: usage is first added up beside the learning.
    const used = JSON.parse('{ "metric": "active_users" }');
    used.periodStart = now - 200 * day;
    used.value = 5n;
    const since = { startedAt: now - 300 * day, endedAt: null, churnReason: null };
    const customer = { ...since, arr: 10, renewalOn: null, csOwnerEmail: null };
    const broken = histories.map((history) => ({ ...history, customers: [customer], usage: [used, used] }));
    const thenFind = { seed: 1, hypothesis: null, previous: [], pastVersions: [], past: [] };
    await assert.rejects(
      compute.analyze(
        { ...input, thenFind },
        () => inChunks(broken, 100),
        () => {},
      ),
      (error: unknown) => error instanceof IcpError && error.code === 'analysis' && error.cause instanceof Error,
    );
    assert.equal(threads(), before);
  });

  it('gives the same bytes whatever order the accounts come in', () => {
    const here = inProcess(analysisJob(input), histories);
    const turned = [...histories].reverse();
    assert.equal(JSON.stringify(inProcess(analysisJob(input), turned, 50)), JSON.stringify(here));
  });

  it('tells an error inside as a sentence with its cause, and leaves no thread behind', async () => {
    const before = threads();
    // A history as no store would hand it over: the job falls over it.
    const broken = JSON.parse('[{ "id": "a1" }]');
    await assert.rejects(
      compute.analyze(
        input,
        () => inChunks(broken, 1),
        () => {},
      ),
      (error: unknown) => {
        assert.ok(error instanceof IcpError);
        assert.equal(error.code, 'analysis');
        assert.match(error.message, /nothing was changed$/);
        assert.ok(error.cause instanceof Error, 'the log gets the reason');
        return true;
      },
    );
    assert.equal(threads(), before);
  });

  it('passes on an error of the database that it reads from, and leaves no thread behind', async () => {
    const before = threads();
    async function* dying() {
      yield histories.slice(0, 10);
      throw new Error('the connection is gone');
    }
    await assert.rejects(
      compute.analyze(input, dying, () => {}),
      /the connection is gone/,
    );
    assert.equal(threads(), before);
  });

  it('says what it does while it does it', async () => {
    const said: string[] = [];
    await compute.analyze(
      input,
      () => inChunks(histories, 200),
      (what) => said.push(what),
    );
    assert.ok(said.includes('looking at what is known: 200 accounts'));
    assert.ok(said.includes('building rows as of each first touch: 360 accounts'));
    assert.ok(said.includes('looking for leaks') && said.includes('fitting the levers'));
  });
});
