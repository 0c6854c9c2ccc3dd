import type { AnalysisSet, UnlearntSet } from './analysis-set.ts';
import { measureBuyingMix } from './anomalies/buying-mix.ts';
import { findAnomalies } from './anomalies/find-anomalies.ts';
import { calibrateStageValues } from './calibrate-values.ts';
import { judgeCauses } from './causes/judge-causes.ts';
import { type WeighedCauses, weighCauses } from './causes/weigh-causes.ts';
import { findMissingFields } from './changes/find-missing-fields.ts';
import { watchDrift } from './drift/watch-drift.ts';
import type { FindingContext, Findings } from './findings.ts';
import { explainRejections } from './hypotheses/explain-rejections.ts';
import { testHypotheses } from './hypotheses/test-hypotheses.ts';
import { modelOfHypothesis } from './hypothesis.ts';
import { backtest } from './impact/backtest.ts';
import { measureCalibration } from './impact/calibration.ts';
import { checkBias } from './impact/check-bias.ts';
import { compareScorings } from './impact/compare-scorings.ts';
import { forecastLater, type LaterForecasts } from './impact/later-forecasts.ts';
import { measureImpact } from './impact/measure-impact.ts';
import { measureCorrelations } from './importance/measure-correlations.ts';
import { measureImportance } from './importance/measure-importance.ts';
import { predictExpansion } from './life/predict-expansion.ts';
import { watchChurn } from './life/watch-churn.ts';
import type { IcpModel } from './model.ts';
import { findPatterns } from './patterns/find-patterns.ts';
import { revenueByBasis } from './revenue-by-basis.ts';
import { findSegments } from './segments/find-segments.ts';
import { readBySegment, type SegmentSplit } from './segments/read-by-segment.ts';
import type { SegmentFindings } from './segments/types.ts';
import { spellAsBook } from './spell-as-book.ts';
import { idealButDetractor } from './twins/ideal-but-detractor.ts';
import { valueRows } from './value-rows.ts';

/** What is found without a model. */
export interface FoundAhead extends Pick<Findings, 'patterns' | 'churnWatch' | 'expansions'> {
  weighed: WeighedCauses;
}

/** What is found with the model alone: no other finding is needed. */
export type FoundApart = Pick<
  Findings,
  'correlations' | 'bias' | 'values' | 'revenue' | 'hypotheses' | 'anomalies' | 'misleadingLeads' | 'missingFields'
>;

/** Findings that somebody else looks for in the meantime; asked for what was found, it waits until it is there. */
export interface FoundElsewhere {
  ahead(): FoundAhead;
  /** What tables learnt earlier say of later accounts, by which several findings judge. */
  forecasts(): LaterForecasts | null;
  apart(): FoundApart;
}

/** Versions that the scoring is set beside one by one: what came before the one in force is among the last. */
const mostPast = 6;

type Tell = (what: string) => void;

/** Looks for what needs no model, so that it can be done while the model is learnt. */
export function findAhead(set: UnlearntSet, onProgress: Tell = () => {}): FoundAhead {
  const looking = tellingOf(onProgress);
  return {
    patterns: looking('looking for patterns of losses and churn', () => findPatterns(set)),
    churnWatch: looking('watching customers', () => watchChurn(set)),
    expansions: looking('looking for customers that will grow', () => predictExpansion(set)),
    weighed: looking('asking what causes what', () => weighCauses(set)),
  };
}

/** Looks for what needs the model and no other finding. */
export function findApart(set: AnalysisSet, onProgress: Tell = () => {}): FoundApart {
  const looking = tellingOf(onProgress);
  const rows = looking('scoring accounts by tables learnt on others', () => valueRows(set));
  return {
    correlations: looking('measuring what goes together', () => measureCorrelations(set)),
    bias: looking('leaving out the last quarter and the largest deals', () => checkBias(set)),
    values: looking('learning what stages are worth', () => calibrateStageValues(set, rows)),
    revenue: looking('comparing what two ways of scoring bring', () => revenueByBasis(set, rows)),
    hypotheses: looking('testing hypotheses', () => testHypotheses(set)),
    anomalies: looking('looking for odd weeks', () => findAnomalies(set)),
    misleadingLeads: looking('looking for leads that mislead', () => idealButDetractor(set)),
    missingFields: looking('asking what is worth finding out', () => findMissingFields(set)),
  };
}

