import type { Random } from '../stats/random.ts';
import { industries } from './industries.ts';
import { roundTo, type Traits } from './traits.ts';

/** What the emerging kind of company is called, in words that a finder of it might use. */
export const startUps = {
  name: 'AI-native start-ups',
  description: 'under two years old, built on AI, most founders technical, growing by 30 % a year and more',
  fields: ['founded_on', 'focus', 'technical_founders', 'employees', 'employees_1yr_ago'],
} as const;

/** What they add to the log-odds of a stage once they have turned up, beside what their traits say one by one. */
export const startUpAdds = { accepted: 1.6, qualified: 2.4, won: 0.5 } as const;

/** A year of the product for a start-up, against what its size alone would have it pay: it runs on its usage. */
export const startUpValue = 6.4;

/** Where they are found: not where the market drifts, so that the one does not hide the other. */
const sectors = industries.filter(({ name }) =>
  ['Fintech', 'E-commerce', 'Healthcare', 'Professional services', 'Media'].includes(name),
);

/** Makes a start-up of a company: the new kind, whatever it was drawn as. */
export function asStartUp(traits: Traits, random: Random): Traits {
  const employees = Math.round(Math.min(45, 8 + 22 * Math.exp(0.4 * random.normal())));
  const grown = random.next() < 0.45;
  const raised = (grown ? 11e6 : 2.5e6) * Math.exp(0.4 * random.normal());
  return {
    ...traits,
    ...sectorOf(random),
    employees,
    growth: random.between(0.35, 1),
    ageYears: random.between(0.4, 1.3),
    revenue: roundTo(Math.max(1_800_000, employees * 170_000 * Math.exp(0.3 * random.normal())), 3),
    fundingStage: grown ? 'series_a' : 'seed',
    fundingAmount: roundTo(raised, 2),
    salesTeam: Math.round(employees * random.between(0.06, 0.2)),
    useCase: traits.useCase === 'reporting' ? 'outreach' : traits.useCase,
    focus: 'AI',
    technicalFounders: random.weighted([60, 67, 75, 100], [10, 25, 15, 50]),
  };
}

function sectorOf(random: Random): Pick<Traits, 'industry' | 'subIndustry'> {
  const industry = random.pick(sectors);
  return { industry, subIndustry: random.pick(industry.subIndustries) };
}

/**
 * Whether a company is of the emerging kind: all four of its traits at once.
 *
 * One by one they are common enough. Most young companies, most that build on AI and most with technical founders are
 * not of this kind.
 */
export function isStartUp({ ageYears, focus, technicalFounders, growth }: Traits): boolean {
  return ageYears < 2 && focus === 'AI' && technicalFounders >= 60 && growth >= 0.3;
}
