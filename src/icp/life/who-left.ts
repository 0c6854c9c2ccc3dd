import { dayOf, daysBetween } from '../features/calendar.ts';
import { usageTrend } from '../features/formulas.ts';
import type { CustomerLife } from './customer-lives.ts';

/** A customer that has left. */
export interface LeftCustomer {
  id: string;
  name: string;
  leftOn: string;
  tenureMonths: number;
  /** Active users in its last 90 days against the 90 before, as a share; `null` where nobody knows. */
  usageTrend: number | null;
  reason: string | null;
  afterUse: boolean;
}

/** Who left, the latest first. */
export function whoLeft(lives: readonly CustomerLife[], most: number): LeftCustomer[] {
  return lives
    .flatMap((life) => (life.endedAt === null ? [] : [{ life, endedAt: life.endedAt }]))
    .sort((a, b) => b.endedAt - a.endedAt || (a.life.facts.id < b.life.facts.id ? -1 : 1))
    .slice(0, most)
    .map(({ life, endedAt }) => {
      const trend = usageTrend(life.facts.usage, 'active_users', endedAt);
      return {
        ...{ id: life.facts.id, name: life.facts.name, leftOn: dayOf(endedAt) },
        tenureMonths: Math.round(daysBetween(life.startedAt, endedAt) / 30.44),
        usageTrend: trend === null ? null : Math.round(trend * 1000) / 1000,
        reason: life.reason,
        afterUse: life.churnedAfterUse,
      };
    });
}
