import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { createPlanHash } from '../../src/store/plan-hash.ts';

type Plan = Parameters<typeof createPlanHash>[0];
const plan: Plan = {
  ...{ id: 'run-1', book: 'main', orgId: '00D1', kind: 'publish', undoes: null, modelVersion: 3, modelHash: 'abc' },
  ...{ importId: 7, scoredAt: new Date('2026-10-01T08:00:00.250Z') },
};
const row = {
  ...{ object: 'Account', recordId: '001', nth: 0, accountId: '001', before: { ICP_Tier__c: null } },
  after: { ICP_Tier__c: '1', ICP_Run_Id__c: 'run-1', ICP_Scored_At__c: '2026-10-01T08:00:00.000Z' },
};
const hashOf = (of: Partial<Plan>, more: object, ...form: [] | ['with its import']) => {
  const hash = createPlanHash({ ...plan, ...of }, ...form);
  hash.add({ ...row, ...more });
  return hash.digest();
};
const sha = (text: string) => createHash('sha256').update(text).digest('hex');

describe('the hash of a plan', () => {
  it('is over these bytes, and was over those while the import and the instant of the scores went in', () => {
    assert.equal(
      hashOf({}, {}),
      sha(
        '["main","00D1","publish",null,3,"abc"]["Account","001",0,"001",{"ICP_Tier__c":null},{"ICP_Run_Id__c":"this run","ICP_Scored_At__c":"this scoring","ICP_Tier__c":"1"}]',
      ),
    );
    assert.equal(
      hashOf({}, {}, 'with its import'),
      sha(
        '["main","00D1","publish",null,3,"abc",7,"2026-10-01T08:00:00.250Z"]["Account","001",0,"001",{"ICP_Tier__c":null},{"ICP_Run_Id__c":"this run","ICP_Scored_At__c":"2026-10-01T08:00:00.000Z","ICP_Tier__c":"1"}]',
      ),
    );
  });

  it('is the same for the same writing on a later reading, and another where one of its values was touched', () => {
    const later = { id: 'run-2', importId: 9, scoredAt: new Date('2026-10-02T08:00:00Z') };
    const after = { ...row.after, ICP_Run_Id__c: 'run-2', ICP_Scored_At__c: '2026-10-02T08:00:00.000Z' };
    assert.equal(hashOf(later, { after }), hashOf({}, {}));
    for (const touched of [
      { after: { ...row.after, ICP_Tier__c: '2' } },
      { after: { ...row.after, ICP_Scored_At__c: '2026-09-30T08:00:00.000Z' } },
      { after: { ...row.after, ICP_Run_Id__c: 'another run' } },
      { before: { ICP_Tier__c: '2' } },
      { recordId: '002' },
    ])
      assert.notEqual(hashOf({}, touched), hashOf({}, {}));
  });
});
