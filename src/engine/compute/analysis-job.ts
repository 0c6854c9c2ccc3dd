import { createTrainingSetBuilder } from '../../icp/build-training-set.ts';
import type { DataSet } from '../../icp/data-set.ts';
import { createCatalogueBuilder } from '../../icp/features/catalogue.ts';
import type { FeatureCatalogue, FieldRule } from '../../icp/features/feature-rule.ts';
import { findEverything } from '../../icp/find-everything.ts';
import { findSuspects } from '../../icp/find-suspects.ts';
import type { FindingContext, Findings } from '../../icp/findings.ts';
import { fitDetractor } from '../../icp/fit-detractor.ts';
import { fitIcpModel } from '../../icp/fit-model.ts';
import type { FitVerdict } from '../../icp/fit-verdict.ts';
import type { AccountHistory } from '../../icp/history.ts';
import { type Hypothesis, modelOfHypothesis } from '../../icp/hypothesis.ts';
import type { IcpModel } from '../../icp/model.ts';
import type { OutcomeValues } from '../../icp/outcome-values.ts';
import { spellAsBook } from '../../icp/spell-as-book.ts';
import type { TrainingSet } from '../../icp/training-set.ts';
import type { Instant, TimeKind } from '../../icp/types.ts';
import { withFindings } from '../../icp/with-findings.ts';
import { withoutFields } from '../../icp/without-fields.ts';
import { createDataSetHasher } from '../../store/data-set.ts';
import { foldHistories } from '../../store/fold-histories.ts';
import type { Beside } from './find-beside.ts';
import { createFactsList } from './findings-job.ts';
import type { Job } from './job.ts';
import { rescoreJob, type ScoreLine } from './rescore-job.ts';

export interface AnalysisInput {
  book: string;
  timeKind: TimeKind;
  asOf: Instant;
  seed: number;
  fields: readonly FieldRule[];
  /** What the stages count and how hard the detractor bites; the usual values where it is absent. */
  values?: OutcomeValues;
  /** Suspect fields that a person has allowed. */
  allowed: readonly string[];
  /** The written ICP that stands in while there is too little to learn from. */
  hypothesis: Hypothesis | null;
  /** Score every account with the new model, while the histories are at hand. */
  thenScore?: boolean;
  /** Look for segments, patterns, causes and whatever else there is to find, with the new model. */
  thenFind?: FindingContext;
}

export interface Learnt {
  model: IcpModel;
  catalogue: FeatureCatalogue;
  verdict: FitVerdict;
  /** What was found, where it was asked for. */
  findings?: Findings;
}

export interface AnalysisResult extends Learnt {
  /** What it was learnt from. */
  dataSet: DataSet;
  /** The scores under the new model, where they were asked for. */
  lines?: ScoreLine[];
}

/**
 * Learns a model from the histories of a book: one pass to see what features there are, one to build the rows, then the fit.
 *
 * Where there is somebody `beside`, a part of what is found is looked for there in the meantime: the result is the same.
 * `tidy` is called when much has just become of no use.
 *
 * Where nothing can be learnt the result is still a model: the written ICP when there is too little data, the empty model
 * (50 for everybody) when there is enough and nothing predicts. `verdict` says which, for a person.
 */
