import { muteAt, mutesOf } from '../features/muting.ts';
import { createStandingValues, isUnknown } from '../features/standing-values.ts';
import type { AccountHistory, Observation } from '../history.ts';
import type { FieldValue, Instant } from '../types.ts';

/** A value that was wrong, or not known, and has been put right: the account did not change, what we know of it did. */
export interface Fix {
  field: string;
  before: FieldValue;
  after: FieldValue;
  source: string;
  observedAt: Instant | null;
}

/** What has become known of an account between two days, parted into what happened and what was put right. */
export interface News {
  fixes: readonly Fix[];
  /** The history with either, both or none of the two, as it is to be read at the earlier or at the later day. */
  with(parts: { events: boolean; fixes: boolean; later: boolean }): AccountHistory;
}

/**
 * Parts what has become known of an account since an earlier day.
 *
 * An observation puts something right when it tells of the earlier day or before and was not known then, or when it
 * contradicts what another source says. Everything else has happened since.
 *
 * Read at the earlier day, what has happened since is moved back by the time between the two, so that it is as fresh as it
 * is on the later day: news is not taken for the passing of time.
 *
 * @param before the account as it was known on the earlier day
 * @param now as it is known on the later day
 */
export function splitNews(before: AccountHistory, now: AccountHistory, from: Instant, to: Instant): News {
  const old = upTo(before, from);
  const all = upTo(now, to);
  const known = new Set(old.observations.map(keyOf));
  const standing = createStandingValues();
  standing.resolve(old.observations, from);
  const stands = (field: string): Observation | null => standing.holders[standing.indexOf(field) ?? -1] ?? null;

  const fixes: Fix[] = [];
  const isFix = new Set<Observation>();
  const fresh = all.observations.filter((observation) => !known.has(keyOf(observation)));
  for (const observation of fresh) {
    const { observedAt, source, values } = observation;
    const late = observedAt === null || observedAt <= from;
    const corrected = Object.keys(values).filter((field) => {
      const value = values[field] ?? null;
      const holder = stands(field);
      const said = holder?.values[field] ?? null;
      if (isUnknown(value) || same(value, said)) return false;
      return late || (holder !== null && !isUnknown(said) && holder.source !== source);
    });
    if (corrected.length === 0 && !late) continue;
    isFix.add(observation);
    for (const field of corrected)
      fixes.push({
        ...{ field, before: stands(field)?.values[field] ?? null, after: values[field] ?? null },
        ...{ source, observedAt },
      });
  }
  const kept = new Set(all.observations.map(keyOf));
  const withdrawn = new Set(old.observations.filter((observation) => !kept.has(keyOf(observation))));
  const back = to - from;
  // Of two observations alike the later in the list counts, so each list keeps the order that it came in.
  const observationsWith = (events: boolean, corrections: boolean): readonly Observation[] => {
    if (!events && !corrections) return old.observations;
    const gone = corrections ? [] : old.observations.filter((observation) => withdrawn.has(observation));
    const allowed = (one: Observation) => known.has(keyOf(one)) || (isFix.has(one) ? corrections : events);
    return [...gone, ...all.observations.filter(allowed)];
  };

  return {
    fixes,
    with({ events, fixes: corrections, later }) {
      const observations = observationsWith(events, corrections);
      const history = events ? all : old;
      if (later) return { ...history, observations };
      const seen = (at: Instant) => Math.min(at, from);
      // What an event has muted by the later day is left out, for the event itself cannot be moved back with the signals.
      const recorded = events ? (history.events ?? []) : [];
      const mutes = mutesOf({ customers: [], outcomes: [], events: recorded }, to);
      return {
        ...history,
        ...(events ? { events: [] } : {}),
        observations: observations.map((one) =>
          one.observedAt === null ? one : { ...one, observedAt: seen(one.observedAt) },
        ),
        signals: history.signals
          .filter(({ observedAt }) => muteAt(mutes, observedAt) === null)
          .map((one) => (one.observedAt > from ? { ...one, observedAt: one.observedAt - back } : one)),
        usage: history.usage.map((one) =>
          one.periodStart > from ? { ...one, periodStart: one.periodStart - back } : one,
        ),
        outcomes: history.outcomes.map((one) => ({ ...one, occurredAt: seen(one.occurredAt) })),
        customers: history.customers.map((one) => ({
          ...{ ...one, startedAt: seen(one.startedAt) },
          endedAt: one.endedAt === null ? null : seen(one.endedAt),
        })),
      };
    },
  };
}

/** Only what had happened by a day; what is dated later is not there, or not yet over. */
function upTo(history: AccountHistory, at: Instant): AccountHistory {
  const past = (instant: Instant | null) => instant === null || instant <= at;
  return {
    ...history,
    observations: history.observations.filter(({ observedAt }) => past(observedAt)),
    signals: history.signals.filter(({ observedAt }) => observedAt <= at),
    usage: history.usage.filter(({ periodStart }) => periodStart <= at),
    ...(history.events === undefined ? {} : { events: history.events.filter(({ on }) => on <= at) }),
    outcomes: history.outcomes.filter(({ occurredAt }) => occurredAt <= at),
    customers: history.customers
      .filter(({ startedAt }) => startedAt <= at)
      .map((one) => (past(one.endedAt) ? one : { ...one, endedAt: null, churnReason: null })),
  };
}

function keyOf({ values, observedAt, source }: Observation): string {
  return JSON.stringify([source, observedAt, Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

function same(a: FieldValue, b: FieldValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