/**
 * Every finding of a book. The same set and context give the same bytes, whoever looks for them.
 *
 * @param onProgress is told what is being looked for
 * @param elsewhere what another thread looks for at the same time; absent: everything is looked for here, one after the other
 */
export function findEverything(
  set: AnalysisSet,
  context: FindingContext,
  onProgress: Tell = () => {},
  elsewhere: FoundElsewhere = {
    ahead: () => findAhead(set, onProgress),
    forecasts: () => forecastLater(set),
    apart: () => findApart(set, onProgress),
  },
): Findings {
  const looking = tellingOf(onProgress);
  const written = writtenIcp(set, context);
  const segments = looking('looking for segments', () => findSegments(set, { previous: context.previous }));
  const named = segments.segments.map(({ id, name, members }) => ({
    id,
    name,
    label: name,
    members: new Set(members),
  }));
  const accountsOf = segments.segments.map(({ name, members }) => ({ name, accountIds: members }));
  const segmentSplit = splitBySegment(set, segments);
  const drift = looking('looking for drift', () => watchDrift(set, { groups: named }));
  const forecasts = looking('forecasting later accounts from earlier ones', () => elsewhere.forecasts());
  const importance = looking('measuring what matters', () => measureImportance(set, forecasts));
  const calibration = looking('checking what was said against what happened', () =>
    measureCalibration(set, { forecasts, segments: accountsOf }),
  );
  const tested = looking('comparing versions', () =>
    backtest(set, { forecasts, past: context.past, inForce: context.inForce ?? null, hypothesis: written }),
  );
  const scorings = written === null ? null : compareScorings(set, written, forecasts);
  const pastScorings = context.past.slice(-mostPast).flatMap(({ version, model }) => {
    const compared = compareScorings(set, model, forecasts);
    return compared === null ? [] : [{ version, ...compared }];
  });
  const { tamBand, targets = null } = context;
  const impact = looking('measuring the tiers', () =>
    measureImpact(set, { forecasts, targets, ...(tamBand === undefined ? {} : { tamBand }) }),
  );
  const rejections = looking('asking why leads were turned down', () => explainRejections(set, forecasts));
  const buyingMix = looking('asking who is buying now', () => measureBuyingMix(set, accountsOf));
  const { patterns, churnWatch, expansions, weighed } = elsewhere.ahead();
  const apart = elsewhere.apart();
  return {
    ...{ asOf: set.training.asOf, segments, segmentSplit, patterns, causes: judgeCauses(set, weighed), drift },
    ...{
      churnWatch,
      expansions,
      importance,
      correlations: apart.correlations,
      calibration,
      backtest: tested,
      scorings,
      pastScorings,
    },
    ...{ impact, bias: apart.bias, values: apart.values, revenue: apart.revenue, hypotheses: apart.hypotheses },
    ...{ rejections, anomalies: apart.anomalies, buyingMix },
    ...{ misleadingLeads: apart.misleadingLeads, missingFields: apart.missingFields },
  };
}

function tellingOf(onProgress: Tell) {
  return <Found>(what: string, find: () => Found): Found => {
    onProgress(what);
    return find();
  };
}

/** Won of the touched accounts old enough to tell, by segment and in the rest. */
function splitBySegment({ training, seed }: AnalysisSet, { segments }: SegmentFindings): SegmentSplit | null {
  const { table, reached } = training.fit;
  const segmentOfAccount = new Map(
    segments.toReversed().flatMap(({ name, members }) => members.map((id) => [id, name])),
  );
  const counts = new Map(
    [...segments.map(({ name }) => name), 'everybody else'].map((name) => [name, { n: 0, won: 0 }]),
  );
  for (const [row, won] of reached.won.entries()) {
    const count = counts.get(segmentOfAccount.get(table.accountIds[row] ?? '') ?? 'everybody else');
    if (won === null || count === undefined) continue;
    count.n += 1;
    count.won += won;
  }
  if (segments.length === 0) return null;
  return readBySegment(
    Array.from(counts, ([label, count]) => ({ label, ...count })),
    seed,
  );
}

/** The written ICP as a model of this book, to be judged beside the learned one. */
function writtenIcp({ training }: AnalysisSet, { hypothesis, seed }: FindingContext): IcpModel | null {
  if (hypothesis === null) return null;
  const { book, asOf, counts, historyDays } = training;
  return modelOfHypothesis(spellAsBook(hypothesis, training.fit.table.features), {
    book,
    asOf,
    seed,
    counts,
    historyDays,
  });
}
