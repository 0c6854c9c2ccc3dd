/** The queues of a CRM that leads go to, by their names there. */
export interface RoutingQueues {
  notFit: string;
  flagged: string;
  tier1: string;
  tier2: string;
  tier3: string;
  /** By the name of a segment, for its accounts of tier 1. One that is not named goes with its tier. */
  segments: Readonly<Record<string, string>>;
}

export const usualQueues: RoutingQueues = {
  ...{ notFit: 'ICP_Not_Fit', flagged: 'ICP_Review', tier1: 'ICP_Tier_1', tier2: 'ICP_Tier_2', tier3: 'ICP_Tier_3' },
  segments: {},
};

/**
 * Reads what an operator has set; what is not said stays as it usually is. `null` for what is no setting.
 *
 * @example queuesIn({ tier1: 'Enterprise' })?.tier1; // => 'Enterprise'
 * @example queuesIn({ tier1: 7 }); // => null
 * @example queuesIn({ tier4: 'Enterprise' }); // => null
 */
export function queuesIn(value: unknown): RoutingQueues | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const { segments = {}, ...plain } = value as Record<string, unknown>;
  const isKnown = Object.entries(plain).every(([name, queue]) => name in usualQueues && isName(queue));
  if (!isKnown || typeof segments !== 'object' || segments === null || Array.isArray(segments)) return null;
  if (!Object.values(segments).every(isName)) return null;
  return { ...usualQueues, ...plain, segments: segments as Record<string, string> };
}

/** The developer name of a queue: letters, digits and underscores. */
function isName(value: unknown): boolean {
  return typeof value === 'string' && /^[A-Za-z]\w{0,79}$/.test(value);
}
