import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { scoreOf } from '../../../src/icp/changes/score-side.ts';
import { changeParts, whyChanged } from '../../../src/icp/changes/why-changed.ts';
import type { AccountHistory, Observation, Signal } from '../../../src/icp/history.ts';
import { aHistory } from '../../support/a-model.ts';
import { day, under, usual } from './a-little-world.ts';

const from = 1_000 * day;
const to = 1_060 * day;
const said = (values: Observation['values'], observedAt: number | null, source = 'crm'): Observation => ({
  ...{ values, observedAt, source },
});
const demo = (observedAt: number): Signal => ({
  ...{ kind: 'demo_request', observedAt, value: 1, source: 'web', text: null },
});
const knownBefore = [said({ industry: 'Retail' }, from - 90 * day)];

function partsOf(
  before: Partial<AccountHistory>,
  now: Partial<AccountHistory>,
  models = [under(1), under(1)] as const,
) {
  const sides = [aHistory('a', before), aHistory('a', now)] as const;
  return whyChanged({ history: sides[0], under: models[0], at: from }, { history: sides[1], under: models[1], at: to });
}

const observation = fc.record({
  values: fc.record(
    {
      industry: fc.constantFrom('SaaS', 'Retail', 'Media', null),
      employees: fc.option(fc.integer({ min: 1, max: 400 })),
      crm: fc.option(fc.boolean()),
    },
    { requiredKeys: [] },
  ),
  observedAt: fc.option(fc.integer({ min: 900, max: 1_080 }).map((days) => days * day)),
  source: fc.constantFrom('crm', 'registry'),
});
const signal = fc.integer({ min: 880, max: 1_080 }).map((days) => demo(days * day));
const customer = fc
  .tuple(fc.integer({ min: 800, max: 1_000 }), fc.option(fc.integer({ min: 1_000, max: 1_080 })))
  .map(([start, end]) => ({
    ...{ startedAt: start * day, endedAt: end === null ? null : end * day },
    ...{ churnReason: null, arr: 1, renewalOn: null, csOwnerEmail: null },
  }));
const history = fc.record({
  observations: fc.array(observation, { maxLength: 5 }),
  signals: fc.array(signal, { maxLength: 4 }),
  customers: fc.array(customer, { maxLength: 1 }),
});
const points = fc.integer({ min: -300, max: 300 });
const table = fc.record({ saas: points, retail: points, big: points, crm: points, chat: points, demo: points });

describe('why a score changed', () => {
  it('splits the difference to the tenth, whatever has happened', () => {
    fc.assert(
      fc.property(history, history, table, table, fc.boolean(), (first, more, then, now, keeps) => {
        const before = aHistory('a', first);
        const later = aHistory('a', {
          observations: [...(keeps ? first.observations : first.observations.slice(1)), ...more.observations],
          signals: [...first.signals, ...more.signals],
          customers: more.customers,
        });
        const sides = [
          { history: before, under: under(1, then), at: from },
          { history: later, under: under(2, now), at: to },
        ] as const;
        const why = whyChanged(...sides);
        const sum = changeParts.reduce((total, part) => total + Math.round(why.parts[part] * 10), 0);
        assert.equal(sum, scoreOf(sides[1]).score - scoreOf(sides[0]).score);
        assert.equal(why.difference, sum / 10);
        for (const { score, range } of [why.from, why.to])
          assert.ok(range !== null && range.low <= score && score <= range.high, JSON.stringify({ score, range }));
      }),
      { numRuns: 300 },
    );
  });

  it('gives nothing to a cause that was absent', () => {
    fc.assert(
      fc.property(history, table, table, (known, then, now) => {
        const past = {
          observations: known.observations.filter(({ observedAt }) => observedAt === null || observedAt <= from),
          signals: known.signals.filter(({ observedAt }) => observedAt <= from),
          customers: [],
        };
        const side = aHistory('a', past);
        const still = whyChanged(
          { history: side, under: under(1, then), at: from },
          { history: side, under: under(2, now), at: to },
        );
        assert.deepEqual([still.parts.data, still.parts.enrichmentFix, still.fixes], [0, 0, []]);
        const sameTable = whyChanged(
          { history: side, under: under(1, then), at: from },
          { history: side, under: under(1, then), at: to },
        );
        assert.equal(sameTable.parts.model, 0);
        assert.equal(sameTable.parts.decay, sameTable.difference);
        const sameDay = whyChanged(
          { history: side, under: under(1, then), at: from },
          { history: side, under: under(2, now), at: from },
        );
        assert.equal(sameDay.parts.decay, 0);
        assert.equal(sameDay.parts.model, sameDay.difference);
      }),
      { numRuns: 150 },
    );
  });

  it('calls what has happened since data, and it is worth as much as if no time had passed', () => {
    const why = partsOf(
      { observations: knownBefore },
      { observations: [...knownBefore, said({ industry: 'SaaS' }, from + 9 * day)], signals: [demo(to - day)] },
    );
    assert.deepEqual(why.parts, {
      data: (usual.saas - usual.retail + usual.demo) / 10,
      enrichmentFix: 0,
      model: 0,
      decay: 0,
    });
  });

  it('calls a value enrichment when it was true before and only learnt later', () => {
    const late = said({ employees: 200 }, from - 200 * day);
    const why = partsOf({ observations: knownBefore }, { observations: [late, ...knownBefore] });
    assert.deepEqual(why.parts, { data: 0, enrichmentFix: usual.big / 10, model: 0, decay: 0 });
    assert.deepEqual(why.fixes, [
      { field: 'employees', before: null, after: 200, source: 'crm', observedAt: from - 200 * day },
    ]);
  });

  it('calls a value enrichment when another source contradicts what stood', () => {
    const why = partsOf(
      { observations: knownBefore },
      { observations: [...knownBefore, said({ industry: 'SaaS' }, from + 9 * day, 'registry')] },
    );
    assert.equal(why.parts.enrichmentFix, (usual.saas - usual.retail) / 10);
    assert.deepEqual(
      why.fixes.map(({ field, before, after, source }) => [field, before, after, source]),
      [['industry', 'Retail', 'SaaS', 'registry']],
    );
  });

  it('calls it data when somebody has recorded an event that mutes what stood, however old the event is', () => {
    const quiet = { observations: knownBefore, signals: [demo(from - day)] };
    const event = (at: number) => ({ events: [{ kind: 'acquired', on: at, note: null, source: 'Dana' }] });
    for (const at of [from, from + 5 * day]) {
      const { parts, difference } = partsOf(quiet, { ...quiet, ...event(at) });
      assert.equal(difference, -usual.demo / 10);
      assert.deepEqual([parts.model, parts.enrichmentFix], [0, 0]);
      assert.ok(parts.data < 0 && parts.decay < 0);
    }
  });

  it('calls it decay when nothing has come and what was there has faded', () => {
    const quiet = { observations: knownBefore, signals: [demo(from - day)] };
    assert.deepEqual(partsOf(quiet, quiet).parts, { data: 0, enrichmentFix: 0, model: 0, decay: -usual.demo / 10 });
  });

  it('names the criteria that give other points, the largest change first', () => {
    const quiet = { observations: [said({ industry: 'SaaS', employees: 200 }, from - day)] };
    const why = partsOf(quiet, quiet, [under(1), under(2, { saas: 100, big: 200 })]);
    assert.deepEqual(
      why.criteria.map(({ key, pointsBefore, pointsAfter }) => [key, pointsBefore, pointsAfter]),
      [
        ['employees', 8, 20],
        ['industry', 15, 10],
      ],
    );
    assert.equal(why.parts.model, 7);
  });
});
