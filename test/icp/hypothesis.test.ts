import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import { buildCatalogue } from '../../src/icp/features/catalogue.ts';
import { type Hypothesis, modelOfHypothesis, parseHypothesis } from '../../src/icp/hypothesis.ts';
import { scoreAccount } from '../../src/icp/score-account.ts';
import { aHistory } from '../support/a-model.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): unknown => parse(readFileSync(join(root, file), 'utf8'));
const facts = {
  ...{ book: 'main', asOf: 0, seed: 1, historyDays: null },
  counts: { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 },
};
const modelOf = (hypothesis: Hypothesis | null) => modelOfHypothesis(hypothesis, facts);
const rule = (key: string, parts: object) => ({
  key,
  label: key,
  layer: 'firmographic',
  when: { is: ['x'] },
  ...parts,
});

describe('the sample ICP', () => {
  const sample = parseHypothesis(read('hypotheses/sample-icp.yaml'));

  it('has the nine rows of the requirement, three of each strength, weights summing to 1.00', () => {
    const { criteria } = modelOf(sample);
    assert.deepEqual(
      criteria.map(({ weight, strength }) => [weight, strength]),
      [
        ...[0.25, 0.2, 0.15].map((weight) => [weight, 'must']),
        ...[0.1, 0.1, 0.08].map((weight) => [weight, 'strong']),
        ...[0.05, 0.05, 0.02].map((weight) => [weight, 'bonus']),
      ],
    );
    assert.equal(
      criteria.reduce((sum, { weight }) => sum + Math.round(weight * 100), 0),
      100,
    );
  });

  it('gives 100 to an account that has it all, and 0 to one of which nothing is known', () => {
    const all: Record<string, string | number> = {
      ...{ employees: 200, industry: 'FinTech', tech_hubspot: 'present', funding: 'Series B', growth_velocity: 0.4 },
      ...{ tech_gong: 'present', tech_apollo: 'present', country: 'US' },
      ...{ trigger_new_sales_leader: 'present', competitor_customer: 'present' },
    };
    const model = modelOf(sample);
    assert.deepEqual([model.layerCaps, scoreAccount(model, (key) => all[key] ?? null).score], [null, 1000]);
    assert.equal(scoreAccount(model, () => null).score, 0);
    assert.equal(
      scoreAccount(model, (key) => (key === 'employees' ? 500 : null)).score,
      250,
      '500 employees still count',
    );
    assert.equal(scoreAccount(model, (key) => (key === 'employees' ? 501 : null)).score, 0);
  });

  it('is refused, with the sum, when one weight changes', () => {
    for (const by of [0.01, -0.01, 0.004]) {
      const rules = sample.rules.map((each, nth) => (nth === 3 ? { ...each, weight: (each.weight ?? 0) + by } : each));
      assert.throws(() => parseHypothesis({ ...sample, rules }), {
        code: 'usage',
        message: new RegExp(
          `must sum to 1\\.00, got ${String(Math.round((1 + by) * 1000) / 1000).replace('.', '\\.')}`,
        ),
      });
    }
  });
});

describe('the four layers', () => {
  const layered = parseHypothesis(read('hypotheses/four-layers.yaml'));

  it('are capped at 30, 25, 30 and 15, and make 100 together', () => {
    const { layerCaps } = modelOf(layered);
    assert.deepEqual(layerCaps, { firmographic: 300, technographic: 250, behavioural: 300, pain: 150 });
  });

  it('hold a layer at its cap, whatever is added to it', () => {
    const more = { ...layered, rules: [...layered.rules, { ...layered.rules[0]!, key: 'revenue', points: 40 }] };
    const scored = scoreAccount(modelOf(parseHypothesis(more)), (key) => (/employees|revenue/.test(key) ? 100 : null));
    assert.deepEqual([scored.positive, scored.layers.firmographic, scored.clamp], [300, 300, 300 - 520]);
  });
});

