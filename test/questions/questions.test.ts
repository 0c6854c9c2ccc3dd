import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { fillIn } from '../../src/questions/format-figure.ts';
import type { Answer, Figure, Questions } from '../../src/questions/types.ts';
import type { Store } from '../../src/store/store.ts';
import { askablePlainBook, hostileNames } from '../support/plain-book.ts';
import { marketEnd } from '../support/small-market.ts';

const day = 86_400_000;

/** The sentence as a person reads it; fails when a figure is missing or when two have one key. */
function read(answer: Answer): string {
  const keys = answer.figures.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, 'every figure has a key of its own');
  const named = [...answer.text.matchAll(/\{\{([^}]*)\}\}/g)].map(([, key]) => key);
  assert.ok(named.length > 0, 'the sentence names its figures');
  return fillIn(answer.text, answer.figures);
}

const figure = (answer: Answer, key: string): Figure['v'] | undefined =>
  answer.figures.find((candidate) => candidate.key === key)?.v;

describe('the questions', () => {
  let store: Store;
  let questions: Questions;
  before(async () => {
    ({ store, questions } = await askablePlainBook());
  });
  after(() => store.close());

  it('explain every account with a sentence in which every figure is there, and adds up', async () => {
    const { card } = await questions.list({ limit: 50 });
    assert.equal(card.total, 360);
    const ids = [...hostileNames.keys(), ...Array.from({ length: 60 }, (_, nth) => nth * 6)];
    for (const nth of new Set(ids)) {
      const id = `a${String(nth).padStart(4, '0')}`;
      const answer = await questions.explain(id);
      const sentence = read(answer);
      const { explanation } = answer.card;
      assert.ok(sentence.includes(explanation.score.toFixed(1)), sentence);
      assert.equal(figure(answer, 'name'), hostileNames[nth] ?? `Name of ${id}`);
      assert.ok(sentence.startsWith(`*${hostileNames[nth] ?? `Name of ${id}`}* is *tier `), sentence);
      const points = explanation.criteria.reduce((sum, criterion) => sum + Math.round(criterion.points * 10), 0);
      assert.equal(
        Math.round(explanation.base * 10) + points + Math.round(explanation.clamp * 10),
        Math.round(explanation.positive * 10),
      );
    }
  });

  it('name the criteria that move an account most, three up and two down at most', async () => {
    const { card } = await questions.explain('a0012');
    const pointsOf = (key: string) => card.explanation.criteria.find((criterion) => criterion.key === key)?.points ?? 0;
    assert.ok(card.up.length + card.down.length > 0);
    assert.ok(card.up.length <= 3 && card.down.length <= 2);
    assert.ok(card.up.every((key) => pointsOf(key) > 0) && card.down.every((key) => pointsOf(key) < 0));
    assert.ok(card.up.includes('industry'), 'SaaS buys more often');
  });

  it('compare two accounts by what parts them, and the differences sum to the difference of the points', async () => {
    const answer = await questions.compare('a0012', 'a0013');
    read(answer);
    const { left, right, differences } = answer.card;
    const sum = (criteria: readonly { points: number }[]) =>
      criteria.reduce((total, { points }) => total + Math.round(points * 10), 0);
    assert.equal(
      differences.reduce((total, { difference }) => total + Math.round(difference * 10), 0),
      sum(left.criteria) - sum(right.criteria),
    );
    assert.equal(figure(answer, 'gap'), Math.round(Math.abs(left.score - right.score) * 10) / 10);
    const turned = await questions.compare('a0013', 'a0012');
    assert.ok(read(turned).startsWith(`*${left.account.name}*`) === read(answer).startsWith(`*${left.account.name}*`));
    const itself = await questions.compare('a0012', 'a0012');
    assert.deepEqual([itself.card.differences, figure(itself, 'gap')], [[], 0]);
    assert.match(read(itself), /the same score.*No criterion tells them apart/);
  });

  it('list by tier, owner and what is known, in order, with the whole count', async () => {
    const best = await questions.list({ limit: 50 });
    const scores = best.card.rows.map(({ score }) => score);
    assert.deepEqual(
      scores,
      [...scores].sort((a, b) => b - a),
    );
    assert.equal(best.card.rows.length, 50);
    const worst = await questions.list({ order: 'worst', limit: 3 });
    assert.ok((worst.card.rows[0]?.score ?? 100) <= Math.min(...scores));

    const tiers = await Promise.all(([1, 2, 3] as const).map((tier) => questions.list({ tier, limit: 50 })));
    assert.equal(
      tiers.reduce((sum, { card }) => sum + card.total, 0),
      360,
    );
    for (const [nth, { card }] of tiers.entries()) assert.ok(card.rows.every(({ tier }) => tier === nth + 1));

    for (const owner of ['dana@ours.example', 'Dana', 'DANA']) {
      const { card } = await questions.list({ owner });
      assert.equal(card.total, 180, owner);
    }
    assert.equal(
      (await questions.list({ where: { industry: 'retail' } })).card.total,
      119,
      'one of 120 is Media by now',
    );
    const nobody = await questions.list({ owner: 'nobody' });
    assert.deepEqual([nobody.card.total, nobody.card.rows], [0, []]);
    for (const answer of [best, worst, nobody, ...tiers]) read(answer);
  });

  it('describe the criteria, with sentences that end before the next begins', async () => {
    const answer = await questions.criteria();
    const sentence = read(answer);
    assert.match(sentence, /^Learnt from \d+ won and \d+ lost deals\. What matters most, by weight: \*Industry\*/);
    assert.equal(
      answer.card.rows.reduce((sum, { weight }) => sum + Math.round(weight * 100), 0),
      100,
    );
    assert.deepEqual(
      ['accepted', 'qualified', 'won', 'expanded'].map((stage) => figure(answer, `value.${stage}`)),
      [22, 38, 58, 100],
    );
    assert.equal(answer.card.modelVersion, 1);
  });

  it('say what data there is, counted by hand', async () => {
    const answer = await questions.coverage();
    read(answer);
    const won = Array.from({ length: 360 }, (_, nth) => (nth % 3 === 0 ? nth % 2 === 0 : nth % 5 === 0)).filter(
      Boolean,
    );
    assert.deepEqual([figure(answer, 'accounts'), figure(answer, 'won')], [360, won.length]);
    assert.deepEqual([figure(answer, 'lost'), figure(answer, 'churned')], [360 - won.length, 1]);
    const industry = answer.card.fields.find(({ field }) => field === 'industry');
    assert.deepEqual([industry?.fill.v, industry?.fill.n, industry?.sources, industry?.state], [1, 360, 2, 'used']);
  });

  it('show the history of an account, with what the CRM says in its own words', async () => {
    const answer = await questions.history('a0010');
    const sentence = read(answer);
    assert.match(sentence, /The CRM says|the CRM says/);
    assert.ok(sentence.includes('no {{use}}'), 'braces of a CRM are text');
    assert.equal(answer.card.customer?.left, true);
    assert.deepEqual(answer.card.fields.find(({ field }) => field === 'industry')?.value, 'Media');
    assert.deepEqual(
      answer.card.timeline.map(({ at }) => at),
      answer.card.timeline
        .map(({ at }) => at)
        .sort()
        .reverse(),
      'latest first',
    );
  });

  it('show an account as it was known earlier, and nothing that came later', async () => {
    const early = marketEnd - 120 * day;
    const then = await questions.history('a0010', { at: early });
    assert.equal(then.card.customer?.left, false);
    assert.deepEqual([then.card.customer?.endedAt, then.card.customer?.churnReason], [null, null]);
    assert.notEqual(then.card.fields.find(({ field }) => field === 'industry')?.value, 'Media');
    assert.ok(then.card.timeline.every(({ at }) => Date.parse(at) <= early));
    assert.ok(!JSON.stringify(then.card).includes('no {{use}}'));

    const valueAt = async (at?: number) => {
      const { card } = await questions.explain('a0010', at === undefined ? {} : { at });
      return card.explanation.criteria.find(({ key }) => key === 'industry')?.value;
    };
    assert.deepEqual([await valueAt(), await valueAt(early)], ['Media', 'Retail']);
    const before = await questions.explain('a0010', { at: marketEnd - 3_000 * day });
    assert.ok(
      before.card.explanation.criteria.every(({ value }) => value === null),
      'before anything was known',
    );
    assert.equal(before.card.explanation.context.lastActivityAt, null);
    const deal = await questions.history('a0012', { at: marketEnd - 960 * day });
    assert.deepEqual(
      deal.card.deals.map(({ outcome, closedAt, cycleDays }) => [outcome, closedAt, cycleDays]),
      [['open', null, null]],
      'a deal that closed a week later was open',
    );
  });

  it('answer with a sentence when there is no such book, or nothing was learnt yet', async () => {
    await assert.rejects(questions.criteria({ book: 'nowhere' }), { code: 'no_book', message: /there is main$/ });
  });
});
