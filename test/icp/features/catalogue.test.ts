import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { buildCatalogue } from '../../../src/icp/features/catalogue.ts';
import type { FieldRule } from '../../../src/icp/features/feature-rule.ts';
import { isOutcomeTimeField } from '../../../src/icp/features/outcome-time-fields.ts';
import type { AccountHistory } from '../../../src/icp/history.ts';
import type { FieldValue } from '../../../src/icp/types.ts';
import { aHistory, aSignal, dated, on, undated } from './build-history.ts';

const asOf = on('2026-01-01');

function book(values: readonly Record<string, FieldValue>[]): AccountHistory[] {
  return values.map((each, index) => aHistory({ id: `a${index}`, observations: [undated(each)] }));
}

function keysOf(histories: readonly AccountHistory[], fields: readonly FieldRule[] = []): string[] {
  return buildCatalogue(histories, { fields, asOf }).features.map(({ key }) => key);
}

function column(field: string, values: readonly FieldValue[], fields: readonly FieldRule[] = []) {
  const catalogue = buildCatalogue(book(values.map((value) => ({ [field]: value }))), { fields, asOf });
  return { feature: catalogue.features[0], setAside: catalogue.setAside[0] };
}

const rule = (field: string, of: Partial<FieldRule> = {}): FieldRule => ({
  field,
  layer: 'firmographic',
  type: undefined,
  leftOut: null,
  ...of,
});

describe('the type of a column', () => {
  const numbers = Array.from({ length: 40 }, (_, index) => String(index + 1));

  it('is a number when 95 % are numbers and more than ten differ', () => {
    const few = numbers.slice(0, 15);
    assert.equal(column('seats', [...numbers.slice(0, 38), 'few', 'few']).feature?.type, 'number');
    assert.equal(column('seats', [...few, ...few, ...few.slice(0, 7), 'few', 'few', 'few']).feature?.type, 'category');
    const codes = Array.from({ length: 40 }, (_, index) => index % 10);
    assert.equal(column('plan', codes).feature?.type, 'category');
    assert.equal(column('plan', [...codes, 10]).feature?.type, 'number');
  });

  it('is a flag for yes and no, whatever the spelling', () => {
    assert.equal(column('partner', ['Yes', 'no', 'YES', null]).feature?.type, 'flag');
    assert.equal(column('partner', [true, false, true]).feature?.type, 'flag');
    assert.equal(column('side', ['left', 'right', 'left']).feature?.type, 'category');
  });

  it('is what the source declares, where it declares one', () => {
    const declared = [rule('plan', { type: 'number', layer: 'technographic', label: 'Size of plan' })];
    const { feature } = column('plan', [1, 2, 1], declared);
    assert.deepEqual(feature, {
      key: 'plan',
      label: 'Size of plan',
      layer: 'technographic',
      part: 'fit',
      type: 'number',
      field: 'plan',
    });
  });

  it('sets aside what is the same everywhere, differs everywhere, or is a date', () => {
    assert.match(column('kind', ['x', 'x', 'X ']).setAside?.reason ?? '', /same value/);
    const names = Array.from({ length: 30 }, (_, index) => `street ${String.fromCharCode(97 + index)}`);
    assert.match(column('street', names).setAside?.reason ?? '', /almost every/);
    assert.match(column('seen', ['2025-01-01', '2025-01-02', '2025-01-01']).setAside?.reason ?? '', /date/);
  });

  it('keeps a column that is known of some only, as that may tell', () => {
    assert.deepEqual(column('kind', ['x', null, 'x']).feature?.levels, ['x']);
  });
});

it('puts spellings of a level together under the one that most accounts use', () => {
  const { feature } = column('industry', ['SaaS', 'saas', ' SaaS', 'Retail', 'SAAS', 'SaaS', 'unknown', '']);
  assert.deepEqual(feature?.levels, ['SaaS', 'Retail']);
});

it('keeps the most frequent levels only', () => {
  const catalogue = buildCatalogue(book(['a', 'a', 'a', 'b', 'b', 'c'].map((industry) => ({ industry }))), {
    fields: [],
    asOf,
    maxLevels: 2,
  });
  assert.deepEqual(catalogue.features[0]?.levels, ['a', 'b']);
});

it('keeps the best supported features only', () => {
  const histories = book([
    { industry: 'a', region: 'x' },
    { industry: 'b', region: null },
    { industry: 'a', region: 'y' },
  ]);
  const catalogue = buildCatalogue(histories, { fields: [], asOf, maxFeatures: 1 });
  assert.deepEqual(
    catalogue.features.map(({ key }) => key),
    ['industry'],
  );
});

it('names the known columns as the contract does, and derives what is derived', () => {
  const history = (employees: number, technologies: string) =>
    undated({
      industry: employees > 50 ? 'SaaS' : 'Retail',
      funding_stage: employees > 50 ? 'Series B' : 'Seed',
      employees,
      employees_1yr_ago: 40,
      founded_on: '2010-05-01',
      technologies,
      'Favourite Colour': employees > 50 ? 'red' : 'blue',
    });
  const histories = [
    aHistory({ observations: [history(60, 'HubSpot;Gong')] }),
    aHistory({ observations: [history(20, 'C++')] }),
  ];
  assert.deepEqual(keysOf(histories), [
    'company_age',
    'employees',
    'favourite_colour',
    'funding',
    'growth_velocity',
    'industry',
    'tech_c_plus_plus',
    'tech_complexity',
    'tech_gong',
    'tech_hubspot',
  ]);
});

