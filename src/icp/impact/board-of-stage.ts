import type { AnalysisSet } from '../analysis-set.ts';
import { dayMs } from '../features/calendar.ts';
import { pickTable } from '../fit-learnt.ts';
import type { IcpModel } from '../model.ts';
import type { Instant, Stage } from '../types.ts';
import { type Contestant, type Ranked, rankContestants } from './leaderboard.ts';
import { isEnough, newerThanMost, touchedSince } from './newer-rows.ts';
import { scoreRowsOf } from './score-rows.ts';
import type { ToldForecasts } from './told-forecasts.ts';

export interface Leaderboard {
  /** What was to be foreseen. */
  stage: Stage;
  from: Instant | null;
  to: Instant | null;
  n: number;
  events: number;
  /** Best first; those that learnt from some of these accounts come last and have no rank. */
  rows: readonly Ranked[];
  /** Accounts newer than what every version was learnt from, and how many reached the stage; absent where no version is compared, or the source has only an order. */
  newest?: { n: number; events: number };
}

export interface Versions {
  /** Every version that was ever in force, each as it stood. */
  past: readonly { version: number; model: IcpModel }[];
  /** The one of them that is in force; `null` where the table in force has only just been learnt. */
  inForce: number | null;
  /** A written ICP, as points. */
  hypothesis: IcpModel | null;
}

/** How far back the quick stages go where no window is newer than a version: past versions are seldom older. */
const freshDays = 270;

/**
 * Every version on the same accounts: those newer than what as many versions as possible were learnt from, where there are
 * enough of them. `null` with too few of either outcome.
 *
 * The table in force stands for itself where it was learnt before these accounts. Else tables learnt the same way at
 * earlier times stand for it.
 */
export function boardOfStage(
  set: AnalysisSet,
  stage: Stage,
  told: ToldForecasts,
  { past, inForce, hypothesis }: Versions,
): Leaderboard | null {
  const learnt = past.filter(({ model }) => model.kind === 'learned');
  const { rows: newer, newest } = newerThanMost(
    set,
    told,
    learnt.map(({ model }) => model.asOf),
  );
  const { asOf } = set.training;
  const judged = newer ?? (stage === 'won' ? told : touchedSince(set, told, asOf - freshDays * dayMs));
  if (!isEnough(judged)) return null;
  const rows = pickTable(set.training.fit.table, judged.rows);
  const contestant = (model: IcpModel, words: Omit<Contestant, 'order' | 'probability'>): Contestant => {
    const { score, probability } = scoreRowsOf(model, rows);
    const knows = model.levers[stage].estimable;
    return {
      ...words,
      order: Array.from(knows ? probability[stage] : score),
      probability: knows ? Array.from(probability[stage]) : null,
    };
  };
  const versions = past.map(({ version, model }) =>
    contestant(model, {
      ...{ name: version === inForce ? `version ${version}, in force` : `version ${version}`, version },
      ...(version === inForce ? { inForce: true as const } : {}),
      kind: model.kind === 'points' ? 'written' : 'past',
      sawTest: model.kind === 'learned' && (judged.from === null || model.asOf >= judged.from),
    }),
  );
  const standing = versions.find(({ version, sawTest }) => version === inForce && !sawTest);
  const probability = Array.from(judged.probability);
  const champion: Contestant =
    standing === undefined
      ? {
          ...{ name: 'the table in force, learnt the same way at earlier times', kind: 'champion', version: null },
          ...{ sawTest: false, order: probability, probability },
        }
      : { ...standing, kind: 'champion' };
  const written =
    hypothesis === null
      ? []
      : [contestant(hypothesis, { name: 'the written ICP', kind: 'written', version: null, sawTest: false })];
  return {
    ...{ stage, from: judged.from, to: judged.to, n: judged.outcome.length, events: judged.events },
    rows: rankContestants(judged.outcome, [champion, ...versions.filter((each) => each !== standing), ...written]),
    ...(newest === null ? {} : { newest: { n: newest.outcome.length, events: newest.events } }),
  };
}
