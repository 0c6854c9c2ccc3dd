import type { Layer } from '../../icp/types.ts';
import type { FieldDeclaration } from '../ports.ts';

type Known = readonly [layer: Layer, type: FieldDeclaration['type'], label: string];

/** The attributes of an account that every bundle may have, and what they are. */
export const knownFields: ReadonlyMap<string, Known> = new Map(
  Object.entries<Known>({
    region: ['firmographic', 'category', 'Region'],
    industry: ['firmographic', 'category', 'Industry'],
    sub_industry: ['firmographic', 'category', 'Sub-industry'],
    employees: ['firmographic', 'number', 'Employees'],
    employees_1yr_ago: ['firmographic', 'number', 'Employees a year ago'],
    revenue: ['firmographic', 'number', 'Revenue'],
    country: ['firmographic', 'category', 'Country'],
    funding_stage: ['firmographic', 'category', 'Funding stage'],
    funding_amount: ['firmographic', 'number', 'Funding amount'],
    founded_on: ['firmographic', 'category', 'Founded on'],
    technologies: ['technographic', 'list', 'Technologies'],
  }),
);

const behavioural =
  /visit|session|page|click|open(ed|s)\b|download|trial|webinar|event|activit|engage|health|time_?spent|web_?traffic/i;
const technographic = /^(tech|uses|stack|tool)_|technolog|software|crm\b|platform/i;
const pain = /pain|complain|ticket|glassdoor|review|churned_from|incident/i;

/**
 * The layer that a column probably belongs to, by its name: a guess that a mapping overrules.
 *
 * @example layerByName('page_views'); // => 'behavioural'
 */
export function layerByName(name: string): Layer {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1_$2').replaceAll(' ', '_');
  if (technographic.test(words)) return 'technographic';
  if (behavioural.test(words)) return 'behavioural';
  return pain.test(words) ? 'pain' : 'firmographic';
}
