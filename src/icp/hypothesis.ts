import { z } from 'zod';
import { UsageError } from '../errors.ts';
import { roundToSum } from '../stats/round-to-sum.ts';
import type { Criterion, IcpModel, Lever, ModelBin } from './model.ts';
import { usualValues } from './outcome-values.ts';
import type { TrainingSet } from './training-set.ts';
import type { Instant, Layer, Stage } from './types.ts';
import { layers } from './types.ts';

/**
 * A written ICP: points by hand, for the time before there is data, or to be judged beside what is learnt.
 *
 * A rule gives its points (or its weight, a hundredth of the whole each) to accounts for which `when` holds. Weights of a
 * file must sum to 1.00. `derived` makes one flag of several: at least so many of them present.
 */
const when = z.union([
  z.strictObject({ is: z.array(z.string()).min(1) }),
  z.strictObject({ from: z.number().optional(), to: z.number().optional() }),
]);
const schema = z.strictObject({
  name: z.string(),
  caps: z
    .strictObject({ firmographic: z.number(), technographic: z.number(), behavioural: z.number(), pain: z.number() })
    .optional(),
  derived: z
    .array(z.strictObject({ key: z.string(), of: z.array(z.string()).min(1), atLeast: z.number().int().min(1) }))
    .default([]),
  rules: z
    .array(
      z.strictObject({
        key: z.string(),
        label: z.string(),
        layer: z.enum(layers),
        when,
        weight: z.number().min(0).max(1).optional(),
        points: z.number().min(0).max(100).optional(),
      }),
    )
    .min(1),
});
export type Hypothesis = z.infer<typeof schema> & {
  /** It came with the product: nobody has written one for this book. */
  shipped?: true;
};

/**
 * Checks a written ICP.
 *
 * @throws {UsageError} naming the first thing that is wrong, such as weights that do not sum to 1.00
 */
export function parseHypothesis(input: unknown): Hypothesis {
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new UsageError(
      `the written ICP has a mistake at ${issue?.path.join('.') || 'its top'}: ${issue?.message ?? 'unreadable'}`,
    );
  }
  refuseTwins(parsed.data.rules.map(({ key }) => key));
  for (const { key, when } of parsed.data.rules) {
    if ('is' in when || when.from === undefined || when.to === undefined || when.from < when.to) continue;
    throw new UsageError(`the rule ${key} of a written ICP needs from below to, got from ${when.from} to ${when.to}`);
  }
  const weights = parsed.data.rules.map(({ weight }) => weight);
  if (weights.some((weight) => weight !== undefined)) {
    if (weights.some((weight) => weight === undefined))
      throw new UsageError('a written ICP gives either weights or points, not both; give every rule a weight');
    const sum = weights.reduce((total: number, weight) => total + (weight ?? 0), 0);
    if (Math.round(sum * 10_000) !== 10_000)
      throw new UsageError(
        `the weights of a written ICP must sum to 1.00, got ${sum.toFixed(4).replace(/0{1,2}$/, '')}; change the others so that they do`,
      );
  } else if (parsed.data.rules.some(({ points }) => points === undefined)) {
    throw new UsageError('every rule of a written ICP needs a weight or points');
  }
  return parsed.data;
}

/** A criterion is known by its key, in figures and in exports, so one key makes one rule. */
function refuseTwins(keys: readonly string[]): void {
  const twin = keys.find((key, nth) => keys.indexOf(key) !== nth);
  if (twin === undefined) return;
  throw new UsageError(`a written ICP has one rule a key, got two for ${twin}; join them, or leave one out`);
}

/** A points model: the same shape as a learned one, with nothing learnt. `null` makes the empty one, 50 for everybody. */
export function modelOfHypothesis(
  hypothesis: Hypothesis | null,
  facts: { book: string; asOf: Instant; counts: TrainingSet['counts']; historyDays: number | null; seed: number },
): IcpModel {
  const ranges = hypothesis?.rules.map((rule) => Math.round((rule.points ?? (rule.weight ?? 0) * 100) * 10)) ?? [];
  const hundredths = roundToSum(ranges, 100);
  const criteria = (hypothesis?.rules ?? []).map((rule, nth): Criterion => {
    const points = ranges[nth] ?? 0;
    const weight = (hundredths[nth] ?? 0) / 100;
    return {
      key: rule.key,
      label: rule.label,
      layer: rule.layer,
      part: rule.layer === 'behavioural' || rule.layer === 'pain' ? 'timing' : 'fit',
      type: typeOf(rule.when),
      field: rule.key,
      weight,
      strength: weight >= 0.15 ? 'must' : weight >= 0.07 ? 'strong' : 'bonus',
      causal: 'not tested',
      bins: [
        bin(
          'is' in rule.when
            ? { kind: 'is', values: rule.when.is }
            : { kind: 'range', from: rule.when.from ?? null, to: rule.when.to ?? null },
          rule.label,
          points,
        ),
        bin({ kind: 'unknown' }, `${rule.label}: not known`, 0),
        ...('is' in rule.when ? [bin({ kind: 'other' }, `${rule.label}: no`, 0)] : outside(rule.when, rule.label)),
      ],
    };
  });
  return {
    book: facts.book,
    kind: 'points',
    standing: 'hypothesis',
    asOf: facts.asOf,
    seed: facts.seed,
    base: hypothesis === null ? 500 : 0,
    criteria,
    derived: hypothesis?.derived ?? [],
    layerCaps: hypothesis?.caps === undefined ? null : tenths(hypothesis.caps),
    cuts: { primary: 70, nurture: 40 },
    stageValues: usualValues.stageValues,
    levers: { accepted: unknownLever, qualified: unknownLever, won: unknownLever, expanded: unknownLever },
    detractor: null,
    counts: facts.counts,
    historyDays: facts.historyDays,
    outOfTime: null,
    suspects: [],
    warnings: [],
  };
}

function typeOf(condition: z.infer<typeof when>): Criterion['type'] {
  if (!('is' in condition)) return 'number';
  return condition.is.every((value) => value === 'present' || value === 'absent') ? 'flag' : 'category';
}

const unknownLever: Lever = { estimable: false, intercept: 0, borrowedShare: 1, events: 0, rows: 0 };
const noLevers: Record<Stage, number> = { accepted: 0, qualified: 0, won: 0, expanded: 0 };

function bin(match: ModelBin['match'], label: string, points: number): ModelBin {
  return { match, label, points, rate: null, levers: noLevers, churn: 0 };
}

function outside(range: { from?: number | undefined; to?: number | undefined }, label: string): ModelBin[] {
  return [
    ...(range.from === undefined ? [] : [bin({ kind: 'range', from: null, to: range.from }, `${label}: no`, 0)]),
    ...(range.to === undefined ? [] : [bin({ kind: 'range', from: range.to, to: null }, `${label}: no`, 0)]),
  ];
}

function tenths(caps: Readonly<Record<Layer, number>>): Record<Layer, number> {
  return {
    firmographic: Math.round(caps.firmographic * 10),
    technographic: Math.round(caps.technographic * 10),
    behavioural: Math.round(caps.behavioural * 10),
    pain: Math.round(caps.pain * 10),
  };
}
