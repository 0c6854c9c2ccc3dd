import { createRandom, type Random } from '../stats/random.ts';
import { industries } from './industries.ts';
import { clamp } from './traits.ts';

/** What is written down of each company, column by column; `null` is unknown. */
export interface CustomerColumn {
  key: string;
  label: string;
  layer: 'firmographic' | 'technographic';
  type: 'number' | 'category' | 'flag';
  values: (number | string | null)[];
}

/**
 * Companies that were touched, those of them that bought, and those of these that bought more within a year: the ground on
 * which causal verdicts are counted.
 */
export interface CustomerTable {
  columns: CustomerColumn[];
  won: (0 | 1)[];
  /** `null` for who is no customer. */
  expanded: (0 | 1 | null)[];
  /** Drives expansion by `points` for everybody who has it; `null` where it does nothing. */
  cause: { key: string; points: number };
  /** Has the same difference as the cause, and does nothing: `because` brings both it and success. */
  confounder: { key: string; because: string };
}

export interface CustomerTableOptions {
  seed: number;
  /** Mature customers, 1,100 when absent. */
  customers?: number;
  /**
   * `recorded`, when absent: what is behind the confounder is known for 95 %. `hidden`: nobody wrote it down. `no overlap`: the
   * cause is there in some industries and in no other, but for one company in a hundred. `nothing`: neither does anything.
   */
  world?: 'recorded' | 'hidden' | 'no overlap' | 'nothing';
}

/** By how much the cause raises the chance of expanding, and by how much the confounder seems to. */
const points = 0.15;
const causeShare = 0.35;
/** Among all touched: larger companies have it more often, and buy more often. */
const causeShareTouched = 0.32;
const growthKnown = 0.95;

interface Company {
  industry: (typeof industries)[number];
  region: string;
  employees: number;
  growth: number;
  /** -1 to 1 around a growth of 12 %: what growth does, as in `effects.ts`. */
  pull: number;
  funded: boolean;
  warehouse: boolean;
  crm: boolean;
  salesTeam: number;
  visits: number;
  tools: boolean[];
  won: 0 | 1;
}

const tools = ['Jira', 'Slack', 'Zendesk', 'DocuSign', 'Stripe', 'NetSuite'] as const;
const toolShares = [0.4, 0.55, 0.25, 0.3, 0.22, 0.16] as const;
const regions = ['North America', 'EMEA', 'APAC', 'LATAM'] as const;

/**
 * Draws companies until so many of them are mature customers.
 *
 * As in the market at large: growth brings in funding, helps an account to be won (0.85 in log-odds over the three steps that
 * lead there) and helps it to expand; funding does nothing; a warehouse raises the chance of expanding by 15 points whatever
 * else is true, is had by 35 %, and nothing but size brings a company to have one. How much growth helps expansion is solved
 * for, so that customers with and without funding differ by 15 points as well.
 *
 * @example customerTable({ seed: 1, customers: 50 }).expanded.filter((of) => of !== null).length; // => 50
 */
export function customerTable({ seed, customers = 1_100, world = 'recorded' }: CustomerTableOptions): CustomerTable {
  const random = createRandom(seed).fork('customers');
  const companies: Company[] = [];
  let bought = 0;
  while (bought < customers) {
    const company = drawCompany(random, world);
    companies.push(company);
    bought += company.won;
  }
  const expanded = drawExpansions(companies, world, random.fork('expansions'));
  return {
    columns: columnsOf(companies, world, random.fork('records')),
    won: companies.map(({ won }) => won),
    expanded,
    cause: { key: 'tech_warehouse', points: world === 'nothing' ? 0 : points },
    confounder: { key: 'funded', because: 'growth_velocity' },
  };
}

