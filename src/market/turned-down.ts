import type { Traits } from './traits.ts';

/** The kind of lead that reps have come to turn down on sight, and what they say. Nothing else is the matter with it. */
export const turnedDown = {
  reason: 'no outbound team',
  description: 'fewer than eight people who sell, in a company of 50 to 1,500 whose industry the product suits',
  fields: ['sales_team_size', 'industry', 'employees'],
} as const;

/** Whether reps would turn a company down for having nobody who sells outbound. */
export function isTurnedDown({ salesTeam, employees, industry }: Traits): boolean {
  return salesTeam < 8 && employees >= 50 && employees <= 1_500 && industry.fit > 0.1;
}
