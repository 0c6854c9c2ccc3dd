import { IcpError } from '../../errors.ts';
import type { Flag } from '../../icp/judgements/flag.ts';
import type { ScoreSupport } from '../../icp/score-support.ts';
import type { Person, Role } from '../../icp/types.ts';
import { accountNames } from '../../store/account-names.ts';
import { addAudit } from '../../store/audit.ts';
import { latestImport } from '../../store/books.ts';
import { claimList, releaseList } from '../../store/churn-alerts.ts';
import { addFlag, flagOf, keepAnswer, keepTold, listFlags, supportWhenRaised, toldAt } from '../../store/flags.ts';
import { listPeople, personByName } from '../../store/people.ts';
import { storedScoreNow } from '../../store/scores.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, everyone, requireRole } from '../actor.ts';
import { governanceChannel } from '../governance/governance-channel.ts';
import type { FlagTold, Notifier } from '../notifier.ts';
import { supportNow } from './support-now.ts';
import { usableReason } from './usable-reason.ts';

export const reviewerSetting = 'flags.reviewer';

const answerers: readonly Role[] = ['revops', 'leader', 'admin'];

interface Ports {
  store: Store;
  now: () => number;
  /** `null` while nobody can be told: it is made up for later. */
  tellers: Pick<Notifier, 'flag' | 'flagAnswered'> | null;
}

/**
 * Keeps that somebody finds a score wrong, with the score as it stands and what is behind it, and tells whoever must answer.
 *
 * @returns the reviewer, `null` where there is none
 */
export async function raiseFlag(
  ports: Ports,
  { book, accountId, reason, actor }: { book: string; accountId: string; reason: string | null; actor: Actor },
): Promise<{ flag: Flag; support: ScoreSupport | null; reviewer: Person | null }> {
  const { store } = ports;
  const who = await requireRole(store, actor, { what: 'doubting a score', roles: everyone });
  const at = ports.now();
  const { flag, support } = await store.transaction(async (tx) => {
    const score = await storedScoreNow(tx, book, accountId);
    const behind = score === null ? null : await supportNow(tx, book, accountId);
    const kept = await addFlag(tx, {
      ...{ book, accountId, flaggedBy: who.by, reason, flaggedAt: at },
      ...{ modelVersion: score?.modelVersion ?? null, score: score === null ? null : String(score.score) },
    });
    await addAudit(tx, {
      ...{ at, actor: who.recorded, action: 'flag.raised', subject: `flag ${kept.id}` },
      details: { book, accountId, reason, score: kept.score, ...behind },
    });
    return { flag: kept, support: behind };
  });
  await tellOfFlag(ports, flag);
  return { flag, support, reviewer: await reviewerOf(store) };
}

/**
 * Answers a flag. The first answer stands; whoever comes second is told so.
 *
 * @returns `changed` is false when it had been answered before
 * @throws {IcpError} `not_allowed` for who is neither the reviewer nor in charge of scores; `no_flag`
 */
export async function answerFlag(
  ports: Ports,
  { flagId, answer, actor }: { flagId: number; answer: string; actor: Actor },
): Promise<{ told: FlagTold; changed: boolean }> {
  const { store } = ports;
  const reviewer = await reviewerOf(store);
  const isReviewer = actor.kind === 'person' && reviewer?.email.toLowerCase() === actor.email.toLowerCase();
  const roles = isReviewer ? everyone : answerers;
  const who = await requireRole(store, actor, { what: 'answering a doubt about a score', roles });
  const words = usableReason(answer, 'an answer');
  const at = ports.now();
  const flag = await requireFlag(store, flagId);
  const changed = await store.transaction(async (tx) => {
    if (!(await keepAnswer(tx, flag.id, { by: who.by, answer: words, at }))) return false;
    const subject = `flag ${flag.id}`;
    await addAudit(tx, { at, actor: who.recorded, action: 'flag.answered', subject, details: { answer: words } });
    return true;
  });
  const told = await withNames(store, await requireFlag(store, flagId));
  if (changed) await ports.tellers?.flagAnswered(told, await toldAt(store, flagId));
  return { told, changed };
}

/** Tells of flags that could not be told when they were raised. */
export async function tellOpenFlags(ports: Ports): Promise<number> {
  let told = 0;
  for (const flag of await listFlags(ports.store, { open: true })) if (await tellOfFlag(ports, flag)) told++;
  return told;
}

/** Whoever answers doubts: the person of the setting, or somebody of RevOps. */
export async function reviewerOf(store: Store): Promise<Person | null> {
  const setting = await settingOf(store, reviewerSetting);
  const named = typeof setting?.value === 'string' ? await personByName(store, setting.value) : null;
  return named ?? (await listPeople(store)).find(({ role }) => role === 'revops') ?? null;
}

/** A flag with its names, for whoever tells of it. */
export async function withNames(store: Store, flag: Flag): Promise<FlagTold> {
  const people = await listPeople(store);
  const find = (email: string | null) => people.find((person) => person.email === email) ?? null;
  const importId = (await latestImport(store, flag.book)) ?? 0;
  const names = await accountNames(store, flag.book, importId, [flag.accountId]);
  return {
    flag,
    accountName: names.get(flag.accountId) ?? flag.accountId,
    support: await supportWhenRaised(store, flag.id),
    ...{ raisedBy: find(flag.flaggedBy), answeredBy: find(flag.answeredBy), reviewer: await reviewerOf(store) },
  };
}

/** In the governance channel, or to the reviewer alone where there is none. Claimed first, so that nobody is told twice. */
async function tellOfFlag({ store, now, tellers }: Ports, flag: Flag): Promise<boolean> {
  if (tellers === null) return false;
  const told = await withNames(store, flag);
  const channel = (await governanceChannel(store)) ?? told.reviewer?.slackId ?? null;
  if (channel === null) return false;
  const claim = { book: flag.book, list: `flag ${flag.id}`, week: 'once' };
  if (!(await claimList(store, claim, now()))) return false;
  let posted: Awaited<ReturnType<Notifier['flag']>>;
  try {
    posted = await tellers.flag(told, channel);
  } catch {
    // The notifier has logged it, and nobody knows whether it was told: it is not told again.
    return false;
  }
  if (posted === null) await releaseList(store, claim);
  else await keepTold(store, flag.id, posted, now());
  return posted !== null;
}

async function requireFlag(store: Store, id: number): Promise<Flag> {
  const flag = await flagOf(store, id);
  if (flag === null) throw new IcpError('no_flag', `no flag has the number ${id}; lodestar flags lists them`);
  return flag;
}
