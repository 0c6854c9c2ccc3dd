import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { orgInWords, orgWithId } from '../../src/icp/org-in-words.ts';

describe('an org in words', () => {
  it('says what it is for every kind, so that silence never means production', () => {
    const said = ['production', 'sandbox', 'local'].map((setting) => orgInWords({ name: 'Acme', setting }));
    assert.deepEqual(said, ['Acme (production)', 'Acme (sandbox)', 'Acme (local)']);
  });

  it('tells two of one name and one kind apart by their ids', () => {
    const [one, other] = ['00D1', '00D2'].map((id) => orgWithId({ name: 'Acme', setting: 'sandbox', id }));
    assert.equal(one, 'Acme (sandbox, 00D1)');
    assert.notEqual(one, other);
  });
});
