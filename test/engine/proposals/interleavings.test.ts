import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import type { Compute } from '../../../src/engine/compute/compute.ts';
import { dryRunJob } from '../../../src/engine/compute/dry-run-job.ts';
import { activateDue } from '../../../src/engine/proposals/activate-due.ts';
import { decideLines } from '../../../src/engine/proposals/decide-lines.ts';
import { draftProposal } from '../../../src/engine/proposals/draft-proposal.ts';
import { editLine } from '../../../src/engine/proposals/edit-line.ts';
import { rollBack } from '../../../src/engine/proposals/roll-back.ts';
import { sweepProposals } from '../../../src/engine/proposals/sweep-proposals.ts';
import { IcpError } from '../../../src/errors.ts';
import type { IcpModel } from '../../../src/icp/model.ts';
import type { ProposalState } from '../../../src/icp/proposals/proposal-state.ts';
import { auditAfter } from '../../../src/store/audit.ts';
import type { Book } from '../../../src/store/books.ts';
import {
  activateModel,
  activationsOf,
  activeModel,
  addModel,
  contentHashOf,
  modelOfVersion,
} from '../../../src/store/models.ts';
import { openEmbedded } from '../../../src/store/open.ts';
import { savePerson } from '../../../src/store/people.ts';
import { proposalsOf } from '../../../src/store/proposals.ts';
import type { Store } from '../../../src/store/store.ts';
import { aBin, aCriterion, aModel } from '../../support/a-model.ts';
import { freshStore } from '../../support/fresh-store.ts';

const hour = 3_600_000;
const start = Date.parse('2026-03-02T06:00:00Z');
const emails = ['rita@ours.example', 'ada@ours.example'] as const;

/** Without accounts there is nothing to score, and the thread is not what is tried here. */
const compute = {
  dryRun: async (input) => {
    const job = dryRunJob(input);
    return job.finish(() => {});
  },
} satisfies Pick<Compute, 'dryRun'> as unknown as Compute;

type Step =
  | { do: 'propose'; points: readonly number[]; primary: number }
  | { do: 'approve' | 'reject'; line: number; who: number; inDays: number | null }
  | { do: 'approve all'; who: number }
  | { do: 'edit'; line: number; weight: number; who: number }
  | { do: 'wait'; hours: number }
  | { do: 'the clock' }
  | { do: 'roll back'; version: number; who: number }
  | { do: 'lose the role' | 'get the role'; who: number }
  | { do: 'restart' };

const who = fc.nat({ max: 1 });
const line = fc.integer({ min: 1, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('propose' as const),
      points: fc.array(fc.integer({ min: -300, max: 300 }), { minLength: 3, maxLength: 3 }),
      primary: fc.integer({ min: 60, max: 80 }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('approve' as const, 'reject' as const),
      line,
      who,
      inDays: fc.option(fc.integer({ min: 0, max: 3 })),
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('approve all' as const), who }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('edit' as const),
      line,
      weight: fc.integer({ min: 1, max: 50 }).map((n) => n / 100),
      who,
    }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 4, arbitrary: fc.constant({ do: 'the clock' as const }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('roll back' as const), version: fc.integer({ min: 1, max: 6 }), who }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('lose the role' as const, 'get the role' as const), who }) },
);
const stepOrRestart = fc.oneof(
  { weight: 6, arbitrary: step },
  { weight: 1, arbitrary: fc.constant({ do: 'restart' as const }) },
);

/** A model of three criteria and a cut. */
function modelWith(points: readonly number[], primary: number): IcpModel {
  return aModel({
    kind: 'learned',
    criteria: points.map((most, nth) =>
      aCriterion(`c${nth}`, [aBin({ kind: 'is', values: ['yes'] }, most), aBin({ kind: 'other' }, -100 - nth)]),
    ),
    cuts: { primary, nurture: 40 },
  });
}

