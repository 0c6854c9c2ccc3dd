import type { AccountFacts } from './account-facts.ts';
import type { IcpModel } from './model.ts';
import type { TrainingSet } from './training-set.ts';

/**
 * What the findings are found in: the rows that the model was learnt from, what became of every touched account, and
 * the model itself. Every finding is a pure function of it and a seed; suspect columns are gone from it.
 */
export interface AnalysisSet {
  training: TrainingSet;
  /** Every touched account, in the order of its id. */
  accounts: readonly AccountFacts[];
  /** The table just learnt, or the one that stands in for it. */
  model: IcpModel;
  seed: number;
}

/** What is known before the model is: some findings need no more, and can be looked for while it is being learnt. */
export type UnlearntSet = Omit<AnalysisSet, 'model'>;
