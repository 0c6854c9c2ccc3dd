import type { MeaningfulUse } from './churn.ts';
import { createDealRows } from './deal-rows.ts';
import { dayMs, daysBetween } from './features/calendar.ts';
import type { FeatureCatalogue } from './features/feature-rule.ts';
import { createHashSample } from './features/hash-sample.ts';
import { landmarkHorizonDays, landmarksOf, watchedFrom } from './features/landmarks.ts';
import { isOutcomeTimeField } from './features/outcome-time-fields.ts';
import { createFeatureReader } from './features/read-features.ts';
import type { AccountHistory } from './history.ts';
import { type DerivedOutcomes, deriveOutcomes } from './outcomes.ts';
import type { Horizons, TrainingSet } from './training-set.ts';
import {
  type Feature,
  type FeatureTable,
  type FeatureValue,
  type Instant,
  type Stage,
  stages,
  type TimeKind,
} from './types.ts';

/** Days from the first touch within which each stage counts as reached, unless a book says otherwise. */
export const usualHorizons: Horizons = { accepted: 30, qualified: 90, won: 365, expanded: 730 };

export interface TrainingSetOptions {
  book: string;
  asOf: Instant;
  timeKind: TimeKind;
  catalogue: FeatureCatalogue;
  horizons?: Horizons;
  meaningfulUse?: MeaningfulUse;
  /** Days as a customer within which churn counts, 365 when absent. */
  churnHorizonDays?: number;
  /**
   * What becomes of an account that reached a stage before it was old enough to tell: `leave out` (when absent) treats it as
   * its peers that have not reached it yet; `keep` counts it, which shows a rate above the true one in a young book.
   */
  youngReached?: 'keep' | 'leave out';
  /** Most accounts to compare with, 20,000 when absent. */
  maxReference?: number;
  /** Most timing rows, 300,000 when absent; whole accounts are left out beyond it. */
  maxLandmarks?: number;
}

/** Takes accounts one by one, so that a large book need not be in memory. */
export interface TrainingSetBuilder {
  add(history: AccountHistory): void;
  finish(): TrainingSet;
}

type Label = 0 | 1 | null;

/** Fewer accounts lost than this, while as many deals were: the deals are what can be learnt from. */
const fewestLost = 50;

interface FitRow {
  id: string;
  touchedAt: Instant;
  values: readonly FeatureValue[];
  reached: Readonly<Record<Stage, Label>>;
  churned: Label;
  /** Whether it ever left after use, for a source that is a snapshot. */
  everChurned: Label;
}

/** The landmarks of one account, in order of time. */
interface TimingRows {
  at: readonly Instant[];
  won: readonly (0 | 1)[];
  values: readonly (readonly FeatureValue[])[];
}

/**
 * Builds what a model is fitted on from the histories of a book's accounts, in any order.
 *
 * - *fit*: every touched account once, as of the day before its first touch.
 * - *reached*: 1 where the account reached the stage within its horizon; 0 where it is old enough and did not; `null` where it is
 *   too young, and everywhere for a stage that the book keeps no record of.
 * - *churned*: for customers, 1 where they churned after use within the churn horizon, 0 where they are old enough or left
 *   without use, `null` for the young, for accounts that never were customers, and in a book that tells of no customer's life.
 * - *timing*: monthly landmarks; a book whose time is only an order has no months, so it has none.
 * - *reference*: accounts that are not customers now, at most 20,000, chosen by a hash of their ids.
 *
 * Where time is only an order, everything is old enough, horizons do not apply, and the place before stands for the day before.
 */
