import type { Crm, CrmOrg, ScoredObject } from '../../connectors/crm.ts';
import { scoredObjects } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import { estimateCalls, rowsInJob } from '../../icp/publishing/estimate-calls.ts';
import { tierMoves } from '../../icp/publishing/tier-moves.ts';
import { type PublishedValues, withRun } from '../../icp/publishing/values-of.ts';
import { accountNames } from '../../store/account-names.ts';
import { addAudit } from '../../store/audit.ts';
import type { Book } from '../../store/books.ts';
import { heldTiersOf } from '../../store/held-tiers.ts';
import { readPackedHistories } from '../../store/histories.ts';
import type { PlanRow } from '../../store/publication-rows.ts';
import {
  addPublication,
  type NewPublication,
  planHashOf,
  publicationUnderWay,
  runIdsOf,
} from '../../store/publications.ts';
import { hasRecords } from '../../store/scored-records.ts';
import { allScores, type ScoreRun } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import { publicationPaused } from '../governance/publication-paused.ts';
import type { Fence } from '../with-lease.ts';
import { requireApprovedModel, requireScores } from './may-publish.ts';
import { planRows, publishedNames } from './plan-rows.ts';
import type { Mover, PlannedObject, PublicationPlan } from './planned.ts';
import { requireOnlyBook } from './published-books.ts';
import { requireFields } from './require-fields.ts';

export interface PlanPorts {
  store: Store;
  crm: Crm;
  compute: Pick<Compute, 'publish'>;
  now: () => number;
  onProgress?: Progress;
  fence?: Fence;
  /** A run id that no other has. */
  newId?: () => string;
}

export interface PlanWanted {
  book: Book;
  /** Who asks: a person or the operator, or `the schedule`. */
  by: string;
  /** Says what would be done, and keeps nothing. */
  dryRun?: boolean;
  /** The hash of a dry run that somebody has looked at: only that plan is kept. */
  planHash?: string;
}

const mostMovers = 10;

/**
 * Plans the writing of a book's scores to the CRM, and freezes the plan: every record whose fields differ from what the org has
 * now, with what it had and what it is to have.
 *
 * @throws {IcpError} `no_model`, `not_approved`, `model_changed`, `scores_behind`, `scores_differ`, `publication_paused`,
 * `publication_under_way`, `other_book`, `crm_not_ready`, `plan_changed`
 */
export async function planPublication(ports: PlanPorts, wanted: PlanWanted): Promise<PublicationPlan> {
  const { store, crm, now, newId = () => crypto.randomUUID() } = ports;
  const { book, by } = wanted;
  const { model, activation } = await requireApprovedModel(store, book.name, by);
  const run = await requireScores(store, book.name, model.version);
  const paused = await publicationPaused(store, now());
  if (paused !== null) throw new IcpError('publication_paused', paused);
  if (wanted.dryRun !== true) await refuseSecond(store, book.name);
  const callsBefore = crm.writer.calls();
  const org = await crm.org();
  await requireOnlyBook(store, org, book.name);
  const objects: ScoredObject[] = [];
  for (const object of scoredObjects) if (await hasRecords(store, object, book.name)) objects.push(object);
  await requireFields(crm, objects, orgInWords(org));

  const id = newId();
  const targets = await targetsOf(ports, book, { run, model, runId: id });
  const runIds = await runIdsOf(store, { book: book.name, orgId: org.id });
  const rows: PlanRow[] = [];
  const counted: PlannedObject[] = [];
  for (const object of objects) {
    ports.onProgress?.(`reading ${object} from ${orgInWords(org)}`);
    const asked = { book: book.name, importId: run.importId, targets, runIds };
    const planned = await planRows(ports, object, asked, rows.length);
    for (const row of planned.rows) rows.push(row);
    counted.push(planned.counts);
  }
  const plan: NewPublication = {
    ...{
      id,
      book: book.name,
      orgId: org.id,
      orgName: org.name,
      orgSetting: org.setting,
      kind: 'publish',
      undoes: null,
    },
    ...{ modelVersion: model.version, modelHash: activation.contentHash, importId: run.importId, scoredAt: run.asOf },
    ...{ plannedAt: now(), by },
  };
  const planHash = planHashOf(plan, rows);
  const kept = wanted.dryRun !== true;
  if (wanted.planHash !== undefined && wanted.planHash !== planHash)
    throw new IcpError(
      'plan_changed',
      `publishing needs the plan ${wanted.planHash.slice(0, 12)} that was looked at, and what would be written now is another one, ${planHash.slice(0, 12)}; look at it with lodestar publish --dry-run`,
    );
  if (kept) await keepPlan(ports, { plan, planHash, rows, calls: crm.writer.calls() - callsBefore, counted });
  return {
    ...(await described(store, plan, { rows, counted, org })),
    notInOrg: targets.size - metAccounts(counted),
    ...{ planHash, kept },
  };
}

