import type { FeatureCatalogue } from '../../icp/features/feature-rule.ts';
import { createAccountReader } from '../../icp/features/read-account.ts';
import { type ScoredTwice, type SideBySide, setSideBySide } from '../../icp/impact/side-by-side.ts';
import type { IcpModel } from '../../icp/model.ts';
import { scoreAccount } from '../../icp/score-account.ts';
import type { Instant } from '../../icp/types.ts';
import type { Job } from './job.ts';
import { readBy } from './rescore-job.ts';

export interface ScoringsInput {
  old: IcpModel;
  inForce: IcpModel;
  /** Reads the features of both. */
  catalogue: FeatureCatalogue;
  asOf: Instant;
}

/** Scores every account of a book by two models. */
export function scoringsJob({ old, inForce, catalogue, asOf }: ScoringsInput): Job<SideBySide> {
  const readAccount = createAccountReader(catalogue, new Set([...readBy(old), ...readBy(inForce)]));
  const accounts: ScoredTwice[] = [];
  return {
    passes: ['scoring twice'],
    add(_pass, histories) {
      for (const history of histories) {
        const { value } = readAccount(history, asOf);
        const [was, is] = [scoreAccount(old, value), scoreAccount(inForce, value)];
        const { id, name } = history;
        accounts.push({ id, name, old: was.score / 10, now: is.score / 10, oldTier: was.tier, tier: is.tier });
      }
    },
    finish: () => setSideBySide(accounts),
  };
}
