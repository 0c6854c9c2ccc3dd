import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import { syncFaults } from './fault-cases.ts';
import { mixedFaults } from './mixed-faults.ts';
import { assertSameTables, type SyncSeen, syncUnder } from './sync-faults.ts';

const seed = 20_261_122;

describe('a sync with an org with which something is wrong', () => {
  let clean: SyncSeen;
  before(async () => {
    clean = await syncUnder({ name: 'nothing', faults: {} });
  });

  it('brings something of everything when nothing is wrong', () => {
    for (const table of ['accounts', 'observations', 'contacts', 'leads', 'opportunities', 'customers', 'departures'])
      assert.notEqual(clean.tables[table]?.length ?? 0, 0, table);
  });

  for (const one of syncFaults)
    it(`ends with the tables of one with which nothing is: ${one.name}`, async () => {
      const seen = await syncUnder(one);
      assert.ok(seen.struck > 0);
      assertSameTables(seen, clean);
    });

  it('ends with them when several things are wrong at once', async (t) => {
    const seen = await syncUnder({ name: `seed ${seed}`, faults: mixedFaults(seed), visits: 8 });
    assertSameTables(seen, clean);
    t.diagnostic(`seed ${seed}: ${seen.struck} calls struck in ${seen.visits} visits`);
  });
});
