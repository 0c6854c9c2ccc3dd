import fc from 'fast-check';
import type { AccountHistory } from '../../src/icp/history.ts';
import type { BinMatch, Criterion, IcpModel, ModelBin } from '../../src/icp/model.ts';
import type { FeatureValue, Stage } from '../../src/icp/types.ts';
import { layers } from '../../src/icp/types.ts';

const noLevers: Record<Stage, number> = { accepted: 0, qualified: 0, won: 0, expanded: 0 };
const noLever = { estimable: false, intercept: 0, borrowedShare: 1, events: 0, rows: 0 };

/** A model without criteria, 50 for everybody; what a test is about is said by `parts`. */
export function aModel(parts: Partial<IcpModel> = {}): IcpModel {
  return {
    ...{ book: 'main', kind: 'learned', standing: 'full', asOf: 0, seed: 1, base: 500, criteria: [], derived: [] },
    ...{ layerCaps: null, cuts: { primary: 70, nurture: 40 }, detractor: null, historyDays: 400, outOfTime: null },
    stageValues: { accepted: 22, qualified: 38, won: 58, expanded: 100 },
    levers: { accepted: noLever, qualified: noLever, won: noLever, expanded: noLever },
    counts: { accounts: 0, touched: 0, won: 120, lost: 130, churnedAfterUse: 0, expanded: 0 },
    ...{ suspects: [], warnings: [] },
    ...parts,
  };
}

export function aBin(match: BinMatch, points: number, parts: Partial<ModelBin> = {}): ModelBin {
  return { match, label: `bin of ${points}`, points, rate: null, levers: noLevers, churn: 0, ...parts };
}

export function aCriterion(key: string, bins: readonly ModelBin[], parts: Partial<Criterion> = {}): Criterion {
  return {
    ...{ key, label: key, layer: 'firmographic', part: 'fit', type: 'category', field: key, weight: 0.1 },
    ...{ strength: 'strong', causal: 'not tested' },
    ...parts,
    bins,
  };
}

export function aHistory(id: string, parts: Partial<AccountHistory> = {}): AccountHistory {
  return {
    ...{ book: 'main', id, name: `Name of ${id}`, domain: null, ownerEmail: null },
    ...{ observations: [], outcomes: [], leads: [], opportunities: [], customers: [], signals: [], usage: [] },
    contacts: [],
    ...parts,
  };
}

const points = fc.integer({ min: -400, max: 400 });
const churn = fc.integer({ min: -2_500, max: 2_500 });
const levels = ['logistics', 'retail', 'SaaS', 'public sector'];

function binOf(match: BinMatch): fc.Arbitrary<ModelBin> {
  return fc.record({ points, churn }).map((drawn) => aBin(match, drawn.points, { churn: drawn.churn }));
}

const numberBins = fc
  .uniqueArray(fc.integer({ min: -50, max: 500 }), { minLength: 0, maxLength: 3 })
  .map((cuts) => cuts.sort((a, b) => a - b))
  .map((cuts): BinMatch[] => [
    ...[null, ...cuts].map((from, nth): BinMatch => ({ kind: 'range', from, to: cuts[nth] ?? null })),
  ]);
const categoryBins = fc
  .subarray(levels, { minLength: 0 })
  .map((known): BinMatch[] => known.map((level) => ({ kind: 'is', values: [level] })));
const flagBins = fc
  .subarray(['present', 'absent'], { minLength: 1 })
  .map((known): BinMatch[] => known.map((state) => ({ kind: 'is', values: [state] })));

function criterionOf(nth: number): fc.Arbitrary<Criterion> {
  const typed = fc.oneof(
    numberBins.map((matches) => ({ type: 'number' as const, matches })),
    categoryBins.map((matches) => ({ type: 'category' as const, matches })),
    flagBins.map((matches) => ({ type: 'flag' as const, matches })),
  );
  return fc
    .tuple(typed, fc.boolean(), fc.boolean(), fc.constantFrom(...layers))
    .chain(([drawn, other, unknown, layer]) => {
      const more: BinMatch[] = [
        ...(other && drawn.type === 'category' ? [{ kind: 'other' as const }] : []),
        ...(unknown ? [{ kind: 'unknown' as const }] : []),
      ];
      return fc
        .tuple(...[...drawn.matches, ...more].map(binOf))
        .map((bins) => aCriterion(`f${nth}`, bins, { type: drawn.type, layer }));
    });
}

const detractors = fc.option(
  fc.record({
    intercept: fc.integer({ min: -4_000, max: 1_000 }),
    baseOdds: fc.double({ min: 0.01, max: 1, noNaN: true }),
    baseRate: fc.double({ min: 0.01, max: 0.5, noNaN: true }),
    k: fc.constantFrom(0, 0.25, 0.5, 0.75, 1),
    flagAt: fc.constantFrom(0.3, 0.4, 0.5),
    events: fc.constant(30),
    rows: fc.constant(200),
  }),
  { nil: null },
);

/** Any model that might be published: every type of criterion, with and without caps, detractor and derived flags. */
export const anyModel: fc.Arbitrary<IcpModel> = fc
  .record({
    base: fc.integer({ min: 0, max: 1_000 }),
    criteria: fc
      .integer({ min: 0, max: 6 })
      .chain((n) => fc.tuple(...Array.from({ length: n }, (_, nth) => criterionOf(nth)))),
    derived: fc.tuple(fc.boolean(), points, churn, fc.integer({ min: 1, max: 2 })),
    layerCaps: fc.option(
      fc.record({
        firmographic: fc.integer({ min: 0, max: 400 }),
        technographic: fc.integer({ min: 0, max: 400 }),
        behavioural: fc.integer({ min: 0, max: 400 }),
        pain: fc.integer({ min: 0, max: 400 }),
      }),
      { nil: null },
    ),
    detractor: detractors,
  })
  .map(({ base, criteria, derived: [has, gives, churns, atLeast], layerCaps, detractor }) =>
    aModel({
      ...{ base, layerCaps, detractor },
      criteria: has
        ? [
            ...criteria,
            aCriterion('several', [aBin({ kind: 'is', values: ['present'] }, gives, { churn: churns })], {
              type: 'flag',
            }),
          ]
        : criteria,
      derived: has ? [{ key: 'several', of: ['tool_a', 'tool_b', 'tool_c'], atLeast }] : [],
    }),
  );

/** Values for every feature that `anyModel` may ask for; a level or a number that no bin holds is among them. */
export const anyValues: fc.Arbitrary<Readonly<Record<string, FeatureValue>>> = fc.record({
  ...Object.fromEntries(
    Array.from({ length: 6 }, (_, nth) => [
      `f${nth}`,
      fc.oneof(
        fc.constant(null),
        fc.integer({ min: -100, max: 600 }),
        fc.constantFrom(...levels, 'never met', 'present', 'absent'),
      ),
    ]),
  ),
  tool_a: fc.constantFrom('present', 'absent', null),
  tool_b: fc.constantFrom('present', 'absent', null),
  tool_c: fc.constantFrom('present', 'absent', null),
});
