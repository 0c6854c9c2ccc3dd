import assert from 'node:assert/strict';
import { after, beforeEach, describe, it } from 'node:test';
import { sql } from 'drizzle-orm';
import type { ScoredObject } from '../../../src/connectors/crm.ts';
import { publicationReport } from '../../../src/engine/publish/publication-report.ts';
import { undoPublication } from '../../../src/engine/publish/undo-publication.ts';
import { publishedFields } from '../../../src/icp/publishing/published-fields.ts';
import { latestImport } from '../../../src/store/books.ts';
import { crmTierOf } from '../../../src/store/crm-tier.ts';
import { addDepartures } from '../../../src/store/departures.ts';
import { aLead } from '../../support/a-lead.ts';
import { edit } from '../../support/fake-crm.ts';
import { morning, type PublishedBook, publishedBook } from '../../support/published-book.ts';
import { importRecords } from '../../support/records.ts';

const id = (prefix: '001' | '003' | '00Q', nth: number) =>
  `${prefix}${String(nth).padStart(12, '0')}${prefix === '00Q' ? 'EAA' : 'AAA'}`;
const by = 'via command line by a test';
const override = { ICP_Override__c: '1', ICP_Override_Reason__c: 'met them' };

describe('records that lose their account', () => {
  let book: PublishedBook;
  beforeEach(async () => {
    await book?.store.close();
    book = await publishedBook({ accounts: 6, leads: 4, contacts: 3 });
  });
  after(() => book?.store.close());

  const values = (object: ScoredObject, record: string) => {
    const found: Readonly<Record<string, unknown>> = book.crm.records[object].get(record) ?? assert.fail(record);
    return Object.fromEntries(publishedFields.map(({ name }) => [name, found[name] ?? null]));
  };
  const empty = Object.fromEntries(
    publishedFields.map(({ name }) => [name, name === 'ICP_Detractor__c' ? false : null]),
  );
  const published = async () => {
    const plan = await book.plan();
    assert.equal((await book.send(plan.id)).state, 'finished');
    return plan;
  };
  /** The contact and the lead belong to nobody any more, and the book has lost an account. */
  const lose = async () => {
    await importRecords(book.store, [
      { kind: 'contact', id: id('003', 1), accountId: null, email: null, title: null, seniority: null, more: {} },
      aLead(id('00Q', 2), null),
    ]);
    const importId = (await latestImport(book.store, 'main')) ?? 0;
    const gone = { id: id('001', 5), goneAt: morning, mergedInto: null };
    await addDepartures(book.store, { book: 'main', importId }, 'accounts', [gone]);
    book.clock.now += 3_600_000;
    await book.score();
  };

  it('lose the score that we wrote, and nothing else, and get it back by undoing', async () => {
    for (const [object, record] of [
      ['Account', id('001', 5)],
      ['Contact', id('003', 1)],
      ['Lead', id('00Q', 2)],
    ] as const)
      edit(book.crm, object, record, override);
    const first = await published();
    const was = structuredClone(book.crm.records);
    assert.equal(values('Contact', id('003', 1)).ICP_Run_Id__c, first.id);
    await lose();
    const dry = await book.plan({ dryRun: true });
    assert.deepEqual(
      dry.objects.map(({ object, rows, cleared, withoutScore }) => [object, rows, cleared, withoutScore]),
      [
        ['Account', 1, 1, 0],
        ['Lead', 1, 1, 0],
        ['Contact', 1, 1, 0],
      ],
    );
    assert.equal(dry.notInOrg, 0);
    assert.ok(dry.moves.some(({ from, to, records }) => from !== null && to === null && records === 1));

    const second = await published();
    for (const [object, record] of [
      ['Account', id('001', 5)],
      ['Contact', id('003', 1)],
      ['Lead', id('00Q', 2)],
    ] as const) {
      assert.deepEqual(values(object, record), empty);
      assert.equal(book.crm.records[object].get(record)?.ICP_Override__c, '1');
      assert.equal(book.crm.records[object].get(record)?.ICP_Override_Reason__c, 'met them');
    }
    const { objects } = await publicationReport(book.store, second.id);
    assert.deepEqual(
      objects.map(({ object, written, cleared }) => [object, written, cleared]),
      [
        ['Account', 1, 1],
        ['Lead', 1, 1],
        ['Contact', 1, 1],
      ],
    );
    assert.equal(await crmTierOf(book.store, 'main', id('001', 5)), null);
    assert.deepEqual(
      (await book.plan({ dryRun: true })).objects.map(({ rows, withoutScore }) => [rows, withoutScore]),
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
      'what was cleared is not cleared again',
    );

    const undo = await undoPublication(book.ports, { id: second.id, by });
    assert.equal((await book.send(undo.id)).state, 'finished');
    for (const object of ['Account', 'Lead', 'Contact'] as const)
      for (const [record, before] of was[object])
        assert.deepEqual(
          { ...book.crm.records[object].get(record), SystemModstamp: null },
          { ...before, SystemModstamp: null },
        );
  });

  it('are left alone where what they carry is not of a run of ours for this org', async () => {
    await published();
    await lose();
    edit(book.crm, 'Contact', id('003', 1), { ICP_Run_Id__c: null });
    edit(book.crm, 'Lead', id('00Q', 2), { ICP_Run_Id__c: 'a run of somebody else' });
    const cleared = async () =>
      (await book.plan({ dryRun: true })).objects.map((one) => [one.cleared, one.withoutScore]);
    assert.deepEqual(await cleared(), [
      [1, 0],
      [0, 1],
      [0, 1],
    ]);
    await book.store.rows(sql`update publications set org_id = '00D000000000009EAA'`);
    assert.deepEqual(await cleared(), [
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
  });

  it('are not cleared where their account was merged into another, whose score they get', async () => {
    await published();
    await importRecords(book.store, [aLead(id('00Q', 3), id('001', 0))]);
    const importId = (await latestImport(book.store, 'main')) ?? 0;
    const gone = { id: id('001', 1), goneAt: morning, mergedInto: id('001', 0) };
    await addDepartures(book.store, { book: 'main', importId }, 'accounts', [gone]);
    book.crm.records.Account.delete(id('001', 1));
    book.clock.now += 3_600_000;
    await book.score();
    const dry = await published();
    assert.deepEqual(
      dry.objects.map(({ cleared, withoutScore }) => [cleared, withoutScore]),
      [
        [0, 0],
        [0, 0],
        [0, 0],
      ],
    );
    assert.equal(values('Lead', id('00Q', 1)).ICP_Score__c, values('Account', id('001', 0)).ICP_Score__c);
  });
});
