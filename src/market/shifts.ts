import type { Day } from './calendar.ts';
import type { Turns } from './quarters.ts';
import { isStartUp, startUpAdds } from './start-ups.ts';
import type { Traits } from './traits.ts';
import { isTurnedDown } from './turned-down.ts';

/** Something that is true from a day on: what it adds to the log-odds of the steps that its companies take from then. */
export interface Shift {
  plant: 'emerging' | 'drift' | 'rejections';
  since: Day;
  member(traits: Traits): boolean;
  adds: { accepted?: number; qualified?: number; won?: number; expanded?: number; churned?: number };
}

/** The segment that drifts. */
export const driftingSegment = {
  name: 'SaaS',
  field: 'industry',
  value: 'SaaS',
  member: ({ industry }: Traits): boolean => industry.name === 'SaaS',
} as const;

/** Takes about a third off a win rate of one in four to one in three. */
const driftAdds = { won: -0.56 } as const;

/** More than any liking, so that next to none of them gets through. */
const turnedDownAdds = { accepted: -5 } as const;

/** What shifts when a market turns. */
export function shiftsAt({ emerges, drifts, turnsDown }: Turns): readonly Shift[] {
  return [
    { plant: 'emerging', since: emerges, member: isStartUp, adds: startUpAdds },
    { plant: 'drift', since: drifts, member: driftingSegment.member, adds: driftAdds },
    { plant: 'rejections', since: turnsDown, member: isTurnedDown, adds: turnedDownAdds },
  ];
}
