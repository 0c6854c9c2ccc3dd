import assert from 'node:assert/strict';
import { undoBook } from '../../src/compose/crm/publish-book.ts';
import { publishDue } from '../../src/compose/crm/publish-due.ts';
import { type ScoredObject, scoredObjects } from '../../src/connectors/crm.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';
import { rowsOf } from '../../src/store/publication-rows.ts';
import { publicationsOf } from '../../src/store/publications.ts';
import type { Org, OrgRecord } from '../../src/workbench/salesforce/org/org.ts';
import type { PublishedBook } from '../support/published-book.ts';
import { onlyBook } from '../support/small-market.ts';
import { startFaultOrg } from './fault-org.ts';
import { houseOf } from './publish-faults.ts';
import { fillAsBook } from './templates.ts';

export interface UndoFigures {
  seed: number;
  rows: number;
  /** Records on which somebody changed what was published, and of those only something else. */
  edited: number;
  editedBeside: number;
  restored: number;
  listed: number;
}

const began = Date.UTC(2026, 9, 5, 9);

/**
 * Publishes, has people change some records, and undoes it: each field of every record that nobody touched is to be as it was,
 * and what people wrote is to stay.
 */
export async function undoRound(book: PublishedBook, seed: number, edits: number): Promise<UndoFigures> {
  await book.reset();
  book.clock.now = began;
  const random = createRandom(`undo ${seed}`);
  const org = await startFaultOrg(book.clock, (inside) => fillAsBook(inside, book));
  const inside = org.local.org;
  try {
    giveOldScores(inside, random);
    const before = everything(inside);
    const house = houseOf(book, org, { paused: [], reports: [] });
    await publishDue(house, await onlyBook(book.store));
    const [published] = await publicationsOf(book.store, 'main', 1);
    assert.equal(published?.state, 'finished');
    const written = await rowsOf(book.store, published.id, { states: ['written'] });
    book.clock.now += 3_600_000;
    const chosen = random.shuffle(written).slice(0, edits);
    const ofPeople = new Set<string>();
    for (const [nth, { object, recordId }] of chosen.entries()) {
      if (nth % 3 !== 0) ofPeople.add(recordId);
      inside.update(object, recordId, editOf(object, nth));
    }
    const left = everything(inside);
    const { publication } = await undoBook(house, {
      run: published.id,
      by: 'via command line by a test',
      dryRun: false,
    });
    assert.equal(publication?.state, 'finished');
    const after = everything(inside);
    assert.deepEqual([...after.keys()], [...before.keys()]);
    let restored = 0;
    for (const [id, record] of after) {
      if (ofPeople.has(id)) assert.equal(record, left.get(id), `${id} is not as people left it, seed ${seed}`);
      else if (chosen.some(({ recordId }) => recordId === id)) {
        assert.equal(besideName(record), besideName(before.get(id) ?? ''), `${id} is not as it was, its name aside`);
        assert.equal(nameIn(record), nameIn(left.get(id) ?? ''), `the name of ${id} is not as people left it`);
      } else assert.equal(record, before.get(id), `${id} is not as it was, seed ${seed}`);
      if (record !== left.get(id)) restored++;
    }
    const listed = await rowsOf(book.store, publication.id, { states: ['changed since'] });
    assert.deepEqual(listed.map(({ recordId }) => recordId).toSorted(), [...ofPeople].toSorted());
    for (const { reason } of listed) assert.ok(reason !== null && reason !== '');
    assert.equal(restored, written.length - ofPeople.size);
    const edited = ofPeople.size;
    return {
      seed,
      rows: written.length,
      edited,
      editedBeside: chosen.length - edited,
      restored,
      listed: listed.length,
    };
  } finally {
    await org.close();
  }
}

/** What somebody or something wrote there before us: to every second account, in words that a table may break on. */
function giveOldScores(org: Org, random: Random): void {
  for (const [nth, { Id }] of org.rows('Account').entries()) {
    if (nth % 2 === 0) continue;
    org.update('Account', String(Id), {
      ...{ ICP_Score__c: random.integer(0, 1000) / 10, ICP_Tier__c: random.pick(['1', '2', '3', 'Not fit']) },
      ...{ ICP_Reasons__c: `"old", ${nth}; ünïcödé\nsecond line`, ICP_Detractor__c: nth % 3 === 0 },
      ...{ ICP_Scored_At__c: '2026-01-02T03:04:05.000Z', ICP_Model_Version__c: 'by hand', ICP_Pain__c: -3.5 },
    });
  }
}

function editOf(object: ScoredObject | string, nth: number): Record<string, unknown> {
  switch (nth % 3) {
    case 0:
      return object === 'Account' ? { Name: `Renamed ${nth}` } : { LastName: `Renamed ${nth}` };
    case 1:
      return { ICP_Tier__c: 'mine' };
    default:
      return { ICP_Score__c: null, ICP_Reasons__c: 'I know better' };
  }
}

/** Every field of every record as text, by id; what every write moves is left out. */
function everything(org: Org): Map<string, string> {
  const found = new Map<string, string>();
  for (const object of scoredObjects)
    for (const row of org.rows(object)) found.set(String(row.Id), JSON.stringify(withoutStamps(row)));
  return found;
}

function withoutStamps(row: OrgRecord): OrgRecord {
  const { SystemModstamp: _, LastModifiedDate: __, LastModifiedById: ___, ...rest } = row;
  return rest;
}

const names = /"(?:Name|LastName)":"[^"]*"/g;
const besideName = (record: string) => record.replace(names, '');
const nameIn = (record: string) => (record.match(names) ?? []).join(' ');
