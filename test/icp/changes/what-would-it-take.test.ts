import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { changeableFacts } from '../../../src/icp/changes/changeable.ts';
import { factMoves } from '../../../src/icp/changes/fact-moves.ts';
import { whatWouldItTake, withMoves } from '../../../src/icp/changes/what-would-it-take.ts';
import type { IcpModel } from '../../../src/icp/model.ts';
import { scoreAccount } from '../../../src/icp/score-account.ts';
import type { FeatureValue } from '../../../src/icp/types.ts';
import { aBin, aCriterion, aModel, anyModel, anyValues } from '../../support/a-model.ts';
import { criteriaOf, usual } from './a-little-world.ts';

const everything = () => true;
const reading = (values: Readonly<Record<string, FeatureValue>>) => (key: string) => values[key] ?? null;

/** The size of the smallest set by trying all of them, the long way round; `null` where none is enough. */
function smallestBySearch(model: IcpModel, read: (key: string) => FeatureValue, wanted: 1 | 2): number | null {
  const now = scoreAccount(model, read);
  if (now.tier <= wanted) return 0;
  const groups = factMoves(model, now, everything);
  let smallest: number | null = null;
  const walk = (nth: number, set: Parameters<typeof withMoves>[1]): void => {
    if (scoreAccount(model, withMoves(read, set)).tier <= wanted && (smallest === null || set.length < smallest))
      smallest = set.length;
    if (nth === groups.length) return;
    walk(nth + 1, set);
    for (const move of groups[nth] ?? []) walk(nth + 1, [...set, move]);
  };
  walk(0, []);
  return smallest;
}

describe('what it would take', () => {
  it('really brings the tier, with as few changes as any set of them, for any model and any account', () => {
    let lifted = 0;
    let hopeless = 0;
    fc.assert(
      fc.property(anyModel, anyValues, fc.constantFrom<(1 | 2)[]>(1, 2), (model, values, wanted) => {
        const read = reading(values);
        const take = whatWouldItTake(model, read, wanted, everything);
        const smallest = smallestBySearch(model, read, wanted);
        assert.equal(take.changes?.length ?? null, smallest);
        if (take.changes === null) {
          hopeless += 1;
          return;
        }
        const { score, tier } = scoreAccount(model, withMoves(read, take.changes));
        assert.deepEqual(take.reached, { score: score / 10, tier });
        assert.ok(tier <= wanted);
        if (take.changes.length > 0) lifted += 1;
      }),
      { numRuns: 400 },
    );
    assert.ok(lifted > 20 && hopeless > 20, `${lifted} lifted and ${hopeless} hopeless: the models prove nothing`);
  });

  it('changes nothing that nobody can change', () => {
    fc.assert(
      fc.property(anyModel, anyValues, (model, values) => {
        const none = whatWouldItTake(model, reading(values), 1, () => false);
        assert.ok(none.changes === null || none.changes.length === 0);
        assert.equal(none.changeable, 0);
      }),
    );
  });

  it('lifts a retailer over the cut by what it uses, and never by its industry or a demo request of the past', () => {
    const model = aModel({ criteria: criteriaOf({ ...usual, crm: 60, chat: 160 }), base: 580 });
    const values = { industry: 'SaaS', employees: 20, crm: 'absent', chat: 'absent', signal_demo_request: 0 };
    const retailer = { ...values, industry: 'Retail' };
    const take = whatWouldItTake(model, reading(retailer), 2, changeableFacts(null));
    assert.deepEqual([take.tier, take.score], [2, 48]);
    const lift = whatWouldItTake(model, reading(retailer), 1, changeableFacts(null));
    assert.deepEqual([lift.changes, lift.reached], [null, { score: 70, tier: 2 }]);
    const saas = whatWouldItTake(
      model,
      reading({ ...values, chat: 'present', industry: 'Media' }),
      1,
      changeableFacts(null),
    );
    assert.deepEqual([saas.tier, saas.changes], [1, []]);
    const media = whatWouldItTake(model, reading({ ...values, industry: 'Media' }), 1, changeableFacts(null));
    assert.deepEqual(
      media.changes?.map(({ key, from, to, points }) => [key, from, to, points]),
      [['chat', 'No chat', 'Uses chat', 16]],
    );
  });

  it('asks for no more of a number than is needed, from above and from below', () => {
    const range = (from: number | null, to: number | null, points: number) => aBin({ kind: 'range', from, to }, points);
    const model = aModel({
      criteria: [aCriterion('seats', [range(null, 10, 0), range(10, 50, 300), range(50, null, -50)])],
    });
    const asked = (seats: number) =>
      whatWouldItTake(model, reading({ seats }), 1, changeableFacts(['seats'])).changes?.[0]?.values;
    assert.deepEqual(asked(3), { seats: 10 });
    assert.deepEqual(asked(80), { seats: 49 });
  });

  it('says so when everything that can be changed is not enough, and how far it would get', () => {
    const model = aModel({ criteria: criteriaOf(usual), base: 100 });
    const take = whatWouldItTake(model, reading({ industry: 'Retail' }), 1, changeableFacts(null));
    assert.deepEqual([take.changes, take.reached, take.changeable], [null, { score: 10, tier: 3 }, 2]);
  });

  it('takes the list of a person for what can be changed, save for what nobody can', () => {
    const isChangeable = changeableFacts(['employees', 'industry', 'signals']);
    const facts = criteriaOf(usual).filter(isChangeable);
    assert.deepEqual(
      facts.map(({ key }) => key),
      ['employees'],
    );
  });

  it('ends soon where there are very many facts, and says that it has not tried every set', () => {
    const criteria = Array.from({ length: 60 }, (_, nth) =>
      aCriterion(`f${nth}`, [
        aBin({ kind: 'is', values: ['present'] }, 5),
        aBin({ kind: 'is', values: ['absent'] }, 0),
      ]),
    );
    const read = reading(Object.fromEntries(criteria.map(({ key }) => [key, 'absent'])));
    const take = whatWouldItTake(aModel({ criteria, base: 500 }), read, 1, everything);
    assert.equal(take.changes?.length, 41);
    assert.equal(take.smallest, false);
  });
});
