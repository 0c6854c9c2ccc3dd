import { explainAccount } from '../icp/explain.ts';
import type { FeatureCatalogue } from '../icp/features/feature-rule.ts';
import { createAccountReader } from '../icp/features/read-account.ts';
import type { IcpModel } from '../icp/model.ts';
import type { Instant, TimeKind } from '../icp/types.ts';
import type { Job } from './job.ts';

export interface RescoreInput {
  model: IcpModel;
  modelVersion: number;
  catalogue: FeatureCatalogue;
  timeKind: TimeKind;
  asOf: Instant;
}

/** One account's line of `export scores`. */
export interface ScoreLine {
  book: string;
  accountId: string;
  score: number;
  tier: 1 | 2 | 3;
  positive: number;
  detractorMatch: number;
  flagged: boolean;
  pAccepted: number | null;
  pQualified: number | null;
  pWon: number | null;
  pExpanded: number | null;
  pChurned: number | null;
  fitPoints: number;
  timingPoints: number;
  segment: string | null;
  evidence: string;
  label: string | null;
}

/** Scores every account of a book, by the same function that explains one: the two cannot disagree. */
export function rescoreJob(input: RescoreInput): Job<ScoreLine[]> {
  const lines: ScoreLine[] = [];
  const readAccount = createAccountReader(input.catalogue);
  return {
    passes: ['scoring'],
    add(_pass, histories) {
      for (const history of histories) {
        const read = readAccount(history, input.asOf);
        const { explanation, questions } = explainAccount({ ...input, history, read });
        lines.push({
          book: history.book,
          accountId: history.id,
          score: explanation.score,
          tier: explanation.tier,
          positive: explanation.positive,
          detractorMatch: explanation.detractor.match,
          flagged: explanation.detractor.flagged,
          pAccepted: explanation.levers.accepted,
          pQualified: explanation.levers.qualified,
          pWon: explanation.levers.won,
          pExpanded: explanation.levers.expanded,
          pChurned: explanation.detractor.probability,
          fitPoints: questions.fit.points / 10,
          timingPoints: questions.timing.points / 10,
          segment: explanation.segment,
          evidence: explanation.evidence.grade,
          label: questions.label,
        });
      }
    },
    finish: () => lines,
  };
}
