import fc from 'fast-check';
import { layers } from '../../src/icp/types.ts';
import { reportTopics } from '../../src/questions/report-card.ts';
import type { Answer, Card, Receipt } from '../../src/questions/types.ts';
import { aScoreAnswer } from './slack-answers.ts';
import { account, crmText, day, explanation, orNull, rate, tenths } from './slack-arbitraries.ts';

const text = crmText;

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
/** Written by us: it names figures or none, and a lone brace is not ours. */
const withoutBraces = text.map((words) => words.replace(/[{}]/g, ''));
const choice = fc.record({ label: text, question: fc.oneof(text, fc.constant('why Acme')) });

const state = fc.constantFrom('within' as const, 'outside' as const, 'cannot tell' as const);
const instant = fc.integer({ min: 0, max: 1e12 });
const data = orNull(
  fc.record({
    quality: fc.record({
      bounds: fc.constant({ wonToLost: [0.1, 2] as const, historyDays: 180 }),
      ratio: fc.record({ won: fc.nat(), lost: fc.nat(), wonForLost: orNull(fc.nat()), state, sentence: text }),
      history: fc.record({
        ...{ days: orNull(fc.nat()), first: orNull(instant), last: orNull(instant), state, sentence: text },
        sources: fc.array(fc.record({ source: text, days: fc.nat(), first: instant, last: instant }), {
          maxLength: 30,
        }),
      }),
    }),
    layers: fc.array(
      fc.record({
        layer: fc.constantFrom(...layers),
        state: fc.constantFrom('nothing found' as const, 'criteria' as const),
        criteria: fc.nat(99),
        sentence: text,
      }),
      { maxLength: 4 },
    ),
  }),
);

const point = fc.record(
  { label: text, v: fc.double({ noNaN: true, min: -1e6, max: 1e6 }), group: text },
  { requiredKeys: ['label', 'v'] },
);

const otherCard: fc.Arbitrary<Card> = fc.oneof(
  fc.record({
    kind: fc.constant('report' as const),
    topic: fc.constantFrom(...reportTopics),
    title: text,
    sections: fc.array(
      fc.record({
        heading: orNull(text),
        lines: fc.array(withoutBraces, { maxLength: 30 }),
        table: orNull(
          fc.record({
            columns: fc.array(text, { maxLength: 12 }),
            rows: fc.array(fc.array(withoutBraces, { maxLength: 12 }), { maxLength: 60 }),
          }),
        ),
      }),
      { maxLength: 20 },
    ),
    chart: orNull(
      fc.record({
        kind: fc.constantFrom('bars' as const, 'lines' as const),
        title: text,
        unit: fc.constantFrom('share' as const, 'points' as const, 'count' as const),
        alt: text,
        points: fc.array(point, { maxLength: 40 }),
      }),
    ),
    choices: fc.array(choice, { maxLength: 30 }),
    data: fc.constant(null),
  }),
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
        part: fc.constantFrom('fit' as const, 'timing' as const),
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
    data,
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
    data,
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
        left: fc.boolean(),
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
