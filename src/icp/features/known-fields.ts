import type { FeatureType, Layer } from '../types.ts';

/** What a well-known column of a bundle becomes. Columns that are not here keep their own name. */
export interface KnownField {
  key: string;
  label: string;
  layer: Layer;
  type: FeatureType;
  unit?: string;
}

/** The columns that the contract names, as features of their own. */
export const knownFields: Readonly<Record<string, KnownField>> = {
  industry: { key: 'industry', label: 'Industry', layer: 'firmographic', type: 'category' },
  sub_industry: { key: 'sub_industry', label: 'Sub-industry', layer: 'firmographic', type: 'category' },
  employees: { key: 'employees', label: 'Employees', layer: 'firmographic', type: 'number', unit: 'employees' },
  revenue: { key: 'revenue', label: 'Revenue', layer: 'firmographic', type: 'number' },
  country: { key: 'country', label: 'Country', layer: 'firmographic', type: 'category' },
  region: { key: 'region', label: 'Region', layer: 'firmographic', type: 'category' },
  funding_stage: { key: 'funding', label: 'Funding stage', layer: 'firmographic', type: 'category' },
  funding_amount: { key: 'funding_amount', label: 'Funding', layer: 'firmographic', type: 'number' },
  web_traffic: { key: 'web_traffic', label: 'Web traffic', layer: 'firmographic', type: 'number' },
};

/** Columns that are read only through what is derived from them. */
export const inputsOnly: ReadonlySet<string> = new Set(['employees_1yr_ago', 'web_traffic_1yr_ago', 'founded_on']);

/** Two columns a year apart, and the growth that they make. */
export const growthPairs = [
  {
    now: 'employees',
    before: 'employees_1yr_ago',
    key: 'growth_velocity',
    label: 'Headcount growth in a year',
  },
  {
    now: 'web_traffic',
    before: 'web_traffic_1yr_ago',
    key: 'web_traffic_growth',
    label: 'Web traffic growth in a year',
  },
] as const;
