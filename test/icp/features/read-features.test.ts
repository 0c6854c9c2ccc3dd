import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { buildCatalogue } from '../../../src/icp/features/catalogue.ts';
import type { FeatureCatalogue } from '../../../src/icp/features/feature-rule.ts';
import { createFeatureReader, readFeatures } from '../../../src/icp/features/read-features.ts';
import type { AccountHistory } from '../../../src/icp/history.ts';
import { type FeatureValue, type FieldValue, outcomeKinds } from '../../../src/icp/types.ts';
import { aCustomer, aHistory, anOutcome, aSignal, dated, dayMs, on, undated } from './build-history.ts';

const asOf = on('2026-01-01');

function featureOf(history: AccountHistory, catalogue: FeatureCatalogue, key: string, at = asOf): FeatureValue {
  const index = catalogue.features.findIndex((feature) => feature.key === key);
  assert.notEqual(index, -1, `no feature ${key} in ${catalogue.features.map((feature) => feature.key)}`);
  return readFeatures(history, catalogue, at).values[index] ?? null;
}

function provenanceOf(history: AccountHistory, catalogue: FeatureCatalogue, key: string) {
  return readFeatures(history, catalogue, asOf).provenance[catalogue.features.findIndex((each) => each.key === key)];
}

const catalogueOf = (histories: readonly AccountHistory[]): FeatureCatalogue =>
  buildCatalogue(histories, { fields: [], asOf });

const retailer = aHistory({ id: 'other', observations: [undated({ industry: 'Retail', employees: 10 })] });

describe('which value stands', () => {
  const employees = (observations: AccountHistory['observations'], at = asOf) => {
    const history = aHistory({ observations });
    return featureOf(history, catalogueOf([history, retailer]), 'employees', at);
  };
  const jan = dated('2025-01-01', { employees: 100 });
  const may = dated('2025-05-01', { employees: '1,200' });

  it('is the latest one by then, in whatever order the rows come', () => {
    assert.equal(employees([jan, may]), 1200);
    assert.equal(employees([may, jan]), 1200);
    assert.equal(employees([may, jan], on('2025-04-30')), 100);
    assert.equal(employees([may, jan], on('2025-05-01')), 1200);
    assert.equal(employees([may, jan], on('2024-12-31')), null);
  });

  it('is a dated one before one without a date, which can be read at any time', () => {
    const always = undated({ employees: 7 });
    assert.equal(employees([jan, always]), 100);
    assert.equal(employees([always, jan]), 100);
    assert.equal(employees([always, jan], on('2020-01-01')), 7);
  });

  it('outlives a blank of another source, and not a later blank of its own', () => {
    assert.equal(employees([jan, dated('2025-05-01', { employees: null }, 'crm')]), 100);
    assert.equal(employees([jan, dated('2025-05-01', { employees: ' ' })]), null);
    assert.equal(employees([undated({ employees: null }), undated({ employees: 8 }, 'crm')]), 8);
  });
});

it('notes that two sources disagree at the same time, and uses the latest', () => {
  const history = aHistory({
    observations: [
      dated('2025-06-01', { employees: 90 }, 'import'),
      dated('2025-06-20', { employees: 120 }, 'salesforce'),
    ],
  });
  const catalogue = catalogueOf([history, retailer]);
  assert.equal(featureOf(history, catalogue, 'employees'), 120);
  assert.deepEqual(readFeatures(history, catalogue, asOf).notes, [
    'two sources disagree on employees: 120 (salesforce), 90 (import)',
  ]);
  assert.deepEqual(readFeatures(history, catalogue, on('2025-06-10')).notes, []);
});

it('takes a later value, or another spelling, for no disagreement', () => {
  const grown = [dated('2024-06-01', { employees: 90 }), dated('2025-06-20', { employees: 120 }, 'salesforce')];
  const spelled = [undated({ industry: 'SaaS' }), undated({ industry: ' saas ' }, 'salesforce')];
  for (const observations of [grown, spelled]) {
    const history = aHistory({ observations });
    assert.deepEqual(readFeatures(history, catalogueOf([history, retailer]), asOf).notes, []);
  }
});

