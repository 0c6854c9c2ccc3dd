import type { ScoreChange } from '../../icp/changes/score-change.ts';
import { claimList, releaseList } from '../../store/churn-alerts.ts';
import { listPeople } from '../../store/people.ts';
import type { Store } from '../../store/store.ts';
import type { Notifier } from '../notifier.ts';

/**
 * Tells the owners of accounts whose score moved, each alone and in one message a sync. An account whose owner nobody knows is
 * told to nobody. A message of which nobody knows whether it arrived is not sent again.
 *
 * @returns how many people were told
 */
export async function tellScoreChanges(
  { store, notifier, now }: { store: Store; notifier: Pick<Notifier, 'scoreChanged'>; now: () => number },
  { book, importId, changes }: { book: string; importId: number; changes: readonly ScoreChange[] },
): Promise<number> {
  if (changes.length === 0) return 0;
  const people = new Map((await listPeople(store)).map((person) => [person.email.toLowerCase(), person]));
  let told = 0;
  for (const [email, own] of Map.groupBy(changes, ({ ownerEmail }) => ownerEmail?.toLowerCase() ?? '')) {
    const person = people.get(email);
    if (person === undefined) continue;
    const claim = { book, list: `score changed, to ${email}`, week: `import ${importId}` };
    if (!(await claimList(store, claim, now()))) continue;
    try {
      if ((await notifier.scoreChanged(own, person)) === null) await releaseList(store, claim);
      else told += 1;
    } catch {
      // The notifier has logged it. It may have arrived, so the claim stands.
    }
  }
  return told;
}
