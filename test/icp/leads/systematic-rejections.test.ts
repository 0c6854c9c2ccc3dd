import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LeadAnswer } from '../../../src/icp/leads/lead-standing.ts';
import { type RejectionsToJudge, systematicRejections } from '../../../src/icp/leads/systematic-rejections.ts';
import type { Feature, FeatureTable } from '../../../src/icp/types.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { aLeadAnswer } from '../../support/a-lead.ts';
import { aBin, aCriterion } from '../../support/a-model.ts';

const day = 86_400_000;
const now = 400 * day;
const base = { layer: 'firmographic', part: 'fit' } as const;
const features: readonly Feature[] = [
  { ...base, key: 'sales_team', label: 'Sales team', type: 'number', field: 'sales_team' },
  { ...base, key: 'employees', label: 'Employees', type: 'number', field: 'employees' },
  { ...base, key: 'industry', label: 'Industry', type: 'category', field: 'industry' },
];

/** Accounts `r0..` whose leads are turned down and `t0..` whose leads are taken on; `small` of the former sell with few. */
function aBook({
  rejected = 10,
  small,
  taken = 60,
  seed = 1,
}: {
  rejected?: number;
  small?: number;
  taken?: number;
  seed?: number;
} = {}): RejectionsToJudge {
  const random = createRandom(seed);
  const ids = [
    ...Array.from({ length: rejected }, (_, nth) => `r${nth}`),
    ...Array.from({ length: taken }, (_, nth) => `t${nth}`),
  ];
  const whole = (from: number, to: number) => from + Math.floor(random.next() * (to - from));
  const table: FeatureTable = {
    features,
    accountIds: ids,
    columns: [
      ids.map((_, nth) => (nth < (small ?? rejected) ? whole(1, 6) : whole(1, 60))),
      ids.map(() => whole(10, 900)),
      ids.map(() => random.pick(['SaaS', 'retail', 'media'])),
    ],
  };
  return {
    answers: Array.from({ length: rejected }, (_, nth) => rejection(nth)),
    ...{ cited: new Set<number>(), accepted: ids.slice(rejected), table, model: { criteria: [] }, now },
  };
}

function rejection(nth: number, parts: Partial<LeadAnswer> = {}): LeadAnswer {
  return aLeadAnswer(nth + 1, {
    ...{ leadId: `L${nth}`, accountId: `r${nth}`, answer: 'rejected', reason: 'No outbound team', at: now - 3 * day },
    ...{ by: nth % 2 === 0 ? 'rae@ours.example' : 'sam@ours.example' },
    ...parts,
  });
}

describe('systematicRejections', () => {
  it('makes an anti-pattern of ten rejections of one kind, and cites every one of them', () => {
    const [change, ...more] = systematicRejections(aBook());
    assert.deepEqual(more, []);
    const [condition] = change?.rule.conditions ?? [];
    assert.deepEqual([condition?.key, condition?.match.kind], ['sales_team', 'range']);
    assert.deepEqual(
      change?.because?.answers.map(({ answerId }) => answerId),
      Array.from({ length: 10 }, (_, nth) => nth + 1),
    );
    assert.equal(change?.because?.reason, 'no outbound team');
  });

  it('says nothing of nine, of ten that were cited or taken back, of old ones, and of ten about one account', () => {
    assert.deepEqual(systematicRejections(aBook({ rejected: 9 })), []);
    const book = aBook();
    assert.deepEqual(systematicRejections({ ...book, cited: new Set([4]) }), []);
    const with4 = (parts: Partial<LeadAnswer>) => ({
      ...book,
      answers: book.answers.map((answer) => (answer.id === 4 ? { ...answer, ...parts } : answer)),
    });
    assert.deepEqual(systematicRejections(with4({ undoneAt: now })), []);
    assert.deepEqual(systematicRejections(with4({ at: now - 91 * day })), []);
    assert.deepEqual(systematicRejections(with4({ accountId: null })), []);
    assert.deepEqual(systematicRejections(with4({ accountId: 'r0' })), []);
    assert.deepEqual(systematicRejections(with4({ reason: 'no budget' })), []);
  });

  it('counts reasons alike that differ in spelling or in what was added', () => {
    const book = aBook();
    const answers = book.answers.map((answer, nth) => ({
      ...answer,
      reason: nth % 2 === 0 ? 'no  OUTBOUND team' : 'No outbound team: founder sells',
    }));
    assert.equal(systematicRejections({ ...book, answers })[0]?.because?.answers.length, 10);
  });

  it('prefers the bin that the model publishes, with its win rate, and does not propose it twice', () => {
    const book = aBook();
    const rate = { v: 0.1, low: 0.05, high: 0.2, n: 90 };
    const bin = aBin({ kind: 'range', from: null, to: 6 }, -40, { label: 'Sales team below 6', rate });
    const model = { criteria: [aCriterion('sales_team', [bin], { type: 'number' })] };
    const [change] = systematicRejections({ ...book, model });
    assert.deepEqual([change?.rule.conditions[0]?.label, change?.rule.winRate], ['Sales team below 6', rate]);
    assert.match(change?.rule.name ?? '', /Sales team below 6.*no outbound team/);
    const known = { ...model, antiPatterns: [change!.rule] };
    const again = systematicRejections({ ...book, model: known });
    assert.notDeepEqual(again[0]?.rule.conditions[0]?.match, bin.match);
  });

  it('cites only those that share the condition', () => {
    const [change] = systematicRejections(aBook({ rejected: 40, small: 25, seed: 3 }));
    const cited = change?.because?.answers.length ?? 0;
    assert.ok(cited >= 25 && cited < 40, `${cited} were cited`);
  });

  it('proposes nothing where reps turn down at random, save once in twenty', () => {
    let found = 0;
    for (let seed = 1; seed <= 200; seed++)
      found += systematicRejections(aBook({ rejected: 30, small: 0, seed })).length > 0 ? 1 : 0;
    assert.ok(found <= 10, `${found} of 200 random books had a finding`);
  });

  it('proposes nothing where there is nobody to compare with', () => {
    assert.deepEqual(systematicRejections({ ...aBook(), accepted: [] }), []);
    assert.deepEqual(systematicRejections({ ...aBook(), answers: [] }), []);
  });
});
