import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { syncCrm } from '../../../src/engine/sync/sync-crm.ts';
import { createRandom } from '../../../src/stats/random.ts';
import type { Store } from '../../../src/store/store.ts';
import { type FakeOrg, recordId } from '../../support/fake-org.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { smallOrg } from '../../support/small-org.ts';
import { syncTables } from '../../support/sync-tables.ts';

const now = () => Date.UTC(2026, 9, 1);
const seed = 20_261_122;

describe('a sync that is killed', () => {
  let killed: Store;
  let clean: Store;
  before(async () => {
    [killed, clean] = [await freshStore(), await freshStore()];
  });
  after(async () => {
    await killed.close();
    await clean.close();
  });

  it('at any step, any number of times, ends with the tables of one that was not', async (t) => {
    const random = createRandom(seed);
    const org = smallOrg({ pageSize: 2 });
    let kills = 0;
    for (let round = 0; round < 5; round++) {
      if (round > 0) change(org, round);
      const full = round === 3;
      for (;;) {
        let left = Math.floor(random.next() * 12);
        try {
          const fault = () => {
            if (left-- === 0) throw new Error('the process died');
          };
          await syncCrm({ store: killed, crm: org.crm, now, fault }, { book: 'main', full });
          break;
        } catch (error) {
          assert.equal(error instanceof Error ? error.message : error, 'the process died');
          kills += 1;
        }
      }
      await syncCrm({ store: clean, crm: org.crm, now }, { book: 'main', full });
      const [one, other] = [await syncTables(killed), await syncTables(clean)];
      for (const [table, rows] of Object.entries(other))
        assert.equal(one[table]?.join('\n'), rows.join('\n'), `${table} in round ${round}, seed ${seed}`);
    }
    t.diagnostic(`${kills} kills, seed ${seed}`);
    assert.ok(kills >= 80, `only ${kills} kills`);
  });
});

/** Something of everything: new records, changed ones, deleted and merged ones, a person's tier. */
function change(org: FakeOrg, round: number): void {
  org.now += 3_600_000;
  const id = (kind: string, at: number) => recordId(kind, at);
  org.write('Account', id('001', round), { Industry: `Industry ${round}`, NumberOfEmployees: 999 });
  org.write('Account', id('001', 20 + round), {
    Name: `New ${round}`,
    Website: null,
    OwnerId: id('005', 1),
    Industry: null,
  });
  org.write('Lead', id('00Q', round), { Status: 'Working - Contacted' });
  org.write('Lead', id('00Q', 20 + round), {
    Name: 'Bo',
    Email: `bo@a${round}.example`,
    Status: 'New',
    IsConverted: false,
  });
  org.write('Opportunity', id('006', 20 + round), {
    ...{
      AccountId: id('001', 2),
      Name: 'Renewal',
      Type: 'Renewal',
      StageName: 'Closed Lost',
      IsClosed: true,
      IsWon: false,
    },
    ...{ CloseDate: `2026-0${round}-01`, Amount: 5 },
  });
  org.write('OpportunityContactRole', id('00K', 20 + round), {
    OpportunityId: id('006', 5),
    ContactId: id('003', round),
  });
  org.delete('OpportunityContactRole', id('00K', round));
  org.delete('Contact', id('003', 10 - round));
  org.write('Account', id('001', 7), {
    ICP_Override__c: String(1 + (round % 3)),
    ICP_Override_Reason__c: `for reason ${round}`,
  });
  org.write('Lead', id('00Q', 9), { Name: 'Bad\u0000name' });
  if (round === 2) {
    for (const [kind, object] of [
      ['00Q', 'Lead'],
      ['006', 'Opportunity'],
    ] as const)
      if (object === 'Opportunity') org.write(object, id(kind, 6), { AccountId: id('001', 4) });
    org.delete('Account', id('001', 6), id('001', 4));
  }
  if (round === 3) org.vanish('Lead', id('00Q', 8));
  org.write('LeadHistory', id('017', 20 + round), {
    ...{ LeadId: id('00Q', round), Field: 'Status', OldValue: 'Open - Not Contacted', NewValue: 'Working - Contacted' },
    ...{ CreatedDate: new Date(org.now).toISOString(), SystemModstamp: null },
  });
}
