import type { FeatureCatalogue } from '../features/feature-rule.ts';
import { readAccount } from '../features/read-account.ts';
import type { AccountHistory } from '../history.ts';
import type { IcpModel } from '../model.ts';
import { type Scored, scoreAccount } from '../score-account.ts';
import type { Instant } from '../types.ts';
import { type Weighed, weighAccount } from '../weigh-account.ts';

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

/** The score of a side with all that is said beside it. */
export function weighSide({ history, under, at }: ScoreSide): Weighed {
  const { model, catalogue } = under;
  const read = readAccount(history, catalogue, at);
  return weighAccount({ model, timeKind: catalogue.timeKind, history, read, asOf: at });
}

/** The score alone. */
export function scoreOf({ history, under, at }: ScoreSide): Scored {
  return scoreAccount(under.model, readAccount(history, under.catalogue, at).value);
}
