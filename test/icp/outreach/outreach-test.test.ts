import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { OutreachFacts } from '../../../src/icp/outreach/outreach-facts.ts';
import { readOutreachTest } from '../../../src/icp/outreach/outreach-test.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { aContact, asOf, contacts, day } from './a-contact.ts';

const test = { name: 'spring', hypothesis: null, startsAt: 790 * day, endsAt: 850 * day };
const read = (facts: readonly OutreachFacts[]) => readOutreachTest(facts, { test, asOf });

/** Twenty cells, each with so many accounts and a rate of its own. */
function cellsOf(rates: readonly number[], n: number, seed: number): OutreachFacts[] {
  const random = createRandom(`cells ${seed}`);
  return rates.flatMap((rate, cell) =>
    Array.from({ length: n }, (_, at) => {
      const tone = random.next() < rate ? ('positive' as const) : null;
      return aContact({ id: `${cell}/${at}`, subIndustry: `Kind ${cell}`, tone, repliedAt: tone && 801 * day });
    }),
  );
}

describe('readOutreachTest', () => {
  it('names the combination that replies beyond the rest, and says to expand it where it leads on', () => {
    const freight = contacts(60, 15).map((each) => ({ ...each, pipelineAt: each.tone === null ? null : 830 * day }));
    const found = read([...freight, ...contacts(400, 4, { subIndustry: 'Retail' })]);
    const best = found.winner === null ? null : found.cells[found.winner];
    assert.deepEqual(
      [best?.subIndustry, best?.headcount, best?.trigger],
      ['Freight', '51 to 200 employees', 'no trigger'],
    );
    assert.equal(best?.advice, 'expand');
  });

  it('says to expand nothing that replies and leads nowhere', () => {
    const found = read([...contacts(60, 15), ...contacts(400, 4, { subIndustry: 'Retail' })]);
    assert.equal(found.cells[found.winner ?? -1]?.advice, 'keep looking');
  });

  it('says to tighten where nobody replied of many, and not of a few', () => {
    const found = read([
      ...contacts(300, 30),
      ...contacts(100, 0, { subIndustry: 'Retail' }),
      ...contacts(12, 0, { subIndustry: 'Mining' }),
    ]);
    const advice = new Map(found.cells.map((cell) => [cell.subIndustry, cell.advice]));
    assert.equal(advice.get('Retail'), 'tighten');
    assert.equal(advice.get('Mining'), 'keep looking');
  });

  it('finds a winner among cells that are alike in at most one test of twenty', () => {
    let found = 0;
    for (let seed = 0; seed < 200; seed++) {
      if (
        read(
          cellsOf(
            Array.from({ length: 20 }, () => 0.06),
            30,
            seed,
          ),
        ).winner !== null
      )
        found++;
    }
    assert.ok(found <= 15, `${found} of 200`);
  });

  it('has an interval for the best cell that holds its true rate although it was picked', () => {
    const rates = Array.from({ length: 20 }, (_, cell) => 0.02 + 0.006 * cell);
    let held = 0;
    for (let seed = 0; seed < 200; seed++) {
      const [best] = read(cellsOf(rates, 40, seed)).cells;
      const truth = rates[Number(best?.subIndustry.slice(5))] ?? Number.NaN;
      if (best !== undefined && truth >= best.replies.low && truth <= best.replies.high) held++;
    }
    assert.ok(held >= 190, `${held} of 200`);
  });

  it('counts only who was contacted in its days and had a fortnight to answer', () => {
    const outside = contacts(40, 40, { contactedAt: 850 * day });
    assert.equal(read([...contacts(50, 5), ...outside]).contacted, 50);
    const early = readOutreachTest(contacts(50, 5), { test, asOf: 813 * day });
    assert.equal(early.contacted, 0);
    assert.equal(early.isOver, false);
  });

  it('names no winner among fewer than thirty accounts, nor of none', () => {
    assert.equal(read([...contacts(14, 14), ...contacts(14, 0, { subIndustry: 'Retail' })]).winner, null);
    assert.deepEqual(read([]).cells, []);
  });
});
