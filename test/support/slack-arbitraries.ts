import fc from 'fast-check';
import type { ExplainedCriterion, Explanation } from '../../src/icp/explanation.ts';
import { layers } from '../../src/icp/types.ts';
import type { Answer, Card, Receipt } from '../../src/questions/types.ts';
import { aScoreAnswer } from './slack-answers.ts';

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

const day = fc
  .date({ min: new Date('2015-01-01T00:00:00Z'), max: new Date('2027-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const tenths = (min: number, max: number) => fc.integer({ min, max }).map((n) => n / 10);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const rate = fc.record({
  v: fc.double({ min: 0, max: 1, noNaN: true }),
  low: fc.constant(0),
  high: fc.constant(1),
  n: fc.nat(1_000_000),
});
const text = crmText;
const account = fc.record({ book: fc.string({ maxLength: 20 }), id: crmText, name: crmText, domain: orNull(text) });

const criterion: fc.Arbitrary<ExplainedCriterion> = fc.record({
  key: fc.uuid(),
  label: text,
  layer: fc.constantFrom(...layers),
  value: fc.constant(null),
  points: tenths(-200, 200),
  weight: fc.double({ min: 0, max: 1, noNaN: true }),
  strength: fc.constantFrom('must', 'strong', 'bonus'),
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

const listed = fc.record({
  book: fc.string({ maxLength: 20 }),
  id: text,
  name: text,
  domain: orNull(text),
  score: tenths(0, 1000),
  tier: fc.constantFrom(1 as const, 2 as const, 3 as const),
  ownerEmail: orNull(text),
  evidence: fc.constantFrom('A', 'B', 'C', 'D'),
  label: orNull(text),
});
const bin = orNull(fc.record({ label: text, points: tenths(-300, 300), rate: orNull(rate) }));
const choice = fc.record({ label: text, question: fc.oneof(text, fc.constant('why Acme')) });

const otherCard: fc.Arbitrary<Card> = fc.oneof(
  fc.record({
    kind: fc.constant('compare' as const),
    left: explanation,
    right: explanation,
    differences: fc.array(
      fc.record({
        key: fc.uuid(),
        label: text,
        layer: fc.constantFrom(...layers),
        left: tenths(-200, 200),
        right: tenths(-200, 200),
        difference: tenths(-400, 400),
      }),
      { maxLength: 60, size: 'max' },
    ),
    summary: text,
  }),
  fc.record({
    kind: fc.constant('list' as const),
    title: text,
    rows: fc.array(listed, { maxLength: 120, size: 'max' }),
    total: fc.nat(1_000_000),
    filter: fc.constant({}),
  }),
  fc.record({
    kind: fc.constant('criteria' as const),
    book: text,
    modelVersion: orNull(fc.nat(99)),
    standing: fc.constantFrom('full' as const, 'provisional' as const, null),
    base: tenths(0, 900),
    ratio: orNull(fc.double({ min: 1, max: 99, noNaN: true })),
    rows: fc.array(
      fc.record({
        key: fc.uuid(),
        label: text,
        layer: fc.constantFrom(...layers),
        weight: fc.double({ min: 0, max: 1, noNaN: true }),
        strength: fc.constantFrom('must' as const, 'bonus' as const),
        causal: fc.constant('cannot tell' as const),
        best: bin,
        worst: bin,
      }),
      { maxLength: 60, size: 'max' },
    ),
    stageValues: fc.constant({ accepted: 22, qualified: 38, won: 58, expanded: 100 }),
    k: fc.constant(0.75),
    outOfTime: fc.constant(null),
    verdict: text,
    warnings: fc.array(text, { maxLength: 20 }),
  }),
  fc.record({
    kind: fc.constant('coverage' as const),
    book: text,
    outcomes: fc.array(fc.record({ kind: text, count: fc.nat(), from: orNull(day), to: orNull(day) }), {
      maxLength: 9,
    }),
    fields: fc.array(
      fc.record({
        field: text,
        layer: fc.constantFrom(...layers),
        fill: rate,
        sources: fc.nat(9),
        conflicts: fc.nat(999),
        state: text,
      }),
      { maxLength: 80, size: 'max' },
    ),
    setAside: fc.nat(),
    accounts: fc.nat(),
  }),
  fc.record({
    kind: fc.constant('history' as const),
    account,
    asOf: day,
    fields: fc.array(
      fc.record({ field: text, value: text, observedAt: orNull(day), source: text, conflict: orNull(text) }),
      { maxLength: 60, size: 'max' },
    ),
    deals: fc.array(
      fc.record({
        id: text,
        type: text,
        outcome: text,
        amount: orNull(fc.nat()),
        createdAt: orNull(day),
        closedAt: orNull(day),
        cycleDays: orNull(fc.nat(999)),
        lossReason: orNull(text),
        missingToQualify: fc.array(text, { maxLength: 3 }),
        more: fc.dictionary(text, text, { maxKeys: 8 }),
      }),
      { maxLength: 25, size: 'max' },
    ),
    customer: orNull(
      fc.record({
        startedAt: day,
        endedAt: orNull(day),
        tenureMonths: fc.nat(99),
        churnReason: orNull(text),
        arr: orNull(fc.nat()),
        usageTrend: orNull(fc.double({ min: -1, max: 1, noNaN: true })),
      }),
    ),
    timeline: fc.array(fc.record({ at: day, what: text, detail: orNull(text), source: text }), {
      maxLength: 50,
      size: 'max',
    }),
  }),
  fc.record({
    kind: fc.constant('notice' as const),
    title: text,
    text,
    choices: fc.array(choice, { maxLength: 30, size: 'max' }),
  }),
);

/** An answer with any card; its sentence names a figure that came from a CRM. */
export const answer: fc.Arbitrary<Answer> = fc.oneof(
  explanation.map((given) => aScoreAnswer(given)),
  fc.record({ asOf: day, card: otherCard, said: text }).map(({ asOf, card, said }) => ({
    receipt: 'r1',
    question: 'list' as const,
    asOf,
    text: 'It says {{said}}.',
    figures: [{ key: 'said', label: 'Said', v: said, unit: 'text' as const }],
    card,
  })),
);

export const receipt: fc.Arbitrary<Receipt> = fc.record({
  id: text,
  question: fc.constant('explain' as const),
  arguments: fc.dictionary(fc.string({ maxLength: 9 }), text, { maxKeys: 4 }),
  asOf: day,
  importId: fc.nat(),
  modelVersion: orNull(fc.nat()),
  createdAt: day,
  read: fc.array(text, { maxLength: 20 }),
  figures: fc.array(
    fc.record({
      key: fc.uuid(),
      label: text,
      v: fc.oneof(text, fc.nat(), fc.constant(null)),
      unit: fc.constant('number'),
    }),
    { maxLength: 80, size: 'max' },
  ),
  same: fc.boolean(),
  differences: fc.array(fc.record({ key: text, stored: orNull(text), again: orNull(text) }), { maxLength: 9 }),
});
