import type { Random } from '../stats/random.ts';
import { type Industry, industries } from './industries.ts';
import { type Place, places } from './places.ts';
import { drawStack } from './technologies.ts';
import type { World } from './world.ts';

/** What is true of a company, whether or not anybody has written it down. */
export interface Traits {
  industry: Industry;
  subIndustry: string;
  place: Place;
  employees: number;
  /** Headcount growth in a year: 0.2 is a fifth more people. */
  growth: number;
  /** Dollars a year. */
  revenue: number;
  ageYears: number;
  fundingStage: string;
  /** Dollars raised so far; 0 for a company that raised nothing. */
  fundingAmount: number;
  technologies: readonly string[];
  /** People who sell. */
  salesTeam: number;
  /** How well known it is, in standard deviations; what shows of it are its web visits. */
  fame: number;
  webVisits: number;
  /** What it would mainly use the product for. */
  useCase: string;
  /** What it builds on. */
  focus: string;
  /** Share of its founders with a technical background, in percent. */
  technicalFounders: number;
}

const useCases = ['forecasting', 'outreach', 'pipeline review', 'reporting', 'commission planning'] as const;

const focuses = ['AI', 'data', 'mobile', 'automation', 'marketplace', 'hardware', 'services'] as const;
const focusShares = [8, 14, 12, 16, 10, 14, 26] as const;

const fundingStages = ['bootstrapped', 'seed', 'series_a', 'series_b', 'series_c', 'series_d', 'public'] as const;
/** Dollars raised at each stage, typically. */
const raised = [0, 2.5e6, 11e6, 28e6, 62e6, 140e6, 320e6] as const;

/**
 * Draws one company.
 *
 * Some 11 % of companies are *reporters*: SaaS, fintech and e-commerce of the best size, growing, on the right CRM, who
 * want reports out of it and keep the rest in Airtable. They look like the best customers, which is the point.
 */
export function drawTraits(world: World, random: Random): Traits {
  const industry = random.weighted(industries, industryShares);
  const place = random.weighted(places, placeShares);
  const reporter = industry.fit > 0.1 && industry.name !== 'Logistics' && random.next() < 0.26;
  const logSize = reporter
    ? Math.log(150) + 0.5 * random.normal()
    : Math.log(industry.employees) + industry.spread * random.normal();
  const employees = Math.round(clamp(Math.exp(logSize), 6, 24_000));
  const growth = clamp((reporter ? 0.28 : industry.growth) + 0.2 * random.normal(), -0.45, 1.6);
  const ageYears = clamp(industry.age * Math.exp(0.6 * random.normal()) * (reporter ? 0.8 : 1), 0.6, 140);
  const untried = employees < 60 && ageYears < 6 && random.next() < 0.4;
  const revenue = employees * industry.revenuePerHead * Math.exp(0.4 * random.normal()) * (untried ? 0.02 : 1);
  const salesTeam = Math.round(employees * industry.salesShare * Math.exp(0.5 * random.normal()));
  const fame = 0.3 * ((Math.log(employees) - 5) / 1.25) + 0.95 * random.normal();
  return {
    industry,
    subIndustry: random.pick(industry.subIndustries),
    place,
    employees,
    growth,
    revenue: Math.max(20_000, roundTo(revenue, 3)),
    ageYears,
    ...drawFunding(world, random, { industry, employees, growth, ageYears }),
    technologies: drawStack(random, Math.log(employees), salesTeam, reporter),
    salesTeam,
    fame,
    webVisits: roundTo(Math.exp(Math.log(14_000) + 1.3 * fame), 3),
    useCase: random.weighted(useCases, reporter ? [6, 4, 4, 84, 2] : [33, 25, 20, 11, 11]),
    focus: random.weighted(focuses, focusShares),
    technicalFounders: foundersOf(random),
  };
}

/** Growth brings money in; money brings nothing by itself. That is the planted confounder, and why it takes `world`. */
function drawFunding(
  world: World,
  random: Random,
  of: Pick<Traits, 'industry' | 'employees' | 'growth' | 'ageYears'>,
): Pick<Traits, 'fundingStage' | 'fundingAmount'> {
  const chased = world.plants.has('confounder') ? 2.6 * Math.tanh((of.growth - 0.12) / 0.2) : 0;
  const appetite = of.industry.growth > 0.1 ? 0.5 : -0.8;
  const pull = appetite + chased - 0.025 * of.ageYears + 1.3 * random.normal();
  if (pull < -0.3) return { fundingStage: 'bootstrapped', fundingAmount: 0 };
  const far = 1 + 0.75 * Math.log(of.employees / 30) + 0.35 * pull + 0.5 * random.normal();
  const step = Math.round(clamp(far, 1, fundingStages.length - 1));
  const amount = raised[step]! * Math.exp(0.4 * random.normal() + 0.15 * chased);
  return { fundingStage: fundingStages[step]!, fundingAmount: roundTo(amount, 2) };
}

/** One to four founders, a good third of them technical. */
function foundersOf(random: Random): number {
  const founders = random.integer(1, 4);
  let technical = 0;
  for (let founder = 0; founder < founders; founder += 1) if (random.next() < 0.36) technical += 1;
  return Math.round((100 * technical) / founders);
}

const industryShares = industries.map((industry) => industry.share);
const placeShares = places.map((place) => place.share);

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/** Rounds to so many leading digits, as people and databases write large numbers. */
export function roundTo(value: number, digits: number): number {
  return Number(value.toPrecision(digits));
}