it('tells members with one slug apart, always in the same way', () => {
  const tools = (list: string[]) => aHistory({ observations: [undated({ technologies: list })] });
  const histories = [tools(['Net.Suite', 'net suite']), tools(['net suite']), tools([])];
  const keys = keysOf(histories).filter((key) => key.startsWith('tech_'));
  assert.deepEqual(keys, ['tech_net_suite', 'tech_net_suite_2']);
  assert.deepEqual(keysOf([...histories].reverse()), keysOf(histories));
});

it('has no feature for what is known only at or after the close, however it is spelled', () => {
  const forbidden = [
    'time_to_close',
    'Time To Close',
    'timeToClose',
    'seasonal_factor',
    'Loss Reason',
    'churn_reason',
    'Products_Purchased__c',
    'amount',
    'deal_size',
    'closed_date',
    'stage',
    'arr',
    'outcome',
    'lodestar_score',
    'icp_tier',
  ];
  for (const field of forbidden) assert.ok(isOutcomeTimeField(field), field);
  const values = [1, 2, 3].map((index) => Object.fromEntries(forbidden.map((field) => [field, index])));
  const declared = forbidden.map((field) => rule(field, { type: 'number' }));
  const catalogue = buildCatalogue(book(values), { fields: declared, asOf });
  assert.deepEqual(catalogue.features, []);
  assert.deepEqual(catalogue.setAside.map(({ field }) => field).sort(), [...forbidden].sort());
});

it('has no feature for who an account is, or for a column that a person left out', () => {
  const values = [1, 2].map((index) => ({
    name: `n${index}`,
    domain: `d${index}`,
    owner_email: 'x@y.example',
    account_id: index,
    tags: `t${index}`,
  }));
  const catalogue = buildCatalogue(book(values), {
    fields: [rule('tags', { leftOut: 'written after contact' })],
    asOf,
  });
  assert.deepEqual(catalogue.features, []);
  assert.equal(catalogue.setAside.find(({ field }) => field === 'tags')?.reason, 'written after contact');
});

it('takes a yes or no for a trait even where its name sounds like an address', () => {
  const values = [true, false, true].map((each) => ({ do_not_email: each, email: `${each}@x.example` }));
  assert.deepEqual(keysOf(book(values)), ['do_not_email']);
});

it('does not see what is observed later than its date', () => {
  const later = aHistory({
    observations: [dated('2026-02-01', { industry: 'SaaS' })],
    signals: [aSignal('demo_request', '2026-02-01')],
  });
  assert.deepEqual(keysOf([later, aHistory()]), []);
});

it('has features for the kinds of signals that the book collects, and for no other', () => {
  assert.deepEqual(keysOf([aHistory({ signals: [aSignal('job_post', '2025-12-01')] })]), ['signal_job_post']);
  const catalogue = buildCatalogue(
    [aHistory({ signals: [aSignal('page_view', '2025-12-01'), aSignal('pain_tools', '2025-12-01')] })],
    {
      fields: [],
      asOf,
    },
  );
  assert.deepEqual(
    catalogue.features.map(({ key, layer, part }) => [key, layer, part]),
    [
      ['buying_cycle_stage', 'behavioural', 'timing'],
      ['days_since_last_activity', 'behavioural', 'timing'],
      ['engagement_intensity', 'behavioural', 'timing'],
      ['signal_page_view', 'behavioural', 'timing'],
      ['signal_pain_tools', 'pain', 'timing'],
    ],
  );
  assert.equal(catalogue.seenFrom, on('2025-12-01'));
});

it('learns an undated column at the first touch whatever its layer, and a behavioural one that was followed over time', () => {
  const fields = [rule('visits', { layer: 'behavioural', type: 'number' })];
  const parts = (observations: AccountHistory['observations'], timeKind: 'dates' | 'order' = 'dates') =>
    buildCatalogue([aHistory({ observations })], { fields, asOf, timeKind }).features.map(({ layer, part }) => [
      layer,
      part,
    ]);
  assert.deepEqual(parts([undated({ visits: 3 })]), [['behavioural', 'fit']]);
  const followed = ['2025-01-01', '2025-02-01', '2025-03-01'].map((day, nth) => dated(day, { visits: nth }));
  assert.deepEqual(parts(followed), [['behavioural', 'timing']]);
  assert.deepEqual(parts(followed, 'order'), [['behavioural', 'fit']]);
  assert.deepEqual(
    parts(followed.slice(1)),
    [['behavioural', 'fit']],
    'what was looked up twice cannot be seen to move',
  );
});

it('is the same whatever the order of the accounts, and survives JSON', () => {
  const cells = fc.constantFrom<FieldValue>('SaaS', 'saas', 'Retail', '12', 7, null, true, '-');
  const accounts = fc.array(
    fc.record({ industry: cells, plan: cells, technologies: fc.array(fc.constantFrom('Gong', 'gong', 'C', 'C++')) }),
    {
      maxLength: 12,
    },
  );
  fc.assert(
    fc.property(accounts, (values) => {
      const histories = book(values);
      const catalogue = buildCatalogue(histories, { fields: [], asOf });
      assert.deepEqual(buildCatalogue([...histories].reverse(), { fields: [], asOf }), catalogue);
      assert.deepEqual(JSON.parse(JSON.stringify(catalogue)), catalogue);
      assert.equal(new Set(catalogue.features.map(({ key }) => key)).size, catalogue.features.length);
      assert.equal(catalogue.rules.length, catalogue.features.length);
    }),
  );
});
