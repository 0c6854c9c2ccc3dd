import type { Criterion, IcpModel, ModelRule } from '../model.ts';
import { findBin } from '../score-account.ts';
import type { FeatureValue, Tenths } from '../types.ts';
import { rangeOf } from '../weigh-criteria.ts';
import type { FineTuning, ModelChange } from './model-change.ts';

/** A criterion whose points move by less than this, anywhere, goes along with the fine tuning: one point. */
const noteworthy: Tenths = 10;
/** Lines about criteria; those that move points least go along with the fine tuning. */
const mostCriteria = 8;

/**
 * What a candidate would change in the model in force, one line a change, the largest first; the last line is the fine tuning.
 *
 * Applying all of them to `base` gives the candidate. Nothing to change gives no lines.
 */
export function diffModels(base: IcpModel, candidate: IcpModel): ModelChange[] {
  if (base.kind !== candidate.kind || candidate.kind === 'points') {
    const { kind, standing } = base;
    return same(base, candidate) ? [] : [{ kind: 'table replaced', model: candidate, before: { kind, standing } }];
  }
  const criteria = criterionChanges(base, candidate);
  const told = criteria.slice(0, mostCriteria).filter(({ moves }) => moves >= noteworthy);
  const ruled: ModelChange[] = [
    ...told.map(({ change }) => change),
    ...(same(base.cuts, candidate.cuts)
      ? []
      : [{ kind: 'tier cuts moved', cuts: candidate.cuts, before: base.cuts } as const]),
    ...(same(base.stageValues, candidate.stageValues)
      ? []
      : [
          {
            kind: 'stage values recalibrated',
            stageValues: candidate.stageValues,
            before: base.stageValues,
          } as const,
        ]),
    ...ruleChanges(base.segments ?? [], candidate.segments ?? [], {
      added: (rule) => ({ kind: 'segment added', rule }),
      altered: (rule, before) => ({ kind: 'segment altered', rule, before }),
      dropped: (before) => ({ kind: 'segment dropped', before }),
    }),
    ...ruleChanges(base.antiPatterns ?? [], candidate.antiPatterns ?? [], {
      added: (rule) => ({ kind: 'anti-pattern added', rule }),
      altered: (rule, before) => ({ kind: 'anti-pattern altered', rule, before }),
      dropped: (before) => ({ kind: 'anti-pattern dropped', before }),
    }),
  ];
  const tuning = fineTuning(base, candidate, new Set(told.map(({ key }) => key)));
  return tuning === null ? ruled : [...ruled, { kind: 'fine tuning', tuning }];
}

interface CriterionChange {
  key: string;
  change: ModelChange;
  /** The most that it moves the points of any account. */
  moves: Tenths;
}

function criterionChanges(base: IcpModel, candidate: IcpModel): CriterionChange[] {
  const before = new Map(base.criteria.map((criterion) => [criterion.key, criterion]));
  const after = new Set(candidate.criteria.map(({ key }) => key));
  const changes = candidate.criteria.map((criterion): CriterionChange => {
    const old = before.get(criterion.key);
    return old === undefined
      ? { key: criterion.key, change: { kind: 'criterion added', criterion }, moves: rangeOf(criterion) }
      : {
          key: criterion.key,
          change: { kind: 'criterion re-weighted', criterion, before: old },
          moves: movesOf(old, criterion),
        };
  });
  for (const old of base.criteria) {
    if (!after.has(old.key))
      changes.push({ key: old.key, change: { kind: 'criterion dropped', before: old }, moves: rangeOf(old) });
  }
  return changes.sort((left, right) => right.moves - left.moves || (left.key < right.key ? -1 : 1));
}

/** The most that the points of any value move from one table to another. */
function movesOf(before: Criterion, after: Criterion): Tenths {
  let most = 0;
  for (const value of valuesOf(before, after)) {
    const moved = (findBin(after, value)?.points ?? 0) - (findBin(before, value)?.points ?? 0);
    most = Math.max(most, Math.abs(moved));
  }
  return most;
}

/** A value for every place where either table may differ from the other. */
function valuesOf(...criteria: readonly Criterion[]): FeatureValue[] {
  const values = new Set<FeatureValue>([null]);
  const edges: number[] = [];
  for (const { match } of criteria.flatMap(({ bins }) => bins)) {
    if (match.kind === 'is') for (const value of match.values) values.add(value);
    if (match.kind === 'other') values.add('\u0000 none of those that are named');
    if (match.kind === 'range') edges.push(...[match.from, match.to].filter((edge) => edge !== null));
  }
  // A range holds its lower edge, so each edge stands for what follows it, and one value for what is below them all.
  for (const edge of edges) values.add(edge);
  if (edges.length > 0) values.add(Math.min(...edges) - 1);
  return [...values];
}

function ruleChanges<Rule extends ModelRule>(
  before: readonly Rule[],
  after: readonly Rule[],
  as: {
    added: (rule: Rule) => ModelChange;
    altered: (rule: Rule, before: Rule) => ModelChange;
    dropped: (before: Rule) => ModelChange;
  },
): ModelChange[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const kept = new Set(after.map(({ id }) => id));
  return [
    ...after.flatMap((rule) => {
      const was = old.get(rule.id);
      if (was === undefined) return [as.added(rule)];
      return same(saidBy(was), saidBy(rule)) ? [] : [as.altered(rule, was)];
    }),
    ...before.filter(({ id }) => !kept.has(id)).map(as.dropped),
  ];
}

function saidBy({ name, conditions }: ModelRule) {
  return { name, conditions: conditions.map(({ key, match }) => ({ key, match })) };
}

/** The rest: small moves, probabilities, and what the model says of its own making; `null` where all of it stands as it was. */
function fineTuning(base: IcpModel, candidate: IcpModel, told: ReadonlySet<string>): FineTuning | null {
  const before = new Map(base.criteria.map((criterion) => [criterion.key, criterion]));
  const after = new Set(candidate.criteria.map(({ key }) => key));
  const tuning: FineTuning = {
    base: candidate.base,
    criteria: candidate.criteria.filter((criterion) => {
      const old = before.get(criterion.key);
      return !told.has(criterion.key) && (old === undefined || !same(tableOf(old), tableOf(criterion)));
    }),
    dropped: base.criteria.map(({ key }) => key).filter((key) => !told.has(key) && !after.has(key)),
    levers: candidate.levers,
    detractor: candidate.detractor,
    made: madeOf(candidate),
  };
  const { base: from, levers, detractor } = base;
  const stands =
    tuning.criteria.length === 0 &&
    tuning.dropped.length === 0 &&
    same([from, levers, detractor], [tuning.base, tuning.levers, tuning.detractor]);
  return stands ? null : tuning;
}

function madeOf(model: IcpModel): FineTuning['made'] {
  const { standing, asOf, seed, counts, historyDays, outOfTime, suspects, warnings } = model;
  return { standing, asOf, seed, counts, historyDays, outOfTime, suspects, warnings };
}

/** A criterion without its weight, which follows from all the others. */
function tableOf({ weight: _, strength: __, ...table }: Criterion) {
  return table;
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
