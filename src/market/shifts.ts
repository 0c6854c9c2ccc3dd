import type { Day } from './calendar.ts';
import type { Turns } from './quarters.ts';
import { isStartUp, startUpAdds } from './start-ups.ts';
import type { Traits } from './traits.ts';
import { isTurnedDown } from './turned-down.ts';

/** Something that is true from a day on: what it adds to the log-odds of the steps that its companies take from then. */
export interface Shift {
  plant: 'emerging' | 'rejections';
  since: Day;
  member(traits: Traits): boolean;
  adds: { accepted?: number; qualified?: number; won?: number; expanded?: number; churned?: number };
}

/** The segment that drifts, and the share of its wins that it keeps. */
export const driftingSegment = {
  keeps: 2 / 3,
  name: 'SaaS',
  field: 'industry',
  value: 'SaaS',
  member: ({ industry }: Traits): boolean => industry.name === 'SaaS',
} as const;

/** More than any liking, so that next to none of them gets through. */
const turnedDownAdds = { accepted: -5 } as const;

/** What shifts when a market turns. */
export function shiftsAt({ emerges, turnsDown }: Turns): readonly Shift[] {
  return [
    { plant: 'emerging', since: emerges, member: isStartUp, adds: startUpAdds },
    { plant: 'rejections', since: turnsDown, member: isTurnedDown, adds: turnedDownAdds },
  ];
}
