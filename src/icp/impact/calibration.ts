import { affineCalibration } from '../../stats/models/affine-calibration.ts';
import { brierScore } from '../../stats/models/brier.ts';
import { calibrationError } from '../../stats/models/calibration-error.ts';
import { logit } from '../../stats/models/logistic.ts';
import { expectedEvents } from '../../stats/tests/expected-events.ts';
import { holm } from '../../stats/tests/holm.ts';
import { spiegelhalter } from '../../stats/tests/spiegelhalter.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { roundedRate } from '../rates.ts';
import { round, roundP } from '../round.ts';
import type { Instant, Rate } from '../types.ts';
import { forecastLater, type LaterForecasts } from './later-forecasts.ts';
import { groupsOf, type NamedAccounts } from './segment-groups.ts';
import { type ToldForecasts, toldForecasts } from './told-forecasts.ts';

/** What was said of some accounts, and what happened to them. */
export interface PromiseKept {
  name: string;
  /** Mean probability that was said. */
  said: number;
  happened: Rate;
  /** Off by more than a fifth and more than chance allows, over everything that was looked at. */
  off: boolean;
}

export interface CalibrationFindings {
  /** Whether forecasts may be shown as probabilities, or only say who comes before whom. */
  mode: 'probabilities' | 'ranks';
  /** Why, as a sentence without its full stop. */
  reason: string;
  n: number;
  events: number;
  /** Wins that were promised. */
  expected: number;
  from: Instant | null;
  to: Instant | null;
  /** 1 is right, below 1 too bold; `null` where it cannot be told. */
  slope: number | null;
  expectedCalibrationError: number | null;
  brier: number | null;
  /** Holm-adjusted p-values of the tests that decide. */
  tests: readonly { what: string; p: number; off: boolean }[];
  bands: readonly (PromiseKept & { from: number; to: number })[];
  tiers: readonly PromiseKept[];
  /** What the groups are: `segments`, or the name of the field that parts them. */
  groupedBy: string | null;
  groups: readonly PromiseKept[];
}

const edges = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];
const fewestEvents = 20;
/** Off by less than this share of the promise harms nobody, however sure it is. */
const bearable = 0.2;
const slopes = { low: 0.75, high: 1.33 };

/**
 * The calibration card: what we said of accounts before we knew, and what happened, by band, tier and segment.
 *
 * Only forecasts of later accounts count. Where the promises fail (too many or too few wins over all, lately or in a tier,
 * or too bold by Spiegelhalter's test; all together wrong in one case of twenty), or where there is too little to check
 * them, the mode is `ranks` and the reason says so. A group that is off is named, and does not decide.
 *
 * @param segments accounts by segment; without them the heaviest category of the table parts the accounts
 */
export function measureCalibration(
  set: AnalysisSet,
  { forecasts = forecastLater(set), segments }: CalibrationOptions = {},
): CalibrationFindings {
  const told = forecasts === null ? null : toldForecasts(set, forecasts);
  if (told === null || told.events < fewestEvents || told.outcome.length - told.events < fewestEvents) {
    return unchecked(told);
  }
  const everyone = [...told.outcome.keys()];
  const latest = told.origin.at(-1) ?? 0;
  const lately = everyone.filter((at) => told.origin[at] === latest);
  const grouped = groupsOf(set, told.rows, segments);
  const tiers = [1, 2, 3].map((tier) => ({
    name: `tier ${tier}`,
    members: everyone.filter((at) => told.tier[at] === tier),
  }));
  const asked = [
    { name: 'all accounts', members: everyone },
    { name: 'the latest accounts', members: lately },
    ...tiers,
    ...grouped.groups,
  ].filter(({ members }) => members.length > 0);
  const { slope } = affineCalibration(told.outcome, Array.from(told.probability, logit), 1);
  const bold = spiegelhalter(told.outcome, told.probability);
  const adjusted = holm([bold.p, ...asked.map(({ members }) => countOf(told, members).p)]);
  const isBold = adjusted[0]! <= 0.05 && (slope < slopes.low || slope > slopes.high);
  const judged = asked.map(({ name, members }, nth) => promise(told, name, members, adjusted[nth + 1]!));
  const find = (name: string) => judged.filter((each) => each.name === name);
  const deciding = [
    ...find('all accounts'),
    ...find('the latest accounts'),
    ...tiers.flatMap(({ name }) => find(name)),
  ];
  const tests = [
    { what: 'boldness (Spiegelhalter)', p: roundP(adjusted[0]!), off: isBold },
    ...deciding.map(({ name, off }) => ({
      what: `wins of ${name}`,
      p: roundP(adjusted[1 + asked.findIndex((each) => each.name === name)]!),
      off,
    })),
  ];
  const worst = deciding.find(({ off }) => off);
  return {
    mode: worst === undefined && !isBold ? 'probabilities' : 'ranks',
    reason: reasonOf(worst, isBold, slope, told),
    n: everyone.length,
    events: told.events,
    expected: round(countOf(told, everyone).expected, 1),
    from: told.from,
    to: told.to,
    slope: round(slope, 3),
    expectedCalibrationError: round(calibrationError(told.outcome, told.probability), 4),
    brier: round(brierScore(told.outcome, told.probability), 5),
    tests,
    bands: bandsOf(told),
    tiers: tiers.flatMap(({ name }) => find(name)),
    groupedBy: grouped.groups.length === 0 ? null : grouped.by,
    groups: grouped.groups.flatMap(({ name }) => find(name)),
  };
}

