import { explainAccount } from '../../icp/explain.ts';
import { createAccountReader } from '../../icp/features/read-account.ts';
import { type PublishedValues, valuesOf } from '../../icp/publishing/values-of.ts';
import type { Job } from './job.ts';
import { type RescoreInput, readBy } from './rescore-job.ts';

/** What the CRM is to be told of an account, by the score as it is: the tier that is told and the run are the caller's to set. */
export interface PublishLine {
  accountId: string;
  score: number;
  tier: 1 | 2 | 3;
  values: PublishedValues;
}

/** Works out what is published of every account, by the very function that explains one on a card. */
export function publishJob(input: RescoreInput): Job<PublishLine[]> {
  const lines: PublishLine[] = [];
  const readAccount = createAccountReader(input.catalogue, readBy(input.model));
  return {
    passes: ['what to publish'],
    add(_pass, histories) {
      for (const history of histories) {
        const { explanation } = explainAccount({ ...input, history, read: readAccount(history, input.asOf) });
        const { score, tier, modelVersion } = explanation;
        const told = { tier, scoredAt: input.asOf, modelVersion, runId: '' };
        lines.push({ accountId: history.id, score, tier, values: valuesOf(explanation, told) });
      }
    },
    finish: () => lines,
  };
}
