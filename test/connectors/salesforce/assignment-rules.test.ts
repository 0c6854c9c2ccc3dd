import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assignmentRulesFile } from '../../../src/connectors/salesforce/assignment-rules.ts';
import { usualQueues } from '../../../src/icp/routing/routing-queues.ts';
import { routingRules } from '../../../src/icp/routing/routing-rules.ts';
import { aModel } from '../../support/a-model.ts';

const segments = [
  {
    ...{ id: 's1', name: 'R & D <labs>' },
    conditions: [{ key: 'industry', label: 'Industry is Labs', match: { kind: 'is' as const, values: ['Labs'] } }],
  },
];
const queues = { ...usualQueues, segments: { 'R & D <labs>': 'Labs_Team' } };
const detractor = { k: 0.75, flagAt: 900 } as unknown as NonNullable<ReturnType<typeof aModel>['detractor']>;
const rules = routingRules(aModel({ cuts: { primary: 70, nurture: 40 }, segments, detractor }), queues);
const text = assignmentRulesFile(rules);

interface Entry {
  queue: string;
  filter: string | null;
  criteria: { field: string; value: string }[];
}

const unescaped = (value = '') => value.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
const inTag = (xml: string, name: string) => new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(xml)?.[1];

/** What Salesforce reads: the entries in their order. */
const entries = [...text.matchAll(/<ruleEntry>(.*?)<\/ruleEntry>/gs)].map(
  ([, xml = '']): Entry => ({
    queue: inTag(xml, 'assignedTo') ?? '',
    filter: inTag(xml, 'booleanFilter') ?? null,
    criteria: [...xml.matchAll(/<criteriaItems>(.*?)<\/criteriaItems>/gs)].map(([, item = '']) => ({
      field: unescaped(inTag(item, 'field')),
      value: unescaped(inTag(item, 'value')),
    })),
  }),
);

/** Whether a lead meets an entry, as Salesforce counts: by the filter over the numbers of the criteria, or all of them. */
function meets({ filter, criteria }: Entry, lead: Readonly<Record<string, string>>): boolean {
  const holds = criteria.map(({ field, value }) => lead[field] === value);
  if (filter === null) return holds.every(Boolean);
  const said = filter
    .replaceAll(/\d+/g, (number) => String(holds[Number(number) - 1]))
    .replaceAll('AND', '&&')
    .replaceAll('OR', '||');
  return new Function(`return ${said};`)() === true;
}

describe('the assignment rules of leads', () => {
  it('send each lead where it belongs, whatever stands in its fields', () => {
    let seen = 0;
    for (const override of ['', '1', '2', '3', 'Not fit'])
      for (const tier of ['', '1', '2', '3'])
        for (const flagged of ['True', 'False'])
          for (const segment of ['', 'R & D <labs>', 'Retail']) {
            const lead = {
              ...{ 'Lead.ICP_Override__c': override, 'Lead.ICP_Tier__c': tier },
              ...{ 'Lead.ICP_Detractor__c': flagged, 'Lead.ICP_Segment__c': segment },
            };
            const counts = override === '' ? tier : override;
            const wanted =
              override === 'Not fit'
                ? 'ICP_Not_Fit'
                : override === '' && flagged === 'True'
                  ? 'ICP_Review'
                  : counts === '1'
                    ? segment === 'R & D <labs>'
                      ? 'Labs_Team'
                      : 'ICP_Tier_1'
                    : counts === '2'
                      ? 'ICP_Tier_2'
                      : 'ICP_Tier_3';
            assert.equal(entries.find((entry) => meets(entry, lead))?.queue, wanted, JSON.stringify(lead));
            seen += 1;
          }
    assert.equal(seen, 120);
  });

  it('are not switched on by anybody but a person', () => {
    assert.equal(inTag(text, 'active'), 'false');
  });

  it('name queues, and nothing else', () => {
    const kinds = [...text.matchAll(/<assignedToType>(\w+)</g)].map(([, kind]) => kind);
    assert.deepEqual([...new Set(kinds)], ['Queue']);
    assert.equal(kinds.length, rules.length);
  });
});
