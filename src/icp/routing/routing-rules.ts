import type { IcpModel } from '../model.ts';
import { describeSegment } from '../segments/name-segment.ts';
import type { RoutingQueues } from './routing-queues.ts';

/** What sends a lead along a rule. */
export type RoutedBy =
  | { kind: 'not fit' }
  | { kind: 'flagged' }
  | { kind: 'segment'; segment: string }
  | { kind: 'tier'; tier: 1 | 2 | 3 };

/** One rule: a lead goes along the first that it meets. */
export interface RoutingRule {
  /** The same for the same rule of another version. */
  key: string;
  label: string;
  by: RoutedBy;
  /** Who goes along it under this version, in words. */
  when: string;
  /** The queue of the CRM that it leads to. */
  queue: string;
}

/**
 * How leads are routed under a version of the ICP, in the order of the rules.
 *
 * A person's word comes first, then what speaks against an account, then the accounts of tier 1 by
 * their segment, then the tiers. The last rule takes whoever is left, so that no lead stays where it is.
 */
export function routingRules(
  { cuts: { primary, nurture }, detractor, segments = [] }: Pick<IcpModel, 'cuts' | 'detractor' | 'segments'>,
  queues: RoutingQueues,
): RoutingRule[] {
  const above = `score above ${points(primary)}`;
  return [
    {
      key: 'not fit',
      label: 'Not fit',
      by: { kind: 'not fit' },
      when: 'a person set it to Not fit',
      queue: queues.notFit,
    },
    ...(detractor === null
      ? []
      : [
          {
            ...{ key: 'flagged', label: 'Detractor match', by: { kind: 'flagged' as const }, queue: queues.flagged },
            when: 'flagged as a detractor match',
          },
        ]),
    ...segments.map(
      ({ id, name, conditions }): RoutingRule => ({
        ...{ key: `segment ${id}`, label: `Tier 1: ${name}`, by: { kind: 'segment', segment: name } },
        when: `${above}; ${describeSegment(conditions).replace(/\.$/, '')}`,
        queue: queues.segments[name] ?? queues.tier1,
      }),
    ),
    { key: 'tier 1', label: 'Tier 1', by: { kind: 'tier', tier: 1 }, when: above, queue: queues.tier1 },
    {
      ...{ key: 'tier 2', label: 'Tier 2', by: { kind: 'tier', tier: 2 }, queue: queues.tier2 },
      when: `score of ${points(nurture)} or more`,
    },
    { key: 'tier 3', label: 'Tier 3', by: { kind: 'tier', tier: 3 }, when: 'everybody else', queue: queues.tier3 },
  ];
}

const points = (cut: number): string => cut.toFixed(1);
