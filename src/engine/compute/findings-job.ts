import { type AccountFacts, factsOf } from '../../icp/account-facts.ts';
import type { AnalysisSet } from '../../icp/analysis-set.ts';
import { createTrainingSetBuilder } from '../../icp/build-training-set.ts';
import type { FeatureCatalogue } from '../../icp/features/feature-rule.ts';
import { findEverything } from '../../icp/find-everything.ts';
import type { FindingContext, Findings } from '../../icp/findings.ts';
import type { AccountHistory } from '../../icp/history.ts';
import type { IcpModel } from '../../icp/model.ts';
import { type TwinsFindings, twinsOf } from '../../icp/twins/twins-of.ts';
import type { Instant, TimeKind } from '../../icp/types.ts';
import { withoutFindings } from '../../icp/with-findings.ts';
import { withoutFields } from '../../icp/without-fields.ts';
import type { Beside } from './find-beside.ts';
import type { Job } from './job.ts';

export interface FindInput {
  book: string;
  timeKind: TimeKind;
  asOf: Instant;
  model: IcpModel;
  catalogue: FeatureCatalogue;
  context: FindingContext;
}

export type TwinsInput = Omit<FindInput, 'context'> & { accountId: string };

/** Finds anew what an analysis found, with the model that it learnt: what a receipt of a report asks for. */
export function findingsJob({ context, ...input }: FindInput, beside?: Beside): Job<Findings> {
  return setJob({ ...input, seed: context.seed }, (set, onProgress) => {
    beside?.begin(set);
    return findEverything(set, context, onProgress, beside?.learnt(set.model));
  });
}

/** The twins of one account under a model: nearest customer that bought more, nearest that left. */
export function twinsJob({ accountId, ...input }: TwinsInput): Job<TwinsFindings> {
  return setJob({ ...input, seed: input.model.seed }, (set) => twinsOf(set, accountId));
}

/** Builds what findings are found in, and finds one thing in it. */
function setJob<Found>(
  { model, catalogue, seed, ...book }: Omit<FindInput, 'context'> & { seed: number },
  find: (set: AnalysisSet, onProgress: (what: string) => void) => Found,
): Job<Found> {
  const rows = createTrainingSetBuilder({ ...book, catalogue });
  const facts = createFactsList(book);
  return {
    passes: ['building rows as of each first touch'],
    add(_pass, histories) {
      for (const history of histories) {
        rows.add(history);
        facts.add(history);
      }
    },
    finish(onProgress) {
      const training = withoutFields({ ...rows.finish(), suspects: [] }, model.suspects);
      return find({ training, accounts: facts.finish(), model: withoutFindings(model), seed }, onProgress);
    },
  };
}

/** Collects what became of every touched account, whatever order the accounts come in. */
export function createFactsList(book: { asOf: Instant; timeKind: TimeKind }) {
  const facts: AccountFacts[] = [];
  return {
    add(history: AccountHistory): void {
      const found = factsOf(history, book);
      if (found !== null) facts.push(found);
    },
    finish: (): readonly AccountFacts[] => facts.sort((left, right) => (left.id < right.id ? -1 : 1)),
  };
}
