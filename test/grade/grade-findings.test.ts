import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClaimedGroup, FindingsToGrade } from '../../src/grade/findings-to-grade.ts';
import { gradeFindings } from '../../src/grade/grade-findings.ts';
import { gradeTable } from '../../src/grade/grade-table.ts';
import { gradedParts } from '../../src/grade/graded-parts.ts';
import { readTruth, type Truth } from '../../src/grade/truth.ts';
import type { Criterion, ModelBin } from '../../src/icp/model.ts';
import { generateMarket } from '../../src/market/generate.ts';
import { plantedThings } from '../../src/market/world.ts';

const { answerKey } = generateMarket({ size: 'small', seed: 5 });
const truth: Truth = readTruth(JSON.parse(JSON.stringify(answerKey)));
const empty: Truth = readTruth(generateMarket({ size: 'small', seed: 5, without: plantedThings }).answerKey);
const dayOf = (date: string): number => Date.parse(date);
const rate = (v: number, n = 99): { v: number; low: number; high: number; n: number } => ({
  v,
  low: v - 0.05,
  high: v + 0.05,
  n,
});

/** The touched accounts of a group cannot be told from a key, so as many of it as are touched. */
function claim({
  name,
  accounts,
  touched,
}: {
  name: string;
  accounts: readonly string[];
  touched: number;
}): ClaimedGroup {
  return { id: `segment-${name}`, name, conditions: [], members: accounts.slice(0, touched) };
}

function bin(match: ModelBin['match'], points: number, churn: number): ModelBin {
  const levers = { accepted: -points, qualified: 0, won: 0, expanded: points };
  return { match, label: '', points, rate: null, levers, churn };
}

function criterion(key: string, field: string, points: readonly [number, number], churn: number): Criterion {
  return {
    ...{ key, label: key, layer: 'firmographic', part: 'fit', type: 'number', field, weight: 0.05, strength: 'bonus' },
    causal: 'not tested',
    bins: [
      bin({ kind: 'range', from: null, to: 9 }, points[0], 0),
      bin({ kind: 'range', from: 9, to: null }, points[1], churn),
    ],
  };
}

const detractor = { intercept: 0, baseOdds: 0.1, baseRate: 0.1, k: 0.75, flagAt: 0.4, events: 40, rows: 300 };
const drifting = { id: 'industry best', label: 'Industry is SaaS', kind: 'criterion' };

/** What somebody would say who knows the truth. */
const everything: FindingsToGrade = {
  model: {
    criteria: [
      criterion('use_case', 'use_case', [0, 0], 900),
      criterion('tech_airtable', 'technologies', [0, 0], 800),
      criterion('web_visits', 'web_visits', [4, -4], 0),
      criterion('legal_form', 'legal_form', [0, 1], 0),
    ],
    detractor,
    suspects: [{ field: 'onboarding_stage', reason: 'known after the sale' }],
  },
  segments: { segments: truth.segments.map(claim), emerging: truth.emerging === null ? [] : [claim(truth.emerging)] },
  lossPatterns: [
    {
      name: 'Slow committees',
      conditions: [
        { key: 'deal.stakeholders', label: 'more than 5 stakeholders' },
        { key: 'deal.procurement', label: 'formal procurement' },
      ],
    },
  ],
  churnPatterns: [{ name: 'Reporters', conditions: [{ key: 'use_case', label: 'Use case is reporting' }] }],
  causes: {
    judged: [
      {
        key: 'tech_snowflake',
        field: 'technologies',
        label: 'Snowflake',
        verdict: 'likely drives',
        standsOn: 'expansion',
      },
      { key: 'funding_amount', field: 'funding_amount', label: 'Funding', verdict: 'only goes along', standsOn: null },
    ],
  },
  drift: {
    alerts: [{ monitor: 'win rate', group: drifting, detectedAt: dayOf('2026-06-20'), change: { v: -0.3 } }],
    links: [{ group: drifting, waveAt: dayOf('2026-07-20'), leadDays: 30 }],
  },
  churn: {
    method: 'learned',
    judged: {
      auc: rate(0.8),
      alerts: {
        learned: { alerts: 40, precision: rate(0.5), leadDays: rate(60) },
        usageDecay: { alerts: 40, precision: rate(0.3), leadDays: rate(40) },
      },
    },
  },
  expansion: { method: 'learned', judged: { auc: rate(0.7), topTen: rate(0.5), anyTen: rate(0.2) } },
  rejections: {
    traits: [{ key: 'sales_team_size', label: 'Sales team below 6' }],
    reasons: [{ reason: 'no outbound team', tier1: 12, all: 40 }],
  },
};

/** What somebody would say who had looked everywhere and seen nothing. */
const nothing: FindingsToGrade = {
  ...{ model: { criteria: [], detractor: null, suspects: [] }, segments: { segments: [], emerging: [] } },
  ...{ lossPatterns: [], churnPatterns: [], causes: { judged: [] }, drift: { alerts: [], links: [] } },
  ...{
    churn: { method: 'nothing', judged: null },
    expansion: { method: 'nothing', judged: null },
    rejections: { traits: [], reasons: [] },
  },
};