export function createTrainingSetBuilder(options: TrainingSetOptions): TrainingSetBuilder {
  const { book, asOf, timeKind, catalogue, horizons = usualHorizons, churnHorizonDays = 365 } = options;
  const reader = createFeatureReader(catalogue);
  const fitFeatures = catalogue.features.filter(({ part }) => part === 'fit');
  const timingFeatures = catalogue.features.filter(({ part }) => part === 'timing');
  const watchFrom = watchedFrom(catalogue);
  const beforeTouch = timeKind === 'order' ? 1 : dayMs;
  const rows: FitRow[] = [];
  const timing = createHashSample<TimingRows>(options.maxLandmarks ?? 300_000);
  const reference = createHashSample<readonly FeatureValue[]>(options.maxReference ?? 20_000);
  const recorded: Record<Stage, boolean> = { accepted: false, qualified: false, won: false, expanded: false };
  const deals = createDealRows(catalogue, asOf, beforeTouch);
  const counts = { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 };
  let recordsChurn = false;
  let firstAt: Instant | null = null;
  let lastAt: Instant | null = null;

  const tellAge = (reachedAt: Instant | null, from: Instant, days: number): Label => {
    if (timeKind === 'order') return reachedAt === null ? 0 : 1;
    const isOld = daysBetween(from, asOf) >= days;
    if (!isOld && (reachedAt === null || options.youngReached !== 'keep')) return null;
    return reachedAt !== null && daysBetween(from, reachedAt) <= days ? 1 : 0;
  };

  const churnLabel = ({ customerSince, churns }: DerivedOutcomes): Label => {
    const since = customerSince ?? churns[0]?.at ?? null;
    if (since === null) return null;
    const afterUse = churns.find((churn) => churn.afterUse)?.at ?? null;
    if (afterUse === null && churns.length > 0) return 0;
    // Who left after use is known however young: a snapshot of customers knows of early leavers only those of its last year.
    return afterUse !== null && daysBetween(since, afterUse) <= churnHorizonDays
      ? 1
      : tellAge(afterUse, since, churnHorizonDays);
  };

  // A snapshot of customers dates everybody who left by its own last days: it knows who left, not how soon.
  let [firstEnd, lastEnd] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const isSnapshot = (): boolean =>
    timeKind === 'dates' && counts.churnedAfterUse > 1 && lastEnd - firstEnd <= 31 * dayMs;

  const timingRows = (history: AccountHistory, touchedAt: Instant, wonAt: Instant | null): TimingRows => {
    const landmarks = landmarksOf(touchedAt, wonAt, watchFrom, asOf);
    return {
      at: landmarks,
      won: landmarks.map((at) => (wonAt !== null && wonAt <= at + landmarkHorizonDays * dayMs ? 1 : 0)),
      values: landmarks.map((at) => reader.values(history, at, 'timing')),
    };
  };

  const referenceTable = (): FeatureTable =>
    tableOf(
      catalogue.features,
      reference.finish().map(({ id, item }) => ({ id, values: item })),
    );
  const historyDays = (): number | null =>
    timeKind === 'order' || firstAt === null || lastAt === null ? null : Math.floor(daysBetween(firstAt, lastAt));
  const suspects = catalogue.setAside.filter(({ field }) => isOutcomeTimeField(field));

  /** The set of a book whose deals, not its accounts, are won or lost. */
  const ofDeals = (): TrainingSet => {
    const closed = deals.finish();
    const nothing = closed.map(() => null);
    return {
      ...{ book, asOf, timeKind, unit: 'deals' },
      fit: {
        table: tableOf(fitFeatures, closed),
        touchedAt: closed.map(({ at }) => at),
        reached: { accepted: nothing, qualified: nothing, won: closed.map(({ won }) => won), expanded: nothing },
        churned: nothing,
      },
      timing: { table: tableOf(timingFeatures, []), fitRow: [], landmarkAt: [], won: [] },
      reference: referenceTable(),
      counts: { ...counts, ...deals.counts },
      historyDays: historyDays(),
      suspects,
    };
  };

  return {
    add(history) {
      const derived = deriveOutcomes(history, options);
      const { touchedAt, reachedAt, outcomes } = derived;
      counts.accounts++;
      for (const stage of stages) if (derived.records[stage]) recorded[stage] = true;
      if (history.customers.length > 0 || derived.churns.length > 0) recordsChurn = true;
      for (const { occurredAt } of outcomes) {
        firstAt = Math.min(firstAt ?? occurredAt, occurredAt);
        lastAt = Math.max(lastAt ?? occurredAt, occurredAt);
      }
      if (!derived.isCustomer && reference.wants(history.id)) {
        reference.add(history.id, reader.values(history, asOf), 1);
      }
      if (touchedAt === null) return;
      counts.touched++;
      if (reachedAt.won !== null) counts.won++;
      else if (outcomes.some(({ kind }) => kind === 'lost')) counts.lost++;
      if (counts.lost < fewestLost) deals.add(history);
      if (reachedAt.expanded !== null) counts.expanded++;
      if (derived.churns.some(({ afterUse }) => afterUse)) counts.churnedAfterUse++;
      for (const { at } of derived.churns) [firstEnd, lastEnd] = [Math.min(firstEnd, at), Math.max(lastEnd, at)];
      rows.push({
        id: history.id,
        touchedAt,
        values: reader.values(history, touchedAt - beforeTouch, 'fit'),
        reached: {
          accepted: tellAge(reachedAt.accepted, touchedAt, horizons.accepted),
          qualified: tellAge(reachedAt.qualified, touchedAt, horizons.qualified),
          won: tellAge(reachedAt.won, touchedAt, horizons.won),
          expanded: tellAge(reachedAt.expanded, touchedAt, horizons.expanded),
        },
        churned: churnLabel(derived),
        everChurned: derived.customerSince === null ? null : derived.churns.some(({ afterUse }) => afterUse) ? 1 : 0,
      });
      if (timeKind === 'dates' && timingFeatures.length > 0 && timing.wants(history.id)) {
        const landmarks = timingRows(history, touchedAt, reachedAt.won);
        if (landmarks.at.length > 0) timing.add(history.id, landmarks, landmarks.at.length);
      }
    },
    finish() {
      if (counts.lost < fewestLost && deals.counts.lost >= fewestLost && deals.counts.won >= fewestLost) {
        return ofDeals();
      }
      rows.sort((a, b) => a.touchedAt - b.touchedAt || (a.id < b.id ? -1 : 1));
      const rowOf = new Map(rows.map(({ id }, index) => [id, index]));
      const label = (stage: Stage): Label[] => rows.map(({ reached }) => (recorded[stage] ? reached[stage] : null));
      // Each account's landmarks are in order already, and no two accounts have the same row of `fit`.
      const watched = timing
        .finish()
        .map(({ id, item }) => ({ ...item, id, fitRow: rowOf.get(id) ?? 0 }))
        .sort((a, b) => a.fitRow - b.fitRow);
      const landmarks = watched.flatMap(({ id, values }) => values.map((own) => ({ id, values: own })));
      return {
        ...{ book, asOf, timeKind },
        fit: {
          table: tableOf(fitFeatures, rows),
          touchedAt: rows.map(({ touchedAt }) => touchedAt),
          reached: {
            accepted: label('accepted'),
            qualified: label('qualified'),
            won: label('won'),
            expanded: label('expanded'),
          },
          churned: rows.map(({ churned, everChurned }) =>
            recordsChurn ? (isSnapshot() ? everChurned : churned) : null,
          ),
        },
        timing: {
          table: tableOf(timingFeatures, landmarks),
          fitRow: watched.flatMap(({ fitRow, at }) => at.map(() => fitRow)),
          landmarkAt: watched.flatMap(({ at }) => at),
          won: watched.flatMap(({ won }) => won),
        },
        reference: referenceTable(),
        counts,
        historyDays: historyDays(),
        suspects,
      };
    },
  };
}

function tableOf(
  features: readonly Feature[],
  rows: readonly { id: string; values: readonly FeatureValue[] }[],
): FeatureTable {
  const columns = features.map(() => new Array<FeatureValue>(rows.length).fill(null));
  for (const [row, { values }] of rows.entries()) {
    for (let f = 0; f < columns.length; f++) columns[f]![row] = values[f] ?? null;
  }
  return { features, accountIds: rows.map(({ id }) => id), columns };
}
