import { above, hasAny } from './segments.ts';
import { crms as allCrms, competitorTools, sequencers } from './technologies.ts';
import { clamp, type Traits } from './traits.ts';

/** One planted effect: how strongly a company shows a trait, and what a full unit of it adds to each stage's log-odds. */
export interface Effect {
  name: string;
  /** The columns that show it. */
  fields: readonly string[];
  /** Of `technologies`, the ones that it is about. */
  tools?: readonly string[];
  /** What switches it off. */
  plant: 'effects' | 'detractor' | 'darling' | 'cause';
  /** Mostly within -1 to 1, smooth, and 0 for a company that is neither here nor there. */
  strength(traits: Traits): number;
  adds: { accepted?: number; qualified?: number; won?: number; expanded?: number; churned?: number };
}

/** One of them makes the others unlikely, so each says something. */
const crms = allCrms.filter((name) => name !== '');

/** The tool that causes expansion. */
export const causeTool = 'Snowflake';

/** All effects. `src/market/README.md` has them as a table. */
export const effects: readonly Effect[] = [
  {
    name: 'size near 180 employees',
    fields: ['employees'],
    plant: 'effects',
    strength: ({ employees }) => 2 * Math.exp(-0.5 * Math.log(employees / 180) ** 2) - 1,
    adds: { accepted: 0.4, qualified: 0.3, won: 0.45, expanded: 0.3 },
  },
  {
    name: 'industry',
    fields: ['industry'],
    plant: 'effects',
    strength: ({ industry }) => industry.fit,
    adds: { accepted: 0.45, qualified: 0.4, won: 0.55, expanded: 0.5 },
  },
  {
    name: 'headcount growth',
    fields: ['employees', 'employees_1yr_ago'],
    plant: 'effects',
    strength: ({ growth }) => Math.tanh((growth - 0.12) / 0.25),
    adds: { accepted: 0.2, qualified: 0.3, won: 0.35, expanded: 1.3 },
  },
  {
    name: 'works in Salesforce or HubSpot',
    fields: ['technologies'],
    tools: crms,
    plant: 'effects',
    strength: (traits) => (hasAny(traits, ['Salesforce', 'HubSpot']) ? 0.5 : -0.5),
    adds: { accepted: 0.3, qualified: 0.3, won: 0.45, expanded: 0.3 },
  },
  {
    name: 'a CRM but no sequencer',
    fields: ['technologies'],
    tools: [...crms, ...sequencers],
    plant: 'effects',
    strength: (traits) => (hasAny(traits, ['Salesforce', 'HubSpot']) && !hasAny(traits, sequencers) ? 1 : 0),
    adds: { qualified: 0.2, won: 0.5, expanded: 0.2 },
  },
  {
    name: 'a competitor in place',
    fields: ['technologies'],
    tools: competitorTools,
    plant: 'effects',
    strength: (traits) => (hasAny(traits, competitorTools) ? 1 : 0),
    adds: { qualified: -0.4, won: -0.9 },
  },
  {
    name: 'a sales team to speak of',
    fields: ['sales_team_size'],
    plant: 'effects',
    strength: ({ salesTeam }) => Math.tanh(Math.log((1 + salesTeam) / 14)),
    adds: { accepted: 0.35, qualified: 0.25, won: 0.3, expanded: 0.3, churned: -0.2 },
  },
  {
    name: 'next to no revenue',
    fields: ['revenue'],
    plant: 'effects',
    strength: ({ revenue }) => above(Math.log(1_300_000 / revenue), 0, 0.35),
    adds: { accepted: -0.2, qualified: -0.7, won: -1.3 },
  },
  {
    name: 'well known',
    fields: ['web_visits'],
    plant: 'darling',
    strength: ({ fame }) => clamp(fame, -2.5, 2.5),
    adds: { accepted: 0.7, qualified: -0.25, won: -0.4, expanded: -1.6 },
  },
  {
    name: 'a warehouse',
    fields: ['technologies'],
    tools: [causeTool],
    plant: 'cause',
    strength: (traits) => (hasAny(traits, [causeTool]) ? 1 : 0),
    adds: { expanded: 1.27 },
  },
  {
    name: 'buys for reporting',
    fields: ['use_case'],
    plant: 'detractor',
    strength: ({ useCase }) => (useCase === 'reporting' ? 1 : 0),
    adds: { accepted: 0.2, qualified: 0.3, won: 0.4, expanded: -0.3, churned: 2.2 },
  },
  {
    name: 'runs on Airtable',
    fields: ['technologies'],
    tools: ['Airtable'],
    plant: 'detractor',
    strength: (traits) => (hasAny(traits, ['Airtable']) ? 1 : 0),
    adds: { won: 0.15, churned: 1.7 },
  },
  {
    name: 'the detractor profile as a whole',
    fields: ['use_case', 'technologies', 'industry', 'employees'],
    tools: ['Airtable'],
    plant: 'detractor',
    strength: (traits) => detractorMatch(traits),
    adds: { accepted: 0.2, qualified: 0.25, won: 0.4, churned: 1.3 },
  },
];

/** How much a company is of the detractor's kind, 0 to 1: the right industry and size, for the wrong use. */
export function detractorMatch(traits: Traits): number {
  const looksRight = traits.industry.growth > 0.1 ? 1 : 0;
  const wrongUse = traits.useCase === 'reporting' && hasAny(traits, ['Airtable']) ? 1 : 0;
  const logSize = Math.log(traits.employees);
  return looksRight * wrongUse * above(logSize, Math.log(45), 0.15) * (1 - above(logSize, Math.log(520), 0.15));
}