/** What somebody would say who sees things. */
const made: FindingsToGrade = {
  model: { criteria: [], detractor: null, suspects: [{ field: 'industry', reason: 'too good to be true' }] },
  segments: {
    segments: [{ id: 's', name: 'People called Smith', conditions: [], members: ['nobody'] }],
    emerging: [{ id: 'e', name: 'Tuesday people', conditions: [], members: ['nobody'] }],
  },
  lossPatterns: [{ name: 'Rainy quarters', conditions: [{ key: 'city', label: 'City is Bergen' }] }],
  churnPatterns: [{ name: 'Ltd', conditions: [{ key: 'legal_form', label: 'Legal form is Ltd' }] }],
  causes: {
    judged: [
      { key: 'legal_form', field: 'legal_form', label: 'Legal form', verdict: 'likely drives', standsOn: 'winning' },
      {
        key: 'funding_amount',
        field: 'funding_amount',
        label: 'Funding',
        verdict: 'likely drives',
        standsOn: 'expansion',
      },
      { key: 'tech_jira', field: 'technologies', label: 'Jira', verdict: 'likely drives', standsOn: 'expansion' },
    ],
  },
  drift: {
    alerts: [{ monitor: 'win rate', group: drifting, detectedAt: dayOf('2025-11-20'), change: { v: -0.3 } }],
    links: [],
  },
};

describe('gradeFindings', () => {
  it('finds everything for who knows the truth, and nothing invented', () => {
    const grade = gradeFindings(truth, everything);
    assert.deepEqual(
      grade.lines.filter(({ verdict }) => verdict !== 'found'),
      [],
    );
    assert.deepEqual(grade.invented, []);
    assert.equal(grade.found, grade.lines.length);
  });

  it('has a line for every kind of thing that is planted, save what is not graded', () => {
    const kinds = new Set(gradeFindings(truth, everything).lines.map(({ kind }) => kind));
    assert.deepEqual(
      [...plantedThings].filter((thing) => !kinds.has(thing)),
      ['effects', 'dirt', 'signals'],
    );
  });

  it('misses all that takes a claim for who saw nothing', () => {
    const grade = gradeFindings(truth, nothing);
    const found = grade.lines.filter(({ verdict }) => verdict === 'found').map(({ kind }) => kind);
    // Not falling for something is all that these two ask.
    assert.deepEqual(found, ['noise', 'confounder']);
    assert.deepEqual(grade.invented, []);
  });

  it('lists what was invented, each under its family', () => {
    const { invented, lines } = gradeFindings(truth, made);
    assert.deepEqual(
      invented.map(({ family, what }) => `${family}: ${what}`),
      [
        'segments: People called Smith',
        'emerging: Tuesday people',
        'loss patterns: Rainy quarters',
        'churn patterns: Ltd',
        'causes: Legal form',
        'causes: Funding',
        'causes: Jira',
        'drift: win rate: Industry is SaaS',
        'suspects: industry',
      ],
    );
    assert.equal(lines.find(({ kind }) => kind === 'confounder')?.verdict, 'missed');
    assert.equal(lines.find(({ kind }) => kind === 'noise')?.verdict, 'missed');
  });

  it('says of what nobody looked for neither that it was found nor that it was missed', () => {
    const grade = gradeFindings(truth, gradedParts(everything.model, { asOf: 0 }));
    const kinds = (verdict: string): string[] =>
      grade.lines.filter((line) => line.verdict === verdict).map(({ kind }) => kind);
    assert.deepEqual(kinds('found'), ['detractor', 'darling', 'leak', 'noise']);
    assert.deepEqual(kinds('missed'), []);
    assert.equal(grade.notLookedFor, grade.lines.length - 4);
  });

  it('has nothing to find where nothing is planted, and calls a claim there an invention', () => {
    const grade = gradeFindings(empty, { ...everything, lossPatterns: made.lossPatterns ?? [] });
    assert.deepEqual(grade.lines, []);
    const families = new Set(grade.invented.map(({ family }) => family));
    for (const family of ['segments', 'emerging', 'loss patterns', 'causes', 'drift', 'suspects'] as const)
      assert.ok(families.has(family), family);
  });

  it('does not take half a segment, or one that is mostly others, for the segment', () => {
    const [segment] = truth.segments;
    const { accounts, touched } = segment!;
    const verdictOn = (members: readonly string[]): string | undefined =>
      gradeFindings(truth, {
        ...nothing,
        segments: { segments: [{ id: 'a', name: 'A', conditions: [], members }], emerging: [] },
      }).lines.find(({ what }) => what === segment!.name)?.verdict;
    const some = accounts.slice(0, Math.ceil(touched * 0.5));
    const others = some.map((id) => `not ${id}`);
    assert.equal(verdictOn(some), 'found');
    assert.equal(verdictOn(accounts.slice(0, Math.floor(touched * 0.3))), 'missed');
    assert.equal(verdictOn([...some, ...others, 'one more']), 'missed');
  });

  it('takes an alert for the drift only after its day, downwards, and in its segment', () => {
    const [alert] = everything.drift!.alerts;
    const verdictOn = (change: object): string | undefined =>
      gradeFindings(truth, { ...everything, drift: { alerts: [{ ...alert!, ...change }], links: [] } }).lines.find(
        ({ what }) => what === 'SaaS is won less often',
      )?.verdict;
    assert.equal(verdictOn({}), 'found');
    assert.equal(verdictOn({ detectedAt: dayOf('2026-03-20') }), 'missed');
    assert.equal(verdictOn({ change: { v: 0.3 } }), 'missed');
    assert.equal(verdictOn({ group: { ...drifting, label: 'Industry is energy' } }), 'missed');
    const member = { id: 'segment segment-Scale-up SaaS', label: 'Young and growing', kind: 'segment' };
    assert.equal(verdictOn({ group: member }), 'found');
  });
});

