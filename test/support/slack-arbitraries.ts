import fc from 'fast-check';
import type { ExplainedCriterion, Explanation } from '../../src/icp/explanation.ts';
import { layers } from '../../src/icp/types.ts';

/** What has been found in CRM fields: very long, right to left, emoji, line breaks, mentions, links, nothing at all. */
export const crmText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
  fc.constantFrom(
    '',
    '   ',
    '<!channel> <@U123> <https://evil.example|Acme>',
    '@here look at https://evil.example/?a=1&b=2',
    'שלום עולם \u202e txt.exe',
    '👩‍👩‍👧‍👦'.repeat(40),
    '&<>'.repeat(400),
    'line\nbreak\r\nand\ttab',
    'W'.repeat(5000),
    '*bold* _it_ ~no~ `code` {{score}}',
  ),
);

export const day = fc
  .date({ min: new Date('2015-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
export const tenths = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 10);
export const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
export const rate = fc.record({
  v: fc.double({ min: 0, max: 1, noNaN: true }),
  low: fc.constant(0),
  high: fc.constant(1),
  n: fc.nat(1_000_000),
});
const text = crmText;
export const account = fc.record({
  book: fc.string({ maxLength: 20 }),
  id: crmText,
  name: crmText,
  domain: orNull(text),
});

const criterion: fc.Arbitrary<ExplainedCriterion> = fc.record({
  key: fc.uuid(),
  label: text,
  layer: fc.constantFrom(...layers),
  value: fc.constant(null),
  points: tenths(-200, 200),
  weight: fc.double({ min: 0, max: 1, noNaN: true }),
  strength: fc.constantFrom('must', 'strong', 'bonus'),
  part: fc.constantFrom('fit', 'timing'),
  rate: orNull(rate),
  causal: fc.constantFrom('likely drives', 'only goes along', 'cannot tell', 'structural', 'not tested'),
  observedAt: orNull(day),
  source: orNull(text),
});

/** Explanations that add up as an engine's would: integers in tenths, a multiplier of three decimals, one rounding. */
export const explanation: fc.Arbitrary<Explanation> = fc
  .record({
    account,
    asOf: day,
    owner: orNull(text),
    openPipeline: fc.nat(100_000_000),
    lastActivityAt: orNull(day),
    crmTier: fc.constantFrom(1 as const, 2 as const, 3 as const, null),
    grade: fc.constantFrom('A' as const, 'B' as const, 'C' as const, 'D' as const),
    base: fc.integer({ min: -200, max: 900 }),
    criteria: fc.uniqueArray(criterion, { maxLength: 60, size: 'max', selector: ({ key }) => key }),
    multiplier: fc.integer({ min: 250, max: 1000 }),
    flagged: fc.boolean(),
    override: orNull(fc.record({ tier: fc.constant(1 as const), reason: text, until: day, by: text })),
    words: fc.array(text, { maxLength: 12 }),
    tierRule: orNull(text),
  })
  .map((given) => {
    const sum = given.base + given.criteria.reduce((total, { points }) => total + Math.round(points * 10), 0);
    const positive = Math.min(1000, Math.max(0, sum));
    const score = Math.round((positive * given.multiplier) / 1000) / 10;
    const layerSum = (layer: string) =>
      given.criteria.reduce((total, c) => total + (c.layer === layer ? Math.round(c.points * 10) : 0), 0) / 10;
    return {
      account: given.account,
      asOf: given.asOf,
      modelVersion: 3,
      context: {
        owner: given.owner,
        openPipeline: given.openPipeline,
        lastActivityAt: given.lastActivityAt,
        url: null,
        crmTier: given.crmTier,
      },
      score,
      tier: score > 70 ? 1 : score >= 40 ? 2 : 3,
      tierRule: given.tierRule,
      override: given.override,
      evidence: { grade: given.grade, reasons: given.words },
      range: null,
      base: given.base / 10,
      criteria: given.criteria,
      clamp: (positive - sum) / 10,
      positive: positive / 10,
      detractor: {
        probability: 0.2,
        baseRate: 0.1,
        match: (1000 - given.multiplier) / 750,
        flagged: given.flagged,
        k: 0.75,
        multiplier: given.multiplier / 1000,
        reasons: given.words,
      },
      levers: { accepted: 0.6, qualified: 0.3, won: 0.1, expanded: null },
      layers: {
        firmographic: layerSum('firmographic'),
        technographic: layerSum('technographic'),
        behavioural: layerSum('behavioural'),
        pain: layerSum('pain'),
      },
      segment: null,
      warnings: given.words,
    };
  });