export interface CalibrationOptions {
  forecasts?: LaterForecasts | null;
  segments?: readonly NamedAccounts[];
}

function countOf(told: ToldForecasts, members: readonly number[]) {
  return expectedEvents(
    members.map((at) => told.outcome[at]!),
    members.map((at) => told.probability[at]!),
  );
}

function promise(told: ToldForecasts, name: string, members: readonly number[], p: number): PromiseKept {
  const { happened, expected } = countOf(told, members);
  const rate = roundedRate(happened, members.length)!;
  const isFar = Math.abs(happened - expected) > bearable * expected;
  return { name, said: round(expected / members.length, 4), happened: rate, off: p <= 0.05 && isFar };
}

function bandsOf(told: ToldForecasts): CalibrationFindings['bands'] {
  return edges.slice(1).flatMap((to, nth) => {
    const from = edges[nth]!;
    const members = [...told.probability.keys()].filter((at) => {
      const value = told.probability[at]!;
      return value >= from && (value < to || to === 1);
    });
    if (members.length === 0) return [];
    const { off: _, ...kept } = promise(told, `${round(from * 100, 0)} to ${round(to * 100, 0)} %`, members, 1);
    const { low, high } = kept.happened;
    return [{ ...kept, from, to, off: members.length >= 10 && (kept.said < low || kept.said > high) }];
  });
}

function reasonOf(worst: PromiseKept | undefined, isBold: boolean, slope: number, told: ToldForecasts): string {
  const percent = (share: number) => `${round(share * 100, 1)} %`;
  if (worst !== undefined) {
    return (
      `for ${worst.name} we said ${percent(worst.said)} and ${percent(worst.happened.v)} happened (n = ${worst.happened.n}), ` +
      'more than chance allows; until a new table is learnt, the forecasts say who comes before whom and no more'
    );
  }
  if (isBold) {
    return (
      `the forecasts are too ${slope < 1 ? 'bold' : 'shy'} (slope ${round(slope, 2)}, 1 is right), more than chance allows; ` +
      'until a new table is learnt, they say who comes before whom and no more'
    );
  }
  return `what was said of ${told.outcome.length} later accounts is what happened, as far as ${told.events} wins can tell`;
}

function unchecked(told: ToldForecasts | null): CalibrationFindings {
  const n = told?.outcome.length ?? 0;
  const events = told?.events ?? 0;
  return {
    mode: 'ranks',
    reason:
      `only ${events} wins among ${n} later accounts are told so far, and ${fewestEvents} are needed to check what was ` +
      'said; until then the forecasts say who comes before whom and no more',
    ...{ n, events, expected: 0, from: told?.from ?? null, to: told?.to ?? null },
    ...{ slope: null, expectedCalibrationError: null, brier: null },
    ...{ tests: [], bands: [], tiers: [], groupedBy: null, groups: [] },
  };
}
