import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { CrmField } from '../../../src/connectors/crm.ts';
import { missingFields } from '../../../src/connectors/salesforce/missing.ts';
import { overrideFields, type PublishedField, publishedFields } from '../../../src/icp/publishing/published-fields.ts';
import { clientOf, rawSalesforce } from './raw-salesforce.ts';

const types = { number: 'double', picklist: 'picklist', text: 'string', checkbox: 'boolean', datetime: 'datetime' };

/** A field as an org has it where the folder was deployed. */
function deployed({ name, label, kind }: PublishedField, updateable: boolean): CrmField {
  return {
    ...{ name, label, type: types[kind.type], updateable, calculated: false, custom: true, restrictedPicklist: false },
    length: kind.type === 'text' ? kind.length : 0,
    precision: kind.type === 'number' ? kind.precision : 0,
    scale: kind.type === 'number' ? kind.scale : 0,
    ...{ picklist: kind.type === 'picklist' ? kind.values : [], referenceTo: [], relationshipName: null },
  };
}

const ready: readonly CrmField[] = [
  ...publishedFields.map((field) => deployed(field, true)),
  ...overrideFields.map((field) => deployed(field, false)),
];

/** What is said of an org that has this instead of a field. */
function saidOf(name: string, change: Partial<CrmField> | null): string[] {
  const fields = ready.flatMap((field) =>
    field.name !== name ? [field] : change === null ? [] : [{ ...field, ...change }],
  );
  return missingFields('Account', new Map(fields.map((field) => [field.name, field]))).map(
    ({ what, how }) => `${what}; ${how}`,
  );
}

describe('what an org lacks', () => {
  it('is nothing where the folder was deployed and the permission set assigned', () => {
    assert.deepEqual(missingFields('Account', new Map(ready.map((field) => [field.name, field]))), []);
  });

  it('is named with how to add it, field by field', () => {
    const cases: [string, Partial<CrmField> | null, RegExp][] = [
      [
        'ICP_Score__c',
        null,
        /^Account\.ICP_Score__c is not there, or this user may not see it; deploy the folder salesforce/,
      ],
      ['ICP_Override__c', null, /^Account\.ICP_Override__c is not there.*permission set Lodestar/],
      ['ICP_Score__c', { updateable: false }, /may be read by this user and not written; assign the permission set/],
      ['ICP_Score__c', { type: 'string' }, /is of type string and has to be double; rename or delete that field/],
      ['ICP_Score__c', { precision: 3 }, /holds 2 digits and 1 decimals and has to hold 4 and 1/],
      ['ICP_Score__c', { scale: 0 }, /holds 5 digits and 0 decimals/],
      ['ICP_Reasons__c', { length: 80 }, /holds 80 characters and has to hold 255/],
      ['ICP_Tier__c', { restrictedPicklist: true, picklist: ['1', '2', '3'] }, /lacks Not fit; add them/],
    ];
    for (const [name, change, words] of cases) {
      const said = saidOf(name, change);
      assert.equal(said.length, 1, name);
      assert.match(said[0] ?? '', words);
    }
  });

  it('is nothing where a field is larger than it has to be, or its list is restricted to more', () => {
    assert.deepEqual(saidOf('ICP_Score__c', { precision: 18, scale: 2 }), []);
    assert.deepEqual(saidOf('ICP_Reasons__c', { length: 1000 }), []);
    assert.deepEqual(
      saidOf('ICP_Tier__c', { restrictedPicklist: true, picklist: ['1', '2', '3', 'Not fit', '4'] }),
      [],
    );
  });

  it('is asked of the org, object by object', async () => {
    const server = await rawSalesforce((came) =>
      came.path === '/sobjects/Account/describe' ? came.json({ fields: ready }) : false,
    );
    const { crm } = clientOf(server.url);
    const missing = await crm.writer.missing(['Account', 'Lead']);
    assert.deepEqual(
      missing.map(({ object, field }) => [object, field]),
      [['Lead', null]],
    );
    await server.close();
  });
});
