import { factsOf } from '../account-facts.ts';
import { dayMs } from '../features/calendar.ts';
import type { FeatureCatalogue } from '../features/feature-rule.ts';
import { createAccountReader } from '../features/read-account.ts';
import type { AccountHistory } from '../history.ts';
import type { IcpModel } from '../model.ts';
import { type ScoreSupport, supportOf } from '../score-support.ts';
import type { Instant, TimeKind } from '../types.ts';
import { type ReadAccount, weighAccount } from '../weigh-account.ts';

/** What the places were found by. */
interface PlacesSeen {
  model: IcpModel;
  catalogue: FeatureCatalogue;
  timeKind: TimeKind;
  asOf: Instant;
}

/**
 * What stands behind the score of an account at its place: as it is today, or as it was before its first touch where the score
 * is of then.
 *
 * A place is found in rows of values, which do not say how old each is. So the account is read anew, with where its values come
 * from, and the reading that gives the score is the one that was meant. Where neither does, the range is not known.
 */
export function createSupportOfPlace(seen: PlacesSeen): (history: AccountHistory, score: number) => ScoreSupport {
  const { model, catalogue, timeKind, asOf } = seen;
  const read = createAccountReader(catalogue);
  const timing = new Set(catalogue.features.filter(({ part }) => part === 'timing').map(({ key }) => key));
  const beforeTouch = timeKind === 'order' ? 1 : dayMs;
  return (history, score) => {
    const weigh = (account: ReadAccount, at: Instant) =>
      weighAccount({ model, timeKind, history, read: account, asOf: at });
    const today = weigh(read(history, asOf), asOf);
    if (today.scored.score / 10 === score) return supportOf(today);
    const touchedAt = factsOf(history, { asOf, timeKind })?.touchedAt ?? null;
    if (touchedAt !== null) {
      const then = weigh(withoutTiming(read(history, touchedAt - beforeTouch), timing), touchedAt - beforeTouch);
      if (then.scored.score / 10 === score) return supportOf(then);
    }
    return { ...supportOf(today), range: null };
  };
}

/** An account as the rows of first touches have it: they hold no timing. */
function withoutTiming(read: ReadAccount, timing: ReadonlySet<string>): ReadAccount {
  const nowhere = { value: null, observedAt: null, source: null };
  return {
    ...read,
    value: (key) => (timing.has(key) ? null : read.value(key)),
    provenance: (key) => (timing.has(key) ? nowhere : read.provenance(key)),
  };
}
