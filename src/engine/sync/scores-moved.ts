import type { Occasion, ScoreChange } from '../../icp/changes/score-change.ts';
import { type ScoreSide, scoreOf } from '../../icp/changes/score-side.ts';
import { whyChanged } from '../../icp/changes/why-changed.ts';
import type { AccountHistory } from '../../icp/history.ts';
import { readHistories } from '../../store/histories.ts';
import { modelOfVersion } from '../../store/models.ts';
import { type ScoreRun, scoreRunOf } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { SyncOutcome } from './summarise-sync.ts';

/** So many are told of one sync. */
const mostTold = 10;

type Side = Omit<ScoreSide, 'history'> & { histories: ReadonlyMap<string, AccountHistory> };

/**
 * The accounts of which a sync brought an outcome and whose score is not what it was, with why: those that moved to another
 * tier first, then the largest moves. Both sides are worked out from what each run could see.
 *
 * @param before the run that stood before the sync; `null` where nothing was scored
 */
export async function scoresMoved(
  store: Store,
  { outcomes, before }: { outcomes: readonly SyncOutcome[]; before: ScoreRun | null },
): Promise<ScoreChange[]> {
  const now = before === null || outcomes.length === 0 ? null : await scoreRunOf(store, before.book);
  if (before === null || now === null) return [];
  const occasions = new Map<string, Occasion[]>();
  for (const { accountId, kind } of outcomes)
    occasions.set(accountId, [...new Set([...(occasions.get(accountId) ?? []), kind])]);
  const [old, recent] = [await sideOf(store, before, occasions), await sideOf(store, now, occasions)];
  if (old === null || recent === null) return [];
  const moved: { from: ScoreSide; to: ScoreSide; tiers: number; points: number }[] = [];
  for (const [id, history] of recent.histories) {
    const earlier = old.histories.get(id);
    if (earlier === undefined) continue;
    // Two readings of an account take a while, there may be hundreds, and Slack waits three seconds at most.
    await new Promise((resolve) => setImmediate(resolve));
    const [from, to] = [
      { ...old, history: earlier },
      { ...recent, history },
    ];
    const [was, is] = [scoreOf(from), scoreOf(to)];
    if (was.score === is.score && was.tier === is.tier) continue;
    moved.push({ from, to, tiers: Math.abs(is.tier - was.tier), points: Math.abs(is.score - was.score) });
  }
  moved.sort((a, b) => b.tiers - a.tiers || b.points - a.points || (a.to.history.id < b.to.history.id ? -1 : 1));
  return moved.slice(0, mostTold).map(({ from, to }): ScoreChange => {
    const { id, name, ownerEmail } = to.history;
    const { criteria, ...changed } = whyChanged(from, to);
    const about = { accountId: id, name, ownerEmail, occasions: occasions.get(id) ?? [] };
    return { ...about, from: changed.from, to: changed.to, parts: changed.parts, most: criteria[0] ?? null };
  });
}

async function sideOf(
  store: Store,
  { book, importId, asOf, modelVersion }: ScoreRun,
  about: ReadonlyMap<string, unknown>,
): Promise<Side | null> {
  const under = await modelOfVersion(store, modelVersion);
  if (under === null) return null;
  const histories = new Map<string, AccountHistory>();
  for await (const chunk of readHistories(store, book, { importId, accountIds: [...about.keys()] }))
    for (const history of chunk) histories.set(history.id, history);
  return { under, at: asOf, histories };
}
