import type { ReadingModel } from '../../../src/icp/changes/score-side.ts';
import type { FeatureCatalogue } from '../../../src/icp/features/feature-rule.ts';
import type { Criterion, IcpModel } from '../../../src/icp/model.ts';
import type { Feature } from '../../../src/icp/types.ts';
import { aBin, aCriterion, aModel } from '../../support/a-model.ts';

export const day = 86_400_000;

const features: readonly Feature[] = [
  {
    ...{ key: 'industry', label: 'Industry', layer: 'firmographic', part: 'fit', type: 'category' },
    ...{ field: 'industry', levels: ['SaaS', 'Retail'] },
  },
  {
    ...{ key: 'employees', label: 'Employees', layer: 'firmographic', part: 'fit', type: 'number' },
    ...{ field: 'employees', unit: 'employees' },
  },
  { key: 'crm', label: 'Uses a CRM', layer: 'technographic', part: 'fit', type: 'flag', field: 'crm' },
  { key: 'chat', label: 'Uses chat', layer: 'technographic', part: 'fit', type: 'flag', field: 'chat' },
  {
    ...{ key: 'signal_demo_request', label: 'Demo requests', layer: 'behavioural', part: 'timing', type: 'number' },
    field: 'signals',
  },
];

export const catalogue: FeatureCatalogue = {
  ...{ asOf: 0, timeKind: 'dates', features, setAside: [], sizeBuckets: [], painPhrases: [], seenFrom: 0, accounts: 9 },
  rules: [
    { how: 'value' },
    { how: 'value' },
    { how: 'value' },
    { how: 'value' },
    { how: 'signal', kind: 'demo_request', collectedFrom: 0 },
  ],
};

/** A table of points for five features, by what each bin gives in tenths. */
export function criteriaOf(points: {
  saas: number;
  retail: number;
  big: number;
  crm: number;
  chat: number;
  demo: number;
}): Criterion[] {
  const flag = (key: string, given: number) =>
    aCriterion(
      key,
      [
        aBin({ kind: 'is', values: ['present'] }, given, { label: `Uses ${key}` }),
        aBin({ kind: 'is', values: ['absent'] }, 0, { label: `No ${key}` }),
        aBin({ kind: 'unknown' }, 0, { label: `${key} is not known` }),
      ],
      { type: 'flag', layer: 'technographic' },
    );
  return [
    aCriterion('industry', [
      aBin({ kind: 'is', values: ['SaaS'] }, points.saas, { label: 'Industry is SaaS' }),
      aBin({ kind: 'is', values: ['Retail'] }, points.retail, { label: 'Industry is Retail' }),
      aBin({ kind: 'unknown' }, 0, { label: 'Industry is not known' }),
    ]),
    aCriterion(
      'employees',
      [
        aBin({ kind: 'range', from: null, to: 100 }, 0, { label: 'Under 100 employees' }),
        aBin({ kind: 'range', from: 100, to: null }, points.big, { label: '100 employees and more' }),
        aBin({ kind: 'unknown' }, 0, { label: 'Employees are not known' }),
      ],
      { type: 'number' },
    ),
    flag('crm', points.crm),
    flag('chat', points.chat),
    aCriterion(
      'signal_demo_request',
      [
        aBin({ kind: 'range', from: null, to: 0.5 }, 0, { label: 'Hardly a demo request' }),
        aBin({ kind: 'range', from: 0.5, to: null }, points.demo, { label: 'Asked for a demo' }),
        aBin({ kind: 'unknown' }, 0, { label: 'Demo requests are not known' }),
      ],
      { type: 'number', layer: 'behavioural', part: 'timing', field: 'signals' },
    ),
  ];
}

export const usual = { saas: 150, retail: -100, big: 80, crm: 60, chat: 40, demo: 120 };

export function under(
  version: number,
  points: Partial<typeof usual> = {},
  parts: Partial<IcpModel> = {},
): ReadingModel {
  return { version, catalogue, model: aModel({ criteria: criteriaOf({ ...usual, ...points }), ...parts }) };
}
