import type { FeatureCatalogue } from '../features/feature-rule.ts';
import { readAccount } from '../features/read-account.ts';
import type { AccountHistory } from '../history.ts';
import type { IcpModel } from '../model.ts';
import { type Scored, scoreAccount } from '../score-account.ts';
import type { Instant } from '../types.ts';

/** A model with how its features are read. */
export interface ReadingModel {
  version: number;
  model: IcpModel;
  catalogue: FeatureCatalogue;
}

/** A score is of an account as it was known, under a model, on a day. */
export interface ScoreSide {
  history: AccountHistory;
  under: ReadingModel;
  at: Instant;
}

export function scoreOf({ history, under, at }: ScoreSide): Scored {
  return scoreAccount(under.model, readAccount(history, under.catalogue, at).value);
}