describe('a written ICP', () => {
  it('asks only for features that a book with those columns has', () => {
    const day = 86_400_000;
    const now = Date.parse('2026-09-30');
    const values = {
      ...{ industry: 'SaaS', employees: 120, employees_1yr_ago: 90, country: 'US', funding_stage: 'Series A' },
      ...{
        competitor_customer: 'yes',
        technologies: ['Salesforce', 'HubSpot', 'Outreach', 'SalesLoft', 'Gong', 'Apollo', 'ZoomInfo'],
      },
    };
    const other = {
      ...values,
      technologies: [],
      competitor_customer: 'no',
      industry: 'FinTech',
      country: 'DE',
      funding_stage: 'Seed',
    };
    const signal = (kind: string, text: string | null) => ({
      kind,
      observedAt: now - 9 * day,
      value: null,
      source: 's',
      text,
    });
    const histories = Array.from({ length: 60 }, (_, nth) =>
      aHistory(`a${nth}`, {
        observations: [{ values: nth % 2 === 0 ? values : other, observedAt: now - 400 * day, source: 'import' }],
        signals: [
          ...(nth % 2 === 0 ? [signal('leadership_change', 'New VP Sales')] : []),
          signal('page_view', null),
          signal('review', 'pipeline is a mess'),
        ],
      }),
    );
    const keys = new Set(buildCatalogue(histories, { fields: [], asOf: now }).features.map(({ key }) => key));
    for (const file of globSync('hypotheses/*.yaml', { cwd: root })) {
      const { rules, derived } = parseHypothesis(read(file));
      const made = new Map(derived.map((flag) => [flag.key, flag.of]));
      const asked = rules.flatMap(({ key }) => made.get(key) ?? [key]);
      assert.deepEqual(
        asked.filter((key) => !keys.has(key)),
        [],
        `${file} asks for what no book has`,
      );
    }
  });

  it('gives weights that sum to 1.00 to points that do not divide evenly', () => {
    const rules = ['a', 'b', 'c'].map((key) => rule(key, { points: 1 }));
    const weights = modelOf(parseHypothesis({ name: 'thirds', rules })).criteria.map(({ weight }) => weight);
    assert.deepEqual(weights, [0.34, 0.33, 0.33]);
  });

  it('says of a flag that it is one, so that its column can be found', () => {
    const rules = [
      rule('a', { points: 1, when: { is: ['present'] } }),
      rule('b', { points: 1 }),
      rule('c', { points: 1, when: { from: 2 } }),
    ];
    const types = modelOf(parseHypothesis({ name: 'types', rules })).criteria.map(({ type }) => type);
    assert.deepEqual(types, ['flag', 'category', 'number']);
  });

  for (const [mistake, input, said] of [
    ['weights beside points', { rules: [rule('a', { weight: 1 }), rule('b', { points: 3 })] }, /not both/],
    ['a rule that gives nothing', { rules: [rule('a', { points: 3 }), rule('b', {})] }, /needs a weight or points/],
    ['two rules for one key', { rules: [rule('a', { points: 3 }), rule('a', { points: 2 })] }, /got two for a/],
    ['a range that holds nothing', { rules: [rule('a', { points: 3, when: { from: 9, to: 2 } })] }, /from 9 to 2/],
    ['no rules', { rules: [] }, /rules/],
    ['an unknown word', { rules: [rule('a', { points: 3, pionts: 3 })] }, /rules\.0/],
    ['a layer that is none', { rules: [rule('a', { points: 3, layer: 'vibes' })] }, /rules\.0\.layer/],
  ] as const) {
    it(`is refused for ${mistake}`, () => {
      assert.throws(() => parseHypothesis({ name: 'wrong', ...input }), { code: 'usage', message: said });
    });
  }

  it('is refused when it is no table at all', () => {
    for (const input of [null, 'text', 3, []]) assert.throws(() => parseHypothesis(input), { code: 'usage' });
  });

  it('may be nobody: then everybody has 50', () => {
    assert.deepEqual([modelOf(null).criteria, scoreAccount(modelOf(null), () => null).score], [[], 500]);
  });
});