it('says of each value where it came from, as the source wrote it', () => {
  const history = aHistory({
    observations: [
      dated('2025-06-01', { industry: ' saas', employees: 120 }, 'salesforce'),
      undated({ employees_1yr_ago: 100 }),
    ],
    signals: [aSignal('demo_request', '2025-12-20', { source: 'forms' })],
  });
  const saas = aHistory({ observations: [undated({ industry: 'SaaS' })] });
  const catalogue = catalogueOf([history, saas, { ...saas, id: 'b' }, retailer]);
  assert.equal(featureOf(history, catalogue, 'industry'), 'SaaS');
  assert.deepEqual(provenanceOf(history, catalogue, 'industry'), {
    value: ' saas',
    observedAt: on('2025-06-01'),
    source: 'salesforce',
  });
  assert.deepEqual(provenanceOf(history, catalogue, 'growth_velocity'), {
    value: 0.2,
    observedAt: on('2025-06-01'),
    source: 'salesforce, import',
  });
  assert.deepEqual(provenanceOf(history, catalogue, 'signal_demo_request')?.observedAt, on('2025-12-20'));
  assert.deepEqual(provenanceOf(retailer, catalogue, 'growth_velocity'), {
    value: null,
    observedAt: null,
    source: null,
  });
});

it('reads a level that the catalogue does not have as other, and unknown as null', () => {
  const catalogue = catalogueOf([aHistory({ observations: [undated({ industry: 'SaaS' })] }), retailer]);
  const of = (industry: FieldValue) =>
    featureOf(aHistory({ observations: [undated({ industry })] }), catalogue, 'industry');
  assert.deepEqual(['SAAS', 'Fishing', null, 'n/a'].map(of), ['SaaS', 'other', null, null]);
});

it('computes age, growth and tech complexity as of the date', () => {
  const history = aHistory({
    observations: [
      undated({
        founded_on: '2015-01-01',
        employees: 120,
        employees_1yr_ago: 0,
        technologies: 'a;b;c;d;e;f;g;h;i;j;k;l',
      }),
    ],
  });
  const catalogue = catalogueOf([history, retailer]);
  assert.equal(featureOf(history, catalogue, 'company_age'), 11);
  assert.equal(featureOf(history, catalogue, 'company_age', on('2020-01-01')), 5);
  assert.equal(featureOf(history, catalogue, 'company_age', on('2014-01-01')), null);
  assert.equal(featureOf(history, catalogue, 'growth_velocity'), null);
  assert.equal(featureOf(history, catalogue, 'tech_complexity'), 4);
});

describe('a tool', () => {
  const user = aHistory({ observations: [undated({ technologies: ['HubSpot', 'Gong'] })] });
  const of = (history: Partial<AccountHistory>, key = 'tech_hubspot', at = asOf) =>
    featureOf(aHistory(history), catalogueOf([user, aHistory(history)]), key, at);

  it('is present when named, absent when the list is known and lacks it, and else unknown', () => {
    assert.equal(of({ observations: [undated({ technologies: ' hubspot ;Slack' })] }), 'present');
    assert.equal(of({ observations: [undated({ technologies: ['Slack'] })] }), 'absent');
    assert.equal(of({ observations: [undated({ technologies: [] })] }), 'absent');
    assert.equal(of({ observations: [undated({ technologies: null })] }), null);
    assert.equal(of({ observations: [] }), null);
  });

  it('is unknown before the list was known', () => {
    const observations = [dated('2025-06-01', { technologies: ['Slack'] })];
    assert.equal(of({ observations }, 'tech_hubspot', on('2025-05-31')), null);
    assert.equal(of({ observations }, 'tech_hubspot', on('2025-06-01')), 'absent');
  });

  it('is what a column of its own says, where that is later', () => {
    const list = dated('2025-06-01', { technologies: ['Slack'] });
    assert.equal(of({ observations: [list, dated('2025-07-01', { tech_hubspot: 'yes' })] }), 'present');
    assert.equal(of({ observations: [list, dated('2025-05-01', { tech_hubspot: 'yes' })] }), 'absent');
    assert.equal(of({ observations: [undated({ tech_hubspot: 'absent' })] }), 'absent');
  });

  it('is present when a job post lists it later than the list was made', () => {
    const signals = [aSignal('job_post', '2025-11-01', { text: 'You know HubSpot, and SQL', source: 'job board' })];
    assert.equal(of({ signals }), 'present');
    assert.equal(of({ signals }, 'tech_gong'), null);
    assert.equal(of({ signals, observations: [undated({ technologies: ['Slack'] })] }), 'present');
    assert.equal(of({ signals, observations: [dated('2025-12-01', { technologies: ['Slack'] })] }), 'absent');
    const history = aHistory({ signals });
    assert.equal(provenanceOf(history, catalogueOf([user, history]), 'tech_hubspot')?.source, 'job_post');
  });
});

