import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { technologyChanges } from '../../../src/icp/features/technology-changes.ts';
import type { Observation } from '../../../src/icp/history.ts';
import type { FieldValue } from '../../../src/icp/types.ts';

const day = 86_400_000;
const look = (at: number | null, technologies: FieldValue, source = 'enrichment'): Observation => ({
  ...{ values: { technologies }, observedAt: at === null ? null : at * day, source },
});
const changes = (asOf: number, ...looks: Observation[]) =>
  technologyChanges(looks, asOf * day).map(
    ({ kind, tool, after, seenAt }) => `${kind} ${tool} ${after / day}-${seenAt / day}`,
  );

describe('technologyChanges', () => {
  it('finds what one look of a source has and the one before it lacks, and the other way round', () => {
    assert.deepEqual(changes(99, look(10, ['HubSpot', 'Gong']), look(20, ['Gong', 'Zoho CRM'])), [
      'added Zoho CRM 10-20',
      'removed HubSpot 10-20',
    ]);
    assert.deepEqual(
      changes(99, look(20, 'Gong|Zoho CRM'), look(10, 'HubSpot; Gong')),
      ['added Zoho CRM 10-20', 'removed HubSpot 10-20'],
      'in any order of the list, and from a text',
    );
  });

  it('says nothing of one look, of looks without a date, of the same tools and of what is unknown', () => {
    assert.deepEqual(changes(99), []);
    assert.deepEqual(changes(99, look(10, ['HubSpot'])), []);
    assert.deepEqual(changes(99, look(null, ['HubSpot']), look(null, ['Gong'])), []);
    assert.deepEqual(changes(99, look(null, ['HubSpot']), look(20, ['Gong'])), []);
    assert.deepEqual(changes(99, look(10, ['HubSpot', 'Zoho CRM']), look(20, ['zoho-crm', ' HUBSPOT'])), []);
    assert.deepEqual(changes(99, look(10, ['HubSpot']), look(20, null), look(30, ''), look(40, ['HubSpot'])), []);
  });

  it('sees an empty list as a stack without tools', () => {
    assert.deepEqual(changes(99, look(10, ['HubSpot']), look(20, [])), ['removed HubSpot 10-20']);
  });

  it('sees nothing that was not yet looked at', () => {
    assert.deepEqual(changes(19, look(10, ['HubSpot']), look(20, ['Gong'])), []);
    assert.equal(changes(20, look(10, ['HubSpot']), look(20, ['Gong'])).length, 2);
  });

  it('holds a source against itself: what another never listed was neither removed nor added', () => {
    assert.deepEqual(changes(99, look(10, ['HubSpot', 'Gong'], 'crm'), look(20, ['Gong', 'Jira'], 'enrichment')), []);
  });

  it('takes no tool for new that another source had shown, and none for gone that another still shows', () => {
    const crm = look(5, ['HubSpot'], 'crm');
    assert.deepEqual(changes(99, crm, look(10, []), look(20, ['HubSpot'])), []);
    assert.deepEqual(changes(99, look(10, ['HubSpot']), look(20, []), look(20, ['HubSpot'], 'crm')), []);
    assert.deepEqual(changes(99, crm, look(10, ['HubSpot']), look(20, [])), ['removed HubSpot 10-20']);
    assert.deepEqual(
      changes(99, look(1, [], 'crm'), look(10, []), look(20, ['HubSpot']), look(30, ['HubSpot'], 'crm')),
      ['added HubSpot 10-20'],
      'whoever saw it first',
    );
  });

  it('counts the latest change of a tool that came and went', () => {
    const wavering = [look(10, []), look(20, ['HubSpot']), look(30, [])];
    assert.deepEqual(changes(99, ...wavering), ['removed HubSpot 20-30']);
    assert.deepEqual(changes(25, ...wavering), ['added HubSpot 10-20']);
  });

  it('tells of what two sources saw at one time as the one that knows more closely when', () => {
    const twice = [look(10, ['HubSpot'], 'b'), look(5, ['HubSpot'], 'a'), look(20, [], 'a'), look(20, [], 'b')];
    assert.deepEqual(changes(99, ...twice), ['removed HubSpot 10-20']);
    assert.deepEqual(changes(99, ...twice.toReversed()), ['removed HubSpot 10-20']);
  });

  it('explains the way from the first look of a source to its last, and nothing but that', () => {
    const stack = fc.subarray(['A', 'B', 'C', 'D']);
    fc.assert(
      fc.property(fc.array(stack, { minLength: 2, maxLength: 6 }), (stacks) => {
        const found = technologyChanges(
          stacks.map((tools, at) => look(at, tools)),
          99 * day,
        );
        const last = stacks.at(-1) ?? [];
        const first = stacks[0] ?? [];
        for (const { kind, tool, after, seenAt } of found) {
          assert.equal(last.includes(tool), kind === 'added');
          assert.ok(after < seenAt);
        }
        for (const tool of ['A', 'B', 'C', 'D'])
          if (first.includes(tool) !== last.includes(tool)) assert.ok(found.some((change) => change.tool === tool));
      }),
    );
  });

  it('says the same whatever order the looks come in', () => {
    const looks = fc.uniqueArray(fc.tuple(fc.nat(30), fc.constantFrom('a', 'b'), fc.subarray(['X', 'Y', 'Z'])), {
      selector: ([at, source]) => `${at} ${source}`,
      maxLength: 8,
    });
    fc.assert(
      fc.property(looks, (seen) => {
        const observations = seen.map(([at, source, tools]) => look(at, tools, source));
        assert.deepEqual(
          technologyChanges([...observations].reverse(), 99 * day),
          technologyChanges(observations, 99 * day),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
