import { rounded } from '../../icp/explain.ts';
import type { FeatureCatalogue } from '../../icp/features/feature-rule.ts';
import { createAccountReader } from '../../icp/features/read-account.ts';
import type { IcpModel } from '../../icp/model.ts';
import type { Instant, TimeKind } from '../../icp/types.ts';
import { weighAccount } from '../../icp/weigh-account.ts';
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
  const { model, timeKind, asOf } = input;
  const lines: ScoreLine[] = [];
  const readAccount = createAccountReader(input.catalogue, readBy(model));
  return {
    passes: ['scoring'],
    add(_pass, histories) {
      for (const history of histories) {
        const { scored, evidence, questions, segment } = weighAccount({
          ...{ model, timeKind, asOf, history },
          read: readAccount(history, asOf),
        });
        lines.push({
          book: history.book,
          accountId: history.id,
          score: scored.score / 10,
          tier: scored.tier,
          positive: scored.positive / 10,
          detractorMatch: scored.match / 1000,
          flagged: scored.flagged,
          pAccepted: rounded(scored.levers.accepted),
          pQualified: rounded(scored.levers.qualified),
          pWon: rounded(scored.levers.won),
          pExpanded: rounded(scored.levers.expanded),
          pChurned: rounded(scored.churn),
          fitPoints: questions.fit.points / 10,
          timingPoints: questions.timing.points / 10,
          segment: segment?.name ?? null,
          evidence: evidence.grade,
          label: questions.label,
        });
      }
    },
    finish: () => lines,
  };
}

/** The names of all features that a model reads. */
export function readBy({ criteria, derived = [], segments = [], antiPatterns = [] }: IcpModel): Set<string> {
  const conditions = [...segments, ...antiPatterns].flatMap((rule) => rule.conditions);
  return new Set([...[...criteria, ...conditions].map(({ key }) => key), ...derived.flatMap(({ of }) => of)]);
}