describe('what counts as found', () => {
  const verdictOn = (findings: FindingsToGrade, part: string): string | undefined =>
    gradeFindings(truth, findings).lines.find(({ what }) => what.includes(part))?.verdict;

  it('takes a fallen win rate that comes up when customers leave for the drift', () => {
    const fall = { group: drifting, to: dayOf('2026-08-20'), change: { v: -0.3 } };
    const drift = { alerts: [{ monitor: 'churn', group: drifting, detectedAt: fall.to, change: { v: 2 } }], links: [] };
    assert.equal(verdictOn({ ...everything, drift }, 'won less often'), 'missed');
    assert.equal(verdictOn({ ...everything, drift: { ...drift, earlier: [fall] } }, 'won less often'), 'found');
    const elsewhere = { ...fall, group: { ...drifting, label: 'Industry is energy' } };
    assert.equal(verdictOn({ ...everything, drift: { ...drift, earlier: [elsewhere] } }, 'won less often'), 'missed');
  });

  const withCriteria = (...criteria: Criterion[]): FindingsToGrade => ({
    ...everything,
    model: { ...everything.model, criteria },
  });
  const held = (of: Criterion, counts: readonly number[]): Criterion => ({
    ...of,
    bins: of.bins.map((each, at) => ({ ...each, rate: rate(0.1, counts[at]!) })),
  });
  const marks = [
    criterion('use_case', 'use_case', [0, 0], 900),
    criterion('tech_airtable', 'technologies', [0, 0], 800),
  ];

  it('ranks what moves leaving by how far it moves the accounts there are', () => {
    const rare = ['city', 'country', 'office_count', 'region'].map((field) =>
      held(criterion(field, field, [0, 0], 5_000), [10_000, 10]),
    );
    const known = marks.map((mark) => held(mark, [5_000, 5_000]));
    assert.equal(verdictOn(withCriteria(...known, ...rare), 'reporters'), 'found');
    const common = rare.map((each) => held(each, [5_000, 5_000]));
    assert.equal(verdictOn(withCriteria(...known, ...common), 'reporters'), 'missed');
  });

  it('reads the darling off halves of the accounts, and not off the outermost few', () => {
    const visits = criterion('web_visits', 'web_visits', [4, -4], 0);
    const few = {
      ...visits.bins[0]!,
      match: { kind: 'range', from: null, to: 1 } as const,
      points: -90,
      rate: rate(0, 20),
    };
    const bins = [few, ...held(visits, [5_000, 5_000]).bins];
    assert.equal(verdictOn(withCriteria({ ...visits, bins }), 'loved by reps'), 'found');
    const rising = bins.map((each) => ({ ...each, points: -each.points }));
    assert.equal(verdictOn(withCriteria({ ...visits, bins: rising }), 'loved by reps'), 'missed');
  });

  it('calls an anti-pattern invented only where nothing moves who is won', () => {
    const antiPatterns = [{ kind: 'low win rate', name: 'Small towns', conditions: [] }];
    const families = (of: Truth): string[] =>
      gradeFindings(of, { ...nothing, antiPatterns }).invented.map(({ family }) => family);
    assert.deepEqual(families(empty), ['anti-patterns']);
    assert.deepEqual(families(truth), []);
  });
});

describe('the table of a grade', () => {
  it('has a row for each line, the inventions, and a sum in words', () => {
    const grade = gradeFindings(truth, made);
    const text = gradeTable(grade);
    for (const { what } of [...grade.lines, ...grade.invented]) assert.ok(text.includes(what), what);
    assert.ok(
      text.endsWith(
        `${grade.found} of ${grade.found + grade.missed} planted things found, ${grade.notLookedFor} not looked for, 9 invented`,
      ),
    );
    assert.ok(gradeTable(gradeFindings(truth, everything)).endsWith('planted things found, nothing invented'));
  });
});

describe('readTruth', () => {
  it('says what it needed when it is given something else', () => {
    assert.throws(() => readTruth({ planted: [] }), /requires the answer key that demo wrote .* until/);
    assert.throws(() => readTruth('no'), /everything does not fit/);
  });
});
