import { shapleyValues } from '../../stats/games/shapley-values.ts';
import type { Scored } from '../score-account.ts';
import { type ScoreSupport, supportOf } from '../score-support.ts';
import type { Instant, Tenths } from '../types.ts';
import type { Weighed } from '../weigh-account.ts';
import { type ReadingModel, type ScoreSide, scoreOf, weighSide } from './score-side.ts';
import { type Fix, splitNews } from './split-news.ts';

export const changeParts = ['data', 'enrichmentFix', 'model', 'decay'] as const;
/** What has happened, what was put right, another table of points, and the passing of time alone. */
export type ChangePart = (typeof changeParts)[number];

export interface ChangedSide extends ScoreSupport {
  at: Instant;
  modelVersion: number;
  score: number;
  tier: 1 | 2 | 3;
}

/** A score on one day against another, taken apart. Everything is in points, to the tenth. */
export interface WhyChanged {
  from: ChangedSide;
  to: ChangedSide;
  difference: number;
  /** These add up to the difference, to the tenth. */
  parts: Readonly<Record<ChangePart, number>>;
  /** Criteria that give other points than before, the largest change first. */
  criteria: readonly { key: string; before: string; after: string; pointsBefore: number; pointsAfter: number }[];
  fixes: readonly Fix[];
}

/**
 * Why a score is not what it was: splits the difference exactly into data, enrichment fix, model and decay.
 *
 * Each of the four is replaced in every possible order, and what it changes is averaged over the orders. So no part is
 * favoured by coming first, the parts add up, and a cause that was absent gets nothing.
 *
 * @param from the account as it was known on the earlier day, under the model of then
 * @param to the same on the later day
 */
export function whyChanged(from: ScoreSide, to: ScoreSide): WhyChanged {
  const news = splitNews(from.history, to.history, from.at, to.at);
  const scoreWith = (set: number): Tenths => {
    const [data, fix, model, decay] = changeParts.map((_, nth) => (set & (1 << nth)) !== 0);
    const under: ReadingModel = model ? to.under : from.under;
    const history = news.with({ events: data ?? false, fixes: fix ?? false, later: decay ?? false });
    return scoreOf({ history, under, at: decay ? to.at : from.at }).score;
  };
  const [old, now] = [weighSide(from), weighSide(to)];
  const [before, after] = [old.scored, now.scored];
  const worths = Array.from({ length: 2 ** changeParts.length }, (_, set) => scoreWith(set));
  const parts = toTheUnit(
    shapleyValues(changeParts.length, (set) => worths[set] ?? 0),
    after.score - before.score,
  );
  return {
    from: changedSide(from, old),
    to: changedSide(to, now),
    difference: (after.score - before.score) / 10,
    parts: {
      data: (parts[0] ?? 0) / 10,
      enrichmentFix: (parts[1] ?? 0) / 10,
      model: (parts[2] ?? 0) / 10,
      decay: (parts[3] ?? 0) / 10,
    },
    criteria: changedCriteria(before, after),
    fixes: news.fixes,
  };
}

function changedSide({ at, under }: ScoreSide, weighed: Weighed): ChangedSide {
  const { score, tier } = weighed.scored;
  return { at, modelVersion: under.version, score: score / 10, tier, ...supportOf(weighed) };
}

/** Whole units that add up to a sum: the parts are rounded, and what is missing goes to those that were rounded worst. */
function toTheUnit(parts: readonly number[], sum: number): number[] {
  const whole = parts.map((part) => Math.round(part));
  let missing = sum - whole.reduce((total, part) => total + part, 0);
  const step = Math.sign(missing);
  const worst = parts
    .map((part, nth) => ({ nth, gap: step * (part - (whole[nth] ?? 0)) }))
    .sort((a, b) => b.gap - a.gap || a.nth - b.nth);
  for (const { nth } of worst) {
    if (missing === 0) break;
    whole[nth] = (whole[nth] ?? 0) + step;
    missing -= step;
  }
  return whole.map((part) => part + 0);
}

function changedCriteria(before: Scored, after: Scored): WhyChanged['criteria'] {
  const said = (scored: Scored) =>
    new Map(
      scored.hits.map(({ criterion, bin }) => [
        criterion.key,
        { label: bin?.label ?? `${criterion.label}: a value that the model has not met`, points: bin?.points ?? 0 },
      ]),
    );
  const [old, now] = [said(before), said(after)];
  const nothing = { label: 'no criterion', points: 0 };
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => {
      const [was, is] = [old.get(key) ?? nothing, now.get(key) ?? nothing];
      return { key, before: was.label, after: is.label, pointsBefore: was.points / 10, pointsAfter: is.points / 10 };
    })
    .filter(({ pointsBefore, pointsAfter }) => pointsBefore !== pointsAfter)
    .sort(
      (a, b) =>
        Math.abs(b.pointsAfter - b.pointsBefore) - Math.abs(a.pointsAfter - a.pointsBefore) || (a.key < b.key ? -1 : 1),
    );
}
