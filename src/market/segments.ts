import { clamp, type Traits } from './traits.ts';

/** A kind of company that the product suits beyond what its traits suggest one by one. */
interface PlantedSegment {
  name: string;
  description: string;
  /** 0 outside, 1 well inside, smoothly in between: no edge for a bin to sit on. Members are above a half. */
  membership(traits: Traits): number;
  /** Log-odds for a full member, beside the effects that everybody has. */
  adds: { accepted: number; qualified: number; won: number; expanded: number };
}

export const segments: readonly PlantedSegment[] = [
  {
    name: 'Scale-up SaaS',
    description: 'SaaS of 50 to 450 employees that grows 15 % a year or more and has no sequencer yet',
    membership: (traits) =>
      (traits.industry.name === 'SaaS' ? 1 : 0) *
      between(Math.log(traits.employees), Math.log(50), Math.log(450), 0.12) *
      above(traits.growth, 0.15, 0.03) *
      (hasAny(traits, ['Outreach', 'Salesloft']) ? 0 : 1),
    adds: { accepted: 0.3, qualified: 0.6, won: 1, expanded: 0.5 },
  },
  {
    name: 'Freight with a field team',
    description: 'logistics companies of 120 employees and more with 30 or more people who sell',
    membership: (traits) =>
      (traits.industry.name === 'Logistics' ? 1 : 0) *
      above(Math.log(traits.employees), Math.log(120), 0.12) *
      above(Math.log(1 + traits.salesTeam), Math.log(31), 0.12),
    adds: { accepted: 0, qualified: 1, won: 1.6, expanded: 0.9 },
  },
  {
    name: 'Fintech on Stripe',
    description: 'fintech of 40 employees and more that takes its payments through Stripe',
    membership: (traits) =>
      (traits.industry.name === 'Fintech' ? 1 : 0) *
      above(Math.log(traits.employees), Math.log(40), 0.15) *
      (hasAny(traits, ['Stripe']) ? 1 : 0),
    adds: { accepted: 0, qualified: 0.8, won: 1.3, expanded: 0.9 },
  },
];

export function hasAny(traits: Traits, names: readonly string[]): boolean {
  return names.some((name) => traits.technologies.includes(name));
}

/** Rises from 0 to 1 around `edge`, most of it within twice the `softness` on either side. */
export function above(value: number, edge: number, softness: number): number {
  return 1 / (1 + Math.exp(-clamp((value - edge) / softness, -30, 30)));
}

function between(value: number, low: number, high: number, softness: number): number {
  return above(value, low, softness) * (1 - above(value, high, softness));
}
