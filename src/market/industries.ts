/** One industry of the market: how its companies look, and how well the product suits them. */
export interface Industry {
  name: string;
  /** Share among all accounts, up to a common factor. */
  share: number;
  subIndustries: readonly string[];
  /** Median number of employees, and the spread of its logarithm. */
  employees: number;
  spread: number;
  /** Mean headcount growth in a year. */
  growth: number;
  /** Revenue for each employee, in dollars. */
  revenuePerHead: number;
  /** Median age of a company, in years. */
  age: number;
  /** Share of employees in sales. */
  salesShare: number;
  /** How well the product suits it: the planted effect reads this, from about -1 to 1. */
  fit: number;
}

export const industries: readonly Industry[] = [
  {
    name: 'SaaS',
    share: 24,
    subIndustries: ['HR software', 'Developer tools', 'Marketing software', 'Vertical software'],
    employees: 110,
    spread: 1.15,
    growth: 0.2,
    revenuePerHead: 140_000,
    age: 8,
    salesShare: 0.2,
    fit: 0.7,
  },
  {
    name: 'Fintech',
    share: 10,
    subIndustries: ['Payments', 'Lending', 'Insurance technology', 'Treasury'],
    employees: 130,
    spread: 1.15,
    growth: 0.18,
    revenuePerHead: 190_000,
    age: 9,
    salesShare: 0.15,
    fit: 0.4,
  },
  {
    name: 'E-commerce',
    share: 12,
    subIndustries: ['Fashion', 'Home and garden', 'Marketplace', 'Food delivery'],
    employees: 90,
    spread: 1.2,
    growth: 0.14,
    revenuePerHead: 260_000,
    age: 10,
    salesShare: 0.08,
    fit: 0.2,
  },
  {
    name: 'Logistics',
    share: 10,
    subIndustries: ['Freight forwarding', 'Last mile', 'Warehousing', 'Fleet services'],
    employees: 320,
    spread: 1.1,
    growth: 0.08,
    revenuePerHead: 170_000,
    age: 21,
    salesShare: 0.09,
    fit: 0.45,
  },
  {
    name: 'Manufacturing',
    share: 13,
    subIndustries: ['Machinery', 'Electronics', 'Packaging', 'Plastics'],
    employees: 420,
    spread: 1.2,
    growth: 0.04,
    revenuePerHead: 210_000,
    age: 32,
    salesShare: 0.06,
    fit: -0.15,
  },
  {
    name: 'Professional services',
    share: 11,
    subIndustries: ['Consulting', 'Staffing', 'Accounting', 'Engineering services'],
    employees: 95,
    spread: 1.2,
    growth: 0.07,
    revenuePerHead: 130_000,
    age: 17,
    salesShare: 0.1,
    fit: 0,
  },
  {
    name: 'Healthcare',
    share: 9,
    subIndustries: ['Clinics', 'Medical devices', 'Diagnostics', 'Care platforms'],
    employees: 260,
    spread: 1.25,
    growth: 0.09,
    revenuePerHead: 150_000,
    age: 18,
    salesShare: 0.06,
    fit: -0.35,
  },
  {
    name: 'Media',
    share: 6,
    subIndustries: ['Publishing', 'Advertising', 'Streaming', 'Events'],
    employees: 80,
    spread: 1.2,
    growth: 0.05,
    revenuePerHead: 150_000,
    age: 15,
    salesShare: 0.14,
    fit: -0.2,
  },
  {
    name: 'Education',
    share: 5,
    subIndustries: ['Higher education', 'Training', 'Learning platforms', 'Schools'],
    employees: 180,
    spread: 1.2,
    growth: 0.04,
    revenuePerHead: 90_000,
    age: 24,
    salesShare: 0.04,
    fit: -0.95,
  },
  {
    name: 'Energy',
    share: 4,
    subIndustries: ['Renewables', 'Utilities', 'Grid services', 'Oil field services'],
    employees: 480,
    spread: 1.3,
    growth: 0.06,
    revenuePerHead: 320_000,
    age: 25,
    salesShare: 0.04,
    fit: -0.6,
  },
];