export function analysisJob(
  input: AnalysisInput,
  { beside, tidy = () => {} }: { beside?: Beside | undefined; tidy?: () => void } = {},
): Job<AnalysisResult> {
  const { book, asOf, timeKind, fields } = input;
  const dataSet = createDataSetHasher();
  const catalogueBuilder = createCatalogueBuilder({ fields, asOf, timeKind });
  let catalogue: FeatureCatalogue | null = null;
  let rows: ReturnType<typeof createTrainingSetBuilder> | null = null;
  const facts = input.thenFind === undefined ? null : createFactsList({ asOf, timeKind });
  let learnt: Learnt | null = null;
  let scoring: Job<ScoreLine[]> | null = null;

  // One step a function: what a step held is of no use once it has returned, and much of it is as large as the book.
  const layOut = (found: FeatureCatalogue): TrainingSet => {
    const all = (rows ?? createTrainingSetBuilder({ book, asOf, timeKind, catalogue: found })).finish();
    rows = null;
    return all;
  };
  const withoutLeaks = (all: TrainingSet): TrainingSet => {
    const leftOut = new Set(fields.flatMap(({ field, leftOut }) => (leftOut === null ? [] : [field])));
    const suspects = [...all.suspects, ...findSuspects(all)].filter(
      ({ field }) => !input.allowed.includes(field) && !leftOut.has(field),
    );
    return withoutFields({ ...all, suspects: [] }, suspects);
  };
  const fit = (found: FeatureCatalogue, onProgress: (what: string) => void) => {
    tidy();
    const all = layOut(found);
    tidy();
    onProgress('looking for leaks');
    const set = withoutLeaks(all);
    const accounts = facts?.finish() ?? [];
    if (facts !== null) beside?.begin({ training: set, accounts, seed: input.seed });
    onProgress('fitting the levers');
    const { model, verdict } = fitIcpModel(set, {
      seed: input.seed,
      ...(input.values === undefined ? {} : { values: input.values }),
      onProgress: (_done, what) => onProgress(what),
    });
    // No finding reads the landmarks, which are most of the rows.
    const training = { ...set, timing: noTiming };
    return { training, accounts, verdict, model: model ?? modelByHand(input, set, verdict, found) };
  };
  const learn = (onProgress: (what: string) => void): Learnt => {
    const found = catalogue ?? catalogueBuilder.finish();
    const { training, accounts, verdict, model } = fit(found, onProgress);
    if (input.thenFind === undefined) return { catalogue: found, verdict, model };
    tidy();
    const what = { training, accounts, model, seed: input.seed };
    const findings = findEverything(what, input.thenFind, onProgress, beside?.learnt(model));
    return { catalogue: found, verdict, model: withFindings(model, findings), findings };
  };

  return {
    passes: [
      'looking at what is known',
      'building rows as of each first touch',
      ...(input.thenScore === true ? ['scoring'] : []),
    ],
    add(pass, histories: readonly AccountHistory[], onProgress = () => {}, folded = undefined) {
      if (pass === 0) {
        dataSet.add(folded ?? foldHistories(histories));
        for (const history of histories) catalogueBuilder.add(history);
      } else if (pass === 1) {
        catalogue ??= catalogueBuilder.finish();
        rows ??= createTrainingSetBuilder({ book, asOf, timeKind, catalogue });
        for (const history of histories) {
          rows.add(history);
          facts?.add(history);
        }
      } else {
        learnt ??= learn(onProgress);
        scoring ??= rescoreJob({ ...learnt, modelVersion: 0, timeKind, asOf });
        scoring.add(0, histories);
      }
    },
    finish(onProgress) {
      const result = { ...(learnt ?? learn(onProgress)), dataSet: dataSet.finish() };
      return scoring === null ? result : { ...result, lines: scoring.finish(onProgress) };
    },
  };
}

const noTiming: TrainingSet['timing'] = {
  table: { features: [], accountIds: [], columns: [] },
  ...{ fitRow: [], landmarkAt: [], won: [] },
};

/**
 * The model for a book from which fit cannot be learnt: the written ICP, or none of it where the outcomes were enough and
 * said nothing, or where at least the detractor can be learnt: points by hand and learnt bins are not mixed.
 */
function modelByHand(
  input: AnalysisInput,
  set: TrainingSet,
  verdict: FitVerdict,
  { features }: FeatureCatalogue,
): IcpModel {
  const detractor = fitDetractor(set);
  const written = verdict.kind === 'not enough data' && detractor === null ? input.hypothesis : null;
  const hypothesis = written === null ? null : spellAsBook(written, features);
  const { book, asOf, seed } = input;
  const model = modelOfHypothesis(hypothesis, { book, asOf, seed, counts: set.counts, historyDays: set.historyDays });
  return { ...model, suspects: set.suspects, warnings: verdict.warnings, ...detractor };
}