describe('signals', () => {
  const at = (daysAgo: number) => new Date(asOf - daysAgo * dayMs).toISOString().slice(0, 10);
  const visitor = aHistory({
    id: 'visitor',
    signals: [
      aSignal('page_view', at(400), { value: 1 }),
      aSignal('demo_request', at(400)),
      aSignal('new_funding', at(400)),
    ],
  });
  const reading = (signals: AccountHistory['signals'], key: string, of: Partial<AccountHistory> = {}) => {
    const history = aHistory({ signals, ...of });
    return featureOf(history, catalogueOf([visitor, history]), key);
  };

  it('fade by half-life and add up', () => {
    assert.equal(reading([aSignal('demo_request', at(0))], 'signal_demo_request'), 1);
    const two = [aSignal('demo_request', at(0), { value: 3 }), aSignal('demo_request', at(21), { value: 4 })];
    assert.equal(reading(two, 'signal_demo_request'), 5);
  });

  it('are none, not unknown, for an account without any, and unknown before the book collected them', () => {
    assert.equal(reading([], 'signal_demo_request'), 0);
    assert.equal(reading([], 'buying_cycle_stage'), 'no activity');
    assert.equal(reading([], 'engagement_intensity'), 0);
    assert.equal(reading([], 'trigger_new_funding'), 'absent');
    const catalogue = catalogueOf([visitor]);
    for (const { key } of catalogue.features)
      assert.equal(featureOf(aHistory(), catalogue, key, asOf - 401 * dayMs), null);
  });

  it('count on day 90, have expired on day 91, and say so', () => {
    const old = [aSignal('demo_request', at(91))];
    assert.ok(Number(reading([aSignal('demo_request', at(90))], 'signal_demo_request')) > 0);
    assert.equal(reading(old, 'signal_demo_request'), 0);
    const { notes } = readFeatures(aHistory({ signals: old }), catalogueOf([visitor]), asOf);
    assert.deepEqual(notes, ['signal demo_request of 91 days ago has expired']);
    const several = [...old, aSignal('page_view', at(200))];
    assert.deepEqual(readFeatures(aHistory({ signals: several }), catalogueOf([visitor]), asOf).notes, [
      'signals have expired: demo_request of 91 days ago, page_view of 200 days ago',
    ]);
    const fresh = [...old, aSignal('demo_request', at(1))];
    assert.deepEqual(readFeatures(aHistory({ signals: fresh }), catalogueOf([visitor]), asOf).notes, []);
  });

  it('tell page views a day since the first visit, and how long ago the last activity was', () => {
    const visits = [aSignal('page_view', at(10), { value: 20 }), aSignal('page_view', at(3), { value: 10 })];
    assert.equal(reading(visits, 'engagement_intensity'), 3);
    assert.equal(reading(visits, 'days_since_last_activity'), 3);
    assert.equal(reading(visits, 'buying_cycle_stage'), 'engaged');
    assert.equal(reading([aSignal('page_view', at(0), { value: 5 })], 'engagement_intensity'), 5);
  });

  it('fire a trigger at three sales roles and not at two', () => {
    const roles = (value: number) => [aSignal('job_post', at(5), { text: 'SDR wanted', value })];
    assert.equal(reading(roles(2), 'trigger_sales_hiring_spike'), 'absent');
    assert.equal(reading(roles(3), 'trigger_sales_hiring_spike'), 'present');
    assert.equal(reading([...roles(2), ...roles(1)], 'trigger_sales_hiring_spike'), 'present');
  });

  it('find different phrases of pain in reviews and posts, and none in job posts', () => {
    const said = (text: string, kind = 'review_activity', source = 'g2') => aSignal(kind, at(9), { text, source });
    const both = [said('All in spreadsheets, far too slow'), said('SPREADSHEETS again')];
    assert.equal(reading(both, 'pain_phrases'), 2);
    assert.equal(reading([...both, said('we do it manually', 'job_post', 'linkedin')], 'pain_phrases'), 2);
  });

  it('of a customer who left are muted up to the end, with a note', () => {
    const signals = [
      aSignal('demo_request', at(40)),
      aSignal('page_view', at(35), { value: 50 }),
      aSignal('page_view', at(5)),
    ];
    const left = { customers: [aCustomer('2025-01-01', at(30))] };
    assert.equal(reading(signals, 'signal_demo_request', left), 0);
    assert.equal(reading(signals, 'days_since_last_activity', left), 5);
    assert.equal(reading(signals, 'engagement_intensity', left), 0.2);
    assert.equal(reading(signals, 'signal_demo_request', { outcomes: [anOutcome('churned', at(30))] }), 0);
    assert.ok(Number(reading(signals, 'signal_demo_request')) > 0);
    const toCome = {
      customers: [aCustomer('2025-01-01', '2026-01-02')],
      outcomes: [anOutcome('churned', '2026-01-02')],
    };
    assert.equal(reading(signals, 'engagement_intensity', toCome), reading(signals, 'engagement_intensity'));
    const history = aHistory({ signals, ...left });
    const { notes } = readFeatures(history, catalogueOf([history]), asOf);
    assert.deepEqual(notes, [`2 signals muted by churn on ${at(30)}`]);
  });

  it('from before an event are muted as of its day and later, with a note, and count again without it', () => {
    const signals = [
      aSignal('demo_request', at(40)),
      aSignal('page_view', at(35), { value: 50 }),
      aSignal('page_view', at(30)),
      aSignal('page_view', at(5)),
    ];
    const event = { kind: 'acquired', on: on(at(30)), note: 'acquired by Globex', source: 'Dana' };
    const history = aHistory({ signals, events: [event] });
    const catalogue = catalogueOf([visitor, history]);
    const read = (of: AccountHistory, key: string, when = asOf) => featureOf(of, catalogue, key, when);
    assert.equal(read(history, 'signal_demo_request'), 0);
    assert.equal(read(history, 'engagement_intensity'), 0.066667);
    assert.deepEqual(readFeatures(history, catalogue, asOf).notes, [
      `2 signals muted by “acquired by Globex” on ${at(30)}`,
    ]);
    for (const when of [asOf, event.on - 1]) {
      const before = aHistory({ signals });
      if (when !== asOf)
        assert.equal(read(history, 'signal_demo_request', when), read(before, 'signal_demo_request', when));
      assert.ok(Number(read(before, 'signal_demo_request', when)) > 0);
    }
    assert.equal(read(history, 'signal_demo_request', event.on), 0);
  });

  it('name what muted them, each once: churn and events beside one another', () => {
    const signals = [aSignal('demo_request', at(60)), aSignal('demo_request', at(35)), aSignal('page_view', at(5))];
    const history = aHistory({
      ...{ signals, customers: [aCustomer('2025-01-01', at(50))] },
      events: [{ kind: 'merged', on: on(at(30)), note: null, source: 'Dana' }],
    });
    const { notes } = readFeatures(history, catalogueOf([visitor, history]), asOf);
    assert.deepEqual(notes, [`1 signal muted by churn on ${at(50)}`, `1 signal muted by “merged” on ${at(30)}`]);
  });
});