/** @throws {IcpError} `publication_under_way` */
export async function refuseSecond(store: Store, book: string): Promise<void> {
  const other = await publicationUnderWay(store, book);
  if (other !== null)
    throw new IcpError(
      'publication_under_way',
      `one publication of the book ${book} goes on at a time, and ${other.id} is ${other.state}${other.reason === null ? '' : ` (${other.reason})`}; lodestar publish goes on with it`,
    );
}

/** Keeps a plan with its rows and who asked for it, all at once. */
export async function keepPlan(
  { store, fence }: Pick<PlanPorts, 'store' | 'fence'>,
  {
    plan,
    planHash,
    rows,
    calls,
    counted,
  }: {
    plan: NewPublication;
    planHash: string;
    rows: readonly PlanRow[];
    calls: number;
    counted: readonly PlannedObject[];
  },
): Promise<void> {
  await store.transaction(async (tx) => {
    await fence?.(tx);
    const other = await addPublication(tx, { ...plan, planHash, calls }, rows);
    if (other !== null) await refuseSecond(tx, plan.book);
    await addAudit(tx, {
      ...{ at: plan.plannedAt, actor: plan.by, action: 'publication.planned', subject: `publication ${plan.id}` },
      details: { ...{ book: plan.book, kind: plan.kind, undoes: plan.undoes, org: plan.orgId, planHash }, counted },
    });
  });
}

/** What a plan would do, for people. */
export async function described(
  store: Store,
  plan: NewPublication,
  { rows, counted, org }: { rows: readonly PlanRow[]; counted: readonly PlannedObject[]; org: CrmOrg },
): Promise<Omit<PublicationPlan, 'notInOrg' | 'planHash' | 'kept'>> {
  const ofAccounts = rows.filter(({ object, state }) => object === 'Account' && state !== 'changed since');
  const widest = rows.reduce((most, { after }) => Math.max(most, JSON.stringify(after).length), 1);
  return {
    ...{ id: plan.id, book: plan.book, kind: plan.kind, org: { id: org.id, name: org.name, setting: org.setting } },
    ...{ modelVersion: plan.modelVersion, scoredAt: plan.scoredAt, objects: counted, fields: publishedNames },
    moves: tierMoves(
      ofAccounts.map(({ before, after }) => ({ from: textOf(before.ICP_Tier__c), to: textOf(after.ICP_Tier__c) })),
    ),
    ...(await moversOf(store, plan, ofAccounts)),
    estimate: estimateCalls(
      counted.map((one) => one.rows),
      rowsInJob(widest),
    ),
  };
}

async function targetsOf(
  { store, compute, onProgress }: PlanPorts,
  book: Book,
  {
    run,
    model,
    runId,
  }: {
    run: ScoreRun;
    model: Awaited<ReturnType<typeof requireApprovedModel>>['model'];
    runId: string;
  },
): Promise<ReadonlyMap<string, PublishedValues>> {
  const lines = await compute.publish(
    {
      ...{ model: model.model, modelVersion: model.version, catalogue: model.catalogue },
      ...{ timeKind: book.timeKind, asOf: run.asOf },
    },
    () => readPackedHistories(store, book.name, { importId: run.importId }),
    onProgress ?? (() => {}),
  );
  const stored = new Map((await allScores(store, book.name)).map((row) => [row.accountId, row]));
  const held = await heldTiersOf(store, book.name);
  const targets = new Map<string, PublishedValues>();
  for (const { accountId, score, tier, values } of lines) {
    const row = stored.get(accountId);
    if (row === undefined || row.score !== score || row.tier !== tier)
      throw new IcpError(
        'scores_differ',
        `publishing needs the scores as they were worked out, and account ${accountId} is stored with ${row?.score ?? 'no score'} and comes out as ${score}; run lodestar score, and lodestar verify if that does not help`,
      );
    targets.set(accountId, withRun(values, { tier: held.get(accountId)?.tier ?? tier, runId }));
  }
  return targets;
}

function metAccounts(counted: readonly PlannedObject[]): number {
  const accounts = counted.find(({ object }) => object === 'Account');
  return accounts === undefined ? 0 : accounts.rows - accounts.cleared + accounts.same;
}

async function moversOf(
  store: Store,
  { book, importId }: NewPublication,
  rows: readonly PlanRow[],
): Promise<Pick<PublicationPlan, 'up' | 'down'>> {
  const moved = rows.flatMap(({ accountId, before, after }) => {
    const [from, to] = [before.ICP_Score__c, after.ICP_Score__c];
    return accountId !== null && typeof from === 'number' && typeof to === 'number' ? [{ accountId, from, to }] : [];
  });
  const byRise = moved.toSorted((a, b) => b.to - b.from - (a.to - a.from) || (a.accountId < b.accountId ? -1 : 1));
  const up = byRise.filter(({ from, to }) => to > from).slice(0, mostMovers);
  const down = byRise
    .filter(({ from, to }) => to < from)
    .reverse()
    .slice(0, mostMovers);
  const ids = [...up, ...down].map(({ accountId }) => accountId);
  const names = await accountNames(store, book, importId, ids);
  const named = (one: Omit<Mover, 'name'>): Mover => ({ ...one, name: names.get(one.accountId) ?? one.accountId });
  return { up: up.map(named), down: down.map(named) };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
