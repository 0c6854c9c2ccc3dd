import type { PublishedName } from '../../icp/publishing/published-fields.ts';
import type { RoutedBy, RoutingRule } from '../../icp/routing/routing-rules.ts';
import { group, metadataFile, tag } from './metadata-xml.ts';

/**
 * Routing rules as an assignment rule of leads that an administrator may deploy. It is not active: that is for a person to do.
 *
 * Rules read the fields that are published, so a new cut of the score needs no new rule there. A tier that a person set on the
 * record counts instead of ours.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_assignmentrules.htm
 */
export function assignmentRulesFile(rules: readonly RoutingRule[]): string {
  return metadataFile(
    'AssignmentRules',
    group('assignmentRule', [tag('fullName', 'Lodestar ICP'), tag('active', false), ...rules.flatMap(entryOf)]),
  );
}

function entryOf({ by, queue }: RoutingRule): string[] {
  const { filter, items } = criteriaOf(by);
  return group('ruleEntry', [
    tag('assignedTo', queue),
    tag('assignedToType', 'Queue'),
    ...(filter === null ? [] : [tag('booleanFilter', filter)]),
    ...items.flatMap(([field, operation, value]) =>
      group('criteriaItems', [tag('field', `Lead.${field}`), tag('operation', operation), tag('value', value)]),
    ),
  ]);
}

type Criterion = readonly [PublishedName | 'ICP_Override__c', 'equals', string];

/** An entry without criteria takes every lead. Without a filter all criteria must hold. */
function criteriaOf(by: RoutedBy): { filter: string | null; items: readonly Criterion[] } {
  const unset: Criterion = ['ICP_Override__c', 'equals', ''];
  switch (by.kind) {
    case 'not fit':
      return { filter: null, items: [['ICP_Override__c', 'equals', 'Not fit']] };
    case 'flagged':
      return { filter: null, items: [['ICP_Detractor__c', 'equals', 'True'], unset] };
    case 'segment':
      return { filter: '(1 OR (2 AND 3)) AND 4', items: [...ofTier('1'), ['ICP_Segment__c', 'equals', by.segment]] };
    case 'tier':
      return by.tier === 3 ? { filter: null, items: [] } : { filter: '1 OR (2 AND 3)', items: ofTier(String(by.tier)) };
  }

  function ofTier(tier: string): Criterion[] {
    return [['ICP_Override__c', 'equals', tier], unset, ['ICP_Tier__c', 'equals', tier]];
  }
}