it('reads the values of one part as it reads them together', () => {
  const history = aHistory({
    observations: [dated('2025-06-01', { industry: 'SaaS', technologies: ['Gong'], employees: 50 })],
    signals: [aSignal('demo_request', '2025-12-20'), aSignal('pain', '2025-12-20', { source: 'podcast' })],
  });
  const catalogue = catalogueOf([history, retailer]);
  const reader = createFeatureReader(catalogue);
  const all = reader.read(history, asOf).values;
  for (const part of ['fit', 'timing'] as const) {
    const expected = all.filter((_, index) => catalogue.features[index]?.part === part);
    assert.ok(expected.length > 0);
    assert.deepEqual(reader.values(history, asOf, part), expected);
  }
});

it('changes no value and no note when anything happens after the date', () => {
  const day = fc.integer({ min: -500, max: 400 });
  const cell = fc.constantFrom<FieldValue>('SaaS', 'Retail', 12, '1,300', null, true);
  const observation = fc.record({
    values: fc.record({
      industry: cell,
      employees: cell,
      tech_gong: cell,
      technologies: fc.constantFrom('Gong', '', 'Slack;Gong'),
    }),
    observedAt: fc.option(day.map((days) => asOf + days * dayMs)),
    source: fc.constantFrom('import', 'salesforce'),
  });
  const signal = fc.record({
    kind: fc.constantFrom('page_view', 'demo_request', 'job_post', 'pain', 'new_funding', 'review_activity'),
    observedAt: day.map((days) => asOf + days * dayMs),
    value: fc.option(fc.integer({ min: 0, max: 9 })),
    source: fc.constantFrom('website', 'g2'),
    text: fc.constantFrom(null, 'SDR who knows Gong', 'spreadsheets, too slow'),
  });
  const outcome = fc.record({
    kind: fc.constantFrom(...outcomeKinds),
    occurredAt: day.map((days) => asOf + days * dayMs),
    source: fc.constant('import'),
    reason: fc.constant(null),
  });
  const rows = fc.record({
    observations: fc.array(observation, { maxLength: 6 }),
    signals: fc.array(signal, { maxLength: 8 }),
    outcomes: fc.array(outcome, { maxLength: 4 }),
  });
  fc.assert(
    fc.property(rows, (of) => {
      const all = aHistory(of);
      const past = aHistory({
        observations: of.observations.filter(({ observedAt }) => observedAt === null || observedAt <= asOf),
        signals: of.signals.filter(({ observedAt }) => observedAt <= asOf),
        outcomes: of.outcomes.filter(({ occurredAt }) => occurredAt <= asOf),
      });
      const later = asOf + 400 * dayMs;
      const catalogue = buildCatalogue(
        [all, retailer, aHistory({ observations: [undated({ technologies: 'Gong' })] })],
        {
          fields: [],
          asOf: later,
        },
      );
      assert.deepEqual(readFeatures(all, catalogue, asOf), readFeatures(past, catalogue, asOf));
      assert.deepEqual(buildCatalogue([all], { fields: [], asOf }), buildCatalogue([past], { fields: [], asOf }));
    }),
    { numRuns: 200 },
  );
});

it('makes the same of an account whatever account it read before', () => {
  const first = aHistory({
    observations: [undated({ industry: 'SaaS', technologies: ['Gong'] }), undated({ industry: 'Retail' }, 'crm')],
    signals: [aSignal('page_view', '2025-12-30', { value: 9 })],
    customers: [aCustomer('2024-01-01', '2025-12-01')],
  });
  const catalogue = catalogueOf([first, retailer]);
  const reader = createFeatureReader(catalogue);
  reader.read(first, asOf);
  assert.deepEqual(reader.read(aHistory(), asOf), readFeatures(aHistory(), catalogue, asOf));
});
