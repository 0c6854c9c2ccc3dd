import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import type { IcpModel } from '../model.ts';
import { freshnessOf } from '../staleness.ts';
import type { Instant, Layer, Rate, TimeKind } from '../types.ts';
import { lastValidated } from './last-validated.ts';

const dayMs = 86_400_000;
/** Half of what is known of a field is older than this: a criterion on it stands on old data. */
const staleAfterDays = 365;
/** A source is silent when it has said nothing for so many times its usual pause, and for a week at least. */
const usualPauses = 4;
const shortestSilenceDays = 7;

/** When data of each kind came in, as counted by whoever holds it. */
export interface DataAges {
  sources: readonly { kind: string; source: string; rows: number; days: number; first: Instant; last: Instant }[];
  signals: readonly { kind: string; rows: number; live: number; last: Instant }[];
  fields: readonly { field: string; accounts: number; medianDays: number }[];
}

/** What has grown old, of all that the scores stand on. */
export interface FreshnessFindings {
  asOf: Instant;
  /** `order`: the source has no dates, and nothing can be said about age. */
  timeKind: TimeKind;
  sources: readonly {
    kind: string;
    source: string;
    rows: number;
    last: Instant;
    ageDays: number;
    /** Days between two days with news, on average; `null` where there was only one. */
    usualPauseDays: number | null;
    silent: boolean;
  }[];
  signals: readonly {
    kind: string;
    halfLifeDays: number;
    expiresAfterDays: number;
    last: Instant;
    ageDays: number;
    /** Those that are not too old to count. */
    live: Rate;
  }[];
  /** Criteria of the model in force, the heaviest first. */
  criteria: readonly {
    key: string;
    label: string;
    layer: Layer;
    weight: number;
    field: string;
    /** `null` where nothing dated is known. */
    medianDays: number | null;
    accounts: number;
    /** As of when an analysis last learnt it; `null`: none did. */
    validatedAt: Instant | null;
    stale: boolean;
    why: string | null;
  }[];
}

/**
 * Which sources have gone silent, which kinds of signal have faded, and which criteria stand on old data.
 *
 * A source is held against its own habit: four of its usual pauses without a word is silence. A criterion is stale when
 * half of what is known of its field is older than a year, when no signal is left that could move it, or when no analysis has
 * found it again for a quarter.
 *
 * @param learntAt as of when an analysis last gave points for each criterion, by key
 */
export function findFreshness(
  ages: DataAges,
  {
    model,
    asOf,
    timeKind,
    learntAt,
  }: {
    model: Pick<IcpModel, 'criteria'>;
    asOf: Instant;
    timeKind: TimeKind;
    learntAt: ReadonlyMap<string, Instant>;
  },
): FreshnessFindings {
  if (timeKind === 'order') return { asOf, timeKind, sources: [], signals: [], criteria: [] };
  const ageOf = (last: Instant) => Math.floor((asOf - last) / dayMs);
  const live = ages.signals.reduce((sum, signal) => sum + signal.live, 0);
  const validated = new Map(lastValidated(model.criteria, learntAt, asOf).map((one) => [one.key, one]));
  const fields = new Map(ages.fields.map((age) => [age.field, age]));
  return {
    asOf,
    timeKind,
    sources: ages.sources.map(({ kind, source, rows, days, first, last }) => {
      const usualPauseDays = days < 2 ? null : Math.max(1, Math.round((last - first) / dayMs / (days - 1)));
      const ageDays = ageOf(last);
      const silent = usualPauseDays !== null && ageDays > Math.max(shortestSilenceDays, usualPauses * usualPauseDays);
      return { kind, source, rows, last, ageDays, usualPauseDays, silent };
    }),
    signals: ages.signals.map(({ kind, rows, live: young, last }) => ({
      ...{ kind, ...freshnessOf(kind), last, ageDays: ageOf(last) },
      live: { v: young / rows, ...wilsonInterval(young, rows), n: rows },
    })),
    criteria: model.criteria
      .map(({ key, label, layer, weight, field }) => {
        const age = fields.get(field);
        const { validatedAt, lapsed } = validated.get(key) ?? { validatedAt: null, lapsed: true };
        const onSignals = field === 'signals';
        const old = !onSignals && age !== undefined && age.medianDays > staleAfterDays;
        const faded = onSignals && live === 0;
        const why = old
          ? 'half of what is known is older than a year'
          : faded
            ? 'no signal is young enough to count'
            : lapsed
              ? 'no analysis has found it again for a quarter'
              : null;
        return {
          ...{ key, label, layer, weight, field, accounts: age?.accounts ?? 0, medianDays: age?.medianDays ?? null },
          ...{ validatedAt, stale: old || faded || lapsed, why },
        };
      })
      .sort((a, b) => b.weight - a.weight || (a.key < b.key ? -1 : 1)),
  };
}