function drawCompany(random: Random, world: CustomerTableOptions['world']): Company {
  const industry = random.weighted(
    industries,
    industries.map(({ share }) => share),
  );
  const size = random.normal();
  const growth = clamp(industry.growth + 0.2 * random.normal(), -0.45, 1.6);
  const pull = Math.tanh((growth - 0.12) / 0.25);
  const funded = random.next() < chance(-0.4 + 2.6 * Math.tanh((growth - 0.12) / 0.2));
  const owns = world === 'no overlap' ? hasSuite(industry.name) !== random.next() < 0.01 : null;
  const warehouse = owns ?? random.next() < chance(Math.log(causeShareTouched / (1 - causeShareTouched)) + 0.4 * size);
  const crm = random.next() < 0.5;
  const fit = industry.fit + 0.525 * (crm ? 1 : -1) + 0.3 * size + (world === 'nothing' ? 0 : 0.85 * pull);
  return {
    ...{ industry, growth, pull, funded, warehouse, crm },
    region: random.weighted(regions, [5, 4, 2, 1]),
    employees: Math.round(clamp(industry.employees * Math.exp(industry.spread * size), 6, 24_000)),
    salesTeam: Math.round(6 * Math.exp(0.5 * size + 0.6 * random.normal())),
    visits: Math.round(14_000 * Math.exp(1.2 * random.normal() + 0.3 * size)),
    tools: toolShares.map((share, at) => random.next() < chance(Math.log(share / (1 - share)) + (at % 2) * 0.4 * size)),
    won: random.next() < chance(fit - 2.6) ? 1 : 0,
  };
}

function hasSuite(industry: string): boolean {
  return ['SaaS', 'Fintech', 'Logistics'].includes(industry);
}

/** Who of the customers expands: chances that add up, so that a point is a point for everybody. */
function drawExpansions(
  companies: readonly Company[],
  world: CustomerTableOptions['world'],
  random: Random,
): CustomerTable['expanded'] {
  const causes = world === 'nothing' ? 0 : points;
  const rest = ({ warehouse, industry, crm }: Company): number =>
    causes * (Number(warehouse) - causeShare) + 0.1 * industry.fit + 0.06 * (Number(crm) - 0.5);
  const customers = companies.filter(({ won }) => won === 1);
  const apart = (of: (company: Company) => number): number =>
    mean(customers.filter(({ funded }) => funded).map(of)) - mean(customers.filter(({ funded }) => !funded).map(of));
  const helps = world === 'nothing' ? 0 : (points - apart(rest)) / apart(({ pull }) => pull);
  const base = 0.42 - helps * mean(customers.map(({ pull }) => pull));
  return companies.map((company) => {
    if (company.won === 0) return null;
    return random.next() < clamp(base + rest(company) + helps * company.pull, 0.01, 0.99) ? 1 : 0;
  });
}

function columnsOf(
  companies: readonly Company[],
  world: CustomerTableOptions['world'],
  random: Random,
): CustomerColumn[] {
  const flag = (is: (company: Company) => boolean) => companies.map((of) => (is(of) ? 'present' : 'absent'));
  const seldomly = (values: readonly (number | string)[], known: number): (number | string | null)[] =>
    values.map((value) => (random.next() < known ? value : null));
  const firmographic = (key: string, label: string, type: CustomerColumn['type'], values: (number | string | null)[]) =>
    ({ key, label, layer: 'firmographic', type, values }) satisfies CustomerColumn;
  const technographic = (key: string, label: string, is: (company: Company) => boolean) =>
    ({ key, label, layer: 'technographic', type: 'flag', values: flag(is) }) satisfies CustomerColumn;
  const growth = seldomly(
    companies.map((of) => of.growth),
    growthKnown,
  );
  return [
    firmographic(
      'industry',
      'Industry',
      'category',
      seldomly(
        companies.map((of) => of.industry.name),
        0.96,
      ),
    ),
    firmographic(
      'region',
      'Region',
      'category',
      companies.map((of) => of.region),
    ),
    firmographic(
      'employees',
      'Employees',
      'number',
      seldomly(
        companies.map((of) => of.employees),
        0.95,
      ),
    ),
    ...(world === 'hidden' ? [] : [firmographic('growth_velocity', 'Headcount growth in a year', 'number', growth)]),
    firmographic(
      'funded',
      'Raised money',
      'flag',
      flag(({ funded }) => funded),
    ),
    firmographic(
      'sales_team_size',
      'Sales team size',
      'number',
      seldomly(
        companies.map((of) => of.salesTeam),
        0.9,
      ),
    ),
    firmographic(
      'web_visits',
      'Web visits',
      'number',
      seldomly(
        companies.map((of) => of.visits),
        0.95,
      ),
    ),
    technographic('tech_warehouse', 'Uses a warehouse', ({ warehouse }) => warehouse),
    technographic('tech_crm', 'Uses a CRM', ({ crm }) => crm),
    ...tools.map((tool, at) =>
      technographic(`tech_${tool.toLowerCase()}`, `Uses ${tool}`, (company) => company.tools[at]!),
    ),
  ];
}

function chance(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
