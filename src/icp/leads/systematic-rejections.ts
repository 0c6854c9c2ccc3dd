import { fisherExact } from '../../stats/tests/fisher-exact.ts';
import { holm } from '../../stats/tests/holm.ts';
import { dayMs } from '../features/calendar.ts';
import { slugText } from '../features/clean-text.ts';
import type { IcpModel } from '../model.ts';
import { type Condition, holdsFor } from '../patterns/condition.ts';
import { conditionOf, conditionTable } from '../patterns/search-columns.ts';
import type { ModelChange } from '../proposals/model-change.ts';
import type { FeatureTable, FeatureValue, Instant } from '../types.ts';
import type { LeadAnswer } from './lead-standing.ts';
import { reasonKind } from './reject-reason.ts';

/** What is needed to see whether reps turn down a kind of company. */
export interface RejectionsToJudge {
  /** Answers of reps, in any order; those that were taken back or that no account belongs to are not used. */
  answers: readonly LeadAnswer[];
  /** Answers that a decided change has cited already. */
  cited: ReadonlySet<number>;
  /** Accounts whose leads were taken on, to compare with. */
  accepted: readonly string[];
  /** What is known of all of these accounts. */
  table: FeatureTable;
  /** The model in force: its bins are tried first, and what it knows as an anti-pattern already is not proposed again. */
  model: Pick<IcpModel, 'criteria' | 'antiPatterns'>;
  now: Instant;
}

export type AntiPatternAdded = Extract<ModelChange, { kind: 'anti-pattern added' }>;

const remembersDays = 90;
const fewest = 10;
const clearAt = 0.05;
const groups = 10;

interface Tried {
  reason: string;
  condition: Condition;
  answers: readonly LeadAnswer[];
  p: number;
  /** Bins that the model publishes go before others that say as much. */
  published: boolean;
}

/**
 * Kinds of company that reps turn down for one reason, time and again: each as a change that a person may approve.
 *
 * Counted are the rejections of the last 90 days that no proposal has cited. A kind is a condition that at least ten turned
 * down accounts share, clearly more often than the accounts that were taken on (Fisher's exact test, with every condition
 * and every reason counted as a try, after Holm). Of the conditions that tell, the most telling is proposed: one a reason.
 */
export function systematicRejections(judged: RejectionsToJudge): AntiPatternAdded[] {
  const { answers, cited, now, table, model } = judged;
  const rejections = answers.filter(
    ({ id, answer, undoneAt, at, accountId }) =>
      answer === 'rejected' &&
      undoneAt === null &&
      accountId !== null &&
      !cited.has(id) &&
      at > now - remembersDays * dayMs,
  );
  const conditions = conditionsOf(table, model);
  const read = readerOf(table);
  const turnedDown = new Set(rejections.map(({ accountId }) => accountId));
  const accepted = [...new Set(judged.accepted)].filter((id) => !turnedDown.has(id));
  const tried: Tried[] = [];
  for (const [reason, all] of Map.groupBy(rejections, (answer) => reasonKind(answer.reason))) {
    if (new Set(all.map(({ accountId }) => accountId)).size < fewest) continue;
    for (const { condition, published } of conditions) {
      const holds = (id: string | null) => (id === null ? null : holdsFor(condition, read(id, condition.key)));
      const p = chanceOf([...new Set(all.map(({ accountId }) => accountId))].map(holds), accepted.map(holds));
      tried.push({
        reason,
        condition,
        answers: all.filter(({ accountId }) => holds(accountId) === true),
        p,
        published,
      });
    }
  }
  const adjusted = holm(tried.map(({ p }) => p));
  const clear = tried.filter(
    ({ answers: sharing }, nth) =>
      adjusted[nth]! <= clearAt && new Set(sharing.map(({ accountId }) => accountId)).size >= fewest,
  );
  return [...Map.groupBy(clear, ({ reason }) => reason)].flatMap(([reason, all]) => {
    const [best] = all.toSorted(
      (a, b) => a.p - b.p || Number(b.published) - Number(a.published) || b.answers.length - a.answers.length,
    );
    return best === undefined ? [] : [changeOf(reason, best, model)];
  });
}

/** How likely that the condition holds so much more often of the turned down by chance; 1 where nothing can be compared. */
function chanceOf(turnedDown: readonly (boolean | null)[], accepted: readonly (boolean | null)[]): number {
  const count = (list: readonly (boolean | null)[], wanted: boolean) => list.filter((each) => each === wanted).length;
  const [hits, misses] = [count(turnedDown, true), count(turnedDown, false)];
  const [otherHits, otherMisses] = [count(accepted, true), count(accepted, false)];
  if (hits < fewest || otherHits + otherMisses === 0) return 1;
  return fisherExact(hits, hits + misses, otherHits, otherHits + otherMisses);
}

/** Every bin of a criterion, every common level of a category, and every number below or from a cut; none twice. */
function conditionsOf(
  table: FeatureTable,
  { criteria, antiPatterns = [] }: RejectionsToJudge['model'],
): { condition: Condition; published: boolean }[] {
  const known = new Set(
    antiPatterns.flatMap(({ conditions }) => (conditions.length === 1 ? conditions.map(keyOf) : [])),
  );
  const found: { condition: Condition; published: boolean }[] = [];
  const add = (condition: Condition, published: boolean) => {
    if (known.has(keyOf(condition))) return;
    known.add(keyOf(condition));
    found.push({ condition, published });
  };
  const fields = new Set(table.features.map(({ key }) => key));
  for (const { key, field, bins } of criteria) {
    if (!fields.has(key)) continue;
    for (const { match, label } of bins)
      if (match.kind === 'range' || match.kind === 'is') add({ key, field, label, match }, true);
  }
  const cut = conditionTable(table, groups);
  for (const [column, size] of cut.sizes.entries()) {
    const parts = cut.ordered[column]
      ? Array.from({ length: size - 1 }, (_, at) => [
          { from: 0, to: at },
          { from: at + 1, to: size - 1 },
        ]).flat()
      : Array.from({ length: size }, (_, at) => ({ from: at, to: at }));
    for (const part of parts) add(conditionOf(cut, { column, ...part }), false);
  }
  return found;
}

function keyOf({ key, match }: Condition): string {
  return JSON.stringify([key, match]);
}

function readerOf({ accountIds, features, columns }: FeatureTable): (id: string, key: string) => FeatureValue {
  const rows = new Map(accountIds.map((id, row) => [id, row]));
  const places = new Map(features.map(({ key }, at) => [key, at]));
  return (id, key) => columns[places.get(key) ?? -1]?.[rows.get(id) ?? -1] ?? null;
}

function changeOf(
  reason: string,
  { condition, answers }: Tried,
  { criteria }: RejectionsToJudge['model'],
): AntiPatternAdded {
  const bin = criteria
    .find(({ key }) => key === condition.key)
    ?.bins.find(({ match }) => keyOf({ ...condition, match }) === keyOf(condition));
  return {
    kind: 'anti-pattern added',
    rule: {
      id: `reps_${slugText(reason)}_${slugText(condition.label)}`,
      name: `${condition.label}: turned down as "${reason}"`,
      conditions: [condition],
      winRate: bin?.rate ?? null,
    },
    because: {
      reason,
      answers: answers.map(({ id, leadId, accountId, by, byName }) => ({
        answerId: id,
        leadId,
        accountId,
        by,
        byName,
      })),
    },
  };
}
