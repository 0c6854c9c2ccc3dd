import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type HealthKey, measureHealth } from '../../../src/icp/outreach/measure-health.ts';
import type { OutreachFacts } from '../../../src/icp/outreach/outreach-facts.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { aContact, asOf, contacts, day } from './a-contact.ts';

const measure = (facts: readonly OutreachFacts[], seed = 1) =>
  measureHealth(facts, { asOf, timeKind: 'dates', seed, segments: [] });
const rowOf = (facts: readonly OutreachFacts[], key: HealthKey) => {
  const row = measure(facts).rows.find((each) => each.key === key);
  assert.ok(row !== undefined);
  return row;
};

describe('measureHealth', () => {
  it('reports the split that a total hides: 23.7 % of volume at 12 % and the rest at 0.2 % are 3.0 % together', () => {
    const facts = [...contacts(2370, 284, { industry: 'Logistics' }), ...contacts(7630, 15, { industry: 'Retail' })];
    const { rows } = measure(facts);
    const [replies] = rows;
    assert.equal(replies?.verdict, 'works in part');
    assert.deepEqual(replies?.where, ['Logistics']);
    assert.ok(Math.abs((replies?.value?.v ?? 0) - 0.0299) < 1e-9);
    assert.deepEqual(
      replies?.groups.map(({ label, share, rate }) => [label, share, Math.round(rate.v * 1000) / 1000]),
      [
        ['Logistics', 0.237, 0.12],
        ['Retail', 0.763, 0.002],
      ],
    );
    assert.equal(rows.find(({ key }) => key === 'segment variance')?.verdict, 'works');
  });

  it('says works, needs an update or in between only where the whole interval does', () => {
    assert.equal(rowOf(contacts(400, 48), 'replies').verdict, 'works');
    assert.equal(rowOf(contacts(2000, 4), 'replies').verdict, 'needs an update');
    assert.equal(rowOf(contacts(3000, 80), 'replies').verdict, 'in between');
    assert.equal(rowOf(contacts(60, 4), 'replies').verdict, 'cannot tell');
    assert.equal(rowOf(contacts(29, 20), 'replies').verdict, 'cannot tell');
  });

  it('finds no part that stands out among parts that are alike, in nineteen of twenty books', () => {
    let found = 0;
    for (let seed = 0; seed < 100; seed++) {
      const random = createRandom(`alike ${seed}`);
      const facts = ['A', 'B', 'C', 'D', 'E'].flatMap((industry) =>
        Array.from({ length: 200 }, (_, at) => {
          const tone = random.next() < 0.05 ? ('positive' as const) : null;
          return aContact({ id: `${industry}${at}`, industry, tone, repliedAt: tone === null ? null : 801 * day });
        }),
      );
      const rows = measure(facts, seed).rows;
      if (rows.some(({ key, verdict }) => key === 'segment variance' && verdict === 'works')) found++;
    }
    assert.ok(found <= 5, `${found} of 100`);
  });

  it('holds replies that tell of the problem against polite declines, and leaves out those that do neither', () => {
    const said = (tone: 'problem' | 'declined' | 'positive', n: number) =>
      contacts(n, 0).map((each) => ({ ...each, tone, repliedAt: 801 * day }));
    const row = rowOf([...said('problem', 40), ...said('declined', 10), ...said('positive', 50)], 'reply quality');
    assert.deepEqual([row.value?.v, row.value?.n, row.verdict], [0.8, 50, 'works']);
  });

  it('counts a next step within thirty days of a meeting, and no meeting that has not had them', () => {
    const met = (nextStepAt: number | null, meetingAt = 810 * day) => aContact({ meetingAt, nextStepAt });
    const facts = [
      ...Array.from({ length: 50 }, () => met(840 * day)),
      ...Array.from({ length: 25 }, () => met(841 * day)),
      ...Array.from({ length: 25 }, () => met(null)),
      ...Array.from({ length: 40 }, () => met(null, asOf - 29 * day)),
    ];
    const row = rowOf(facts, 'meetings');
    assert.deepEqual([row.value?.v, row.value?.n, row.verdict], [0.5, 100, 'needs an update']);
  });

  it('names the part whose deals are surely faster', () => {
    const random = createRandom('cycles');
    const won = (industry: string, days: number) =>
      Array.from({ length: 40 }, (_, at) =>
        aContact({ id: `${industry}${at}`, industry, cycleDays: Math.round(days + 10 * random.normal()) }),
      );
    const row = rowOf([...won('A', 40), ...won('B', 80), ...won('C', 80)], 'sales cycle');
    assert.deepEqual([row.verdict, row.where], ['differs', ['A']]);
  });

  it('gives those who were written to a fortnight to answer, and asks nothing of the time before any record', () => {
    const fresh = contacts(40, 0, { contactedAt: asOf - 13 * day, industry: 'Retail' });
    assert.equal(measure([...contacts(50, 5), ...fresh]).contacted, 50);
    const touched = contacts(50, 5, { isOutreach: false });
    const before = contacts(90, 0, { isOutreach: false, contactedAt: 100 * day, industry: 'Retail' });
    const found = measure([...touched, ...before]);
    assert.equal(found.since, 803 * day);
    assert.equal(found.contacted, 5);
  });

  it('cannot tell anything of a book without answers, or without dates', () => {
    for (const facts of [[], contacts(0, 0), [aContact({ isOutreach: false })]]) {
      assert.ok(measure(facts).rows.every(({ verdict }) => verdict === 'cannot tell'));
    }
    const undated = measureHealth(contacts(400, 48), { asOf, timeKind: 'order', seed: 1, segments: [] });
    assert.equal(undated.rows[0]?.verdict, 'cannot tell');
  });
});