describe('proposals under any interleaving', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-restarts-'));
  let store: Store;
  before(async () => {
    store = await freshStore();
  });
  after(async () => {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let round = 0;
  /** A book of its own for each run, so that one store serves all. */
  async function play(steps: readonly Step[]): Promise<void> {
    round += 1;
    const book: Book = { name: `b${round}`, timeKind: 'dates', clock: null };
    let now = start;
    let ports = { store, compute, now: () => now };
    for (const email of emails) await savePerson(store, { email, name: email, role: 'revops', slackId: null });
    const catalogue = {
      asOf: start,
      timeKind: 'dates' as const,
      features: [],
      rules: [],
      setAside: [],
      sizeBuckets: [],
      painPhrases: [],
      seenFrom: null,
      accounts: 0,
    };
    const learn = (model: IcpModel) =>
      addModel(
        store,
        {
          book: book.name,
          importId: 1,
          asOf: start,
          model: { ...model, book: book.name },
          catalogue,
          verdict: 'learnt',
        },
        now,
      );
    const first = await learn(modelWith([100, 50, 20], 70));
    await activateModel(store, first, { by: 'the first analysis', at: now });

    const approvedEver = new Map<string, string>();
    const attempt = async (work: () => Promise<unknown>): Promise<void> => {
      try {
        await work();
      } catch (error) {
        // Refusals are sentences for people; anything else is a fault.
        assert.ok(error instanceof IcpError, String(error));
      }
    };
    const actor = (nth: number) => ({ kind: 'person' as const, email: emails[nth] ?? emails[0] });
    const newest = async () => (await proposalsOf(store, book.name))[0];
    for (const each of steps) {
      switch (each.do) {
        case 'propose': {
          const candidateVersion = await learn(modelWith(each.points, each.primary));
          await draftProposal(ports, { book, asOf: start, importId: 1, candidateVersion, by: 'the weekly analysis' });
          break;
        }
        case 'approve':
        case 'reject': {
          const proposal = await newest();
          if (proposal === undefined) break;
          const { line: number, inDays } = each;
          await attempt(() =>
            decideLines(ports, {
              ...{ proposalId: proposal.id, lines: [number], actor: actor(each.who) },
              ...{ verdict: each.do === 'approve' ? 'approved' : 'rejected', reason: 'because' },
              effectiveAt: inDays === null ? null : now + 24 * hour * inDays,
            }),
          );
          break;
        }
        case 'approve all': {
          const proposal = await newest();
          if (proposal === undefined) break;
          const asked = {
            proposalId: proposal.id,
            lines: 'all',
            verdict: 'approved',
            reason: null,
            effectiveAt: null,
          } as const;
          await attempt(() => decideLines(ports, { ...asked, actor: actor(each.who) }));
          break;
        }
        case 'edit': {
          const proposal = await newest();
          if (proposal === undefined) break;
          const edit = {
            proposalId: proposal.id,
            line: each.line,
            edit: { weight: each.weight },
            actor: actor(each.who),
          };
          await attempt(() => editLine(ports, edit));
          break;
        }
        case 'wait':
          now += each.hours * hour;
          break;
        case 'the clock':
          await sweepProposals(ports, book.name);
          await activateDue(ports, book.name);
          break;
        case 'roll back': {
          const back = {
            book: book.name,
            version: first + each.version - 1,
            reason: 'it did harm',
            actor: actor(each.who),
          };
          await attempt(() => rollBack(ports, back));
          break;
        }
        case 'restart':
          await store.close();
          store = await openEmbedded(folder);
          ports = { ...ports, store };
          break;
        case 'lose the role':
        case 'get the role': {
          const email = emails[each.who] ?? emails[0];
          await savePerson(store, {
            email,
            name: email,
            role: each.do === 'lose the role' ? 'rep' : 'revops',
            slackId: null,
          });
          break;
        }
      }
      await holds(await proposalsOf(store, book.name, 100));
    }
    // In the end the clock settles whatever is left.
    now += 30 * 24 * hour;
    for (let nth = 0; nth < 3; nth += 1) {
      await sweepProposals(ports, book.name);
      await activateDue(ports, book.name);
    }
    const settled = await proposalsOf(store, book.name, 100);
    await holds(settled);
    for (const { id, standing } of settled)
      assert.ok(standing !== 'open' && standing !== 'scheduled', `proposal ${id}: ${standing}`);

    async function holds(proposals: readonly ProposalState[]): Promise<void> {
      const history = await activationsOf(store, book.name);
      const active = await activeModel(store, book.name);
      assert.ok(active !== null);
      assert.equal(active.version, history.at(-1)?.version, 'the latest activation is in force');
      for (const { version, kind, contentHash, proposalId } of history) {
        const model = await modelOfVersion(store, version);
        assert.ok(model !== null);
        assert.equal(contentHashOf(model), contentHash, `version ${version} is what was activated`);
        if (kind === 'first') assert.equal(version, first, 'nothing comes into force by itself but the first');
        if (kind === 'rolled back')
          assert.ok(history.some((other) => other.version === version && other.kind !== 'rolled back'));
        if (kind !== 'approved') continue;
        const proposal = proposals.find(({ id }) => id === proposalId);
        assert.equal(proposal?.scheduled?.contentHash, contentHash, 'what is active is what was approved, by its hash');
        assert.ok(proposal?.changes.some(({ standing }) => standing === 'approved'));
      }
      for (const { id, standing, changes, because } of proposals) {
        for (const { number, decided, standing: as } of changes) {
          if (decided === null) continue;
          const key = `${id} ${number}`;
          approvedEver.set(key, approvedEver.get(key) ?? `${as} by ${decided.by}`);
          assert.equal(`${as} by ${decided.by}`, approvedEver.get(key), 'a decision stands as it was made');
        }
        const approved = changes.some(({ standing: as }) => as === 'approved');
        if (approved)
          assert.ok(
            standing === 'open' ||
              standing === 'scheduled' ||
              standing === 'active' ||
              (standing === 'stale' && because !== null),
            `what was approved in proposal ${id} is not lost: ${standing}`,
          );
      }
    }
  }

  it('never puts in force what nobody approved, and never loses what somebody did', { timeout: 200_000 }, async () => {
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), play), {
      numRuns: 40,
      endOnFailure: true,
    });
    await logIsWhole();
  });

  it('holds just the same when the app is restarted in between', { timeout: 200_000 }, async () => {
    await store.close();
    store = await openEmbedded(folder);
    await fc.assert(fc.asyncProperty(fc.array(stepOrRestart, { minLength: 8, maxLength: 24 }), play), {
      numRuns: 8,
      endOnFailure: true,
    });
    await logIsWhole();
  });

  async function logIsWhole(): Promise<void> {
    const log = await auditAfter(store, 0, 100_000);
    assert.deepEqual(
      log.map(({ seq }) => seq),
      log.map((_, nth) => nth + 1),
      'the audit log has no gaps',
    );
    assert.ok(log.filter(({ action }) => action === 'model.activated').length > 0, 'some of it came into force');
  }
});
