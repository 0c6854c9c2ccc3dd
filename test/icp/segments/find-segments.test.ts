import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import { findSegments } from '../../../src/icp/segments/find-segments.ts';
import { keepIdentity } from '../../../src/icp/segments/keep-identity.ts';
import { isMember, segmentOf } from '../../../src/icp/segments/member.ts';
import { readBySegment } from '../../../src/icp/segments/read-by-segment.ts';
import type { FeatureValue } from '../../../src/icp/types.ts';
import { wordableSegment } from '../../../src/icp/wordable.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { plainSet } from './plain-set.ts';

const fintech = (read: (key: string) => FeatureValue): boolean =>
  read('industry') === 'Fintech' && read('tech_snowflake') === 'present';

describe('segments', () => {
  const set = plainSet({ seed: 1, together: (read) => (fintech(read) ? 1.6 : 0) });
  const found = findSegments(set);

  it('finds the kind of company that is better than its traits add up to', () => {
    const [best] = found.segments;
    assert.ok(best !== undefined, found.verdict ?? '');
    const own = new Set(best.members);
    const truth = set.accounts.filter((_, row) => fintech(readerOf(set, row))).map(({ id }) => id);
    const hit = truth.filter((id) => own.has(id)).length;
    assert.ok(hit / truth.length > 0.7 && hit / own.size > 0.7, `${hit} of ${truth.length}, claimed ${own.size}`);
    assert.ok(best.heldOut.pValue <= 0.05 && best.lift.low > 1);
  });

  it('counts whoever did not buy, and gives every account to a segment by its values', () => {
    for (const segment of found.segments) {
      const inside = new Set(segment.members);
      for (const [row, { id }] of set.accounts.entries()) {
        assert.equal(isMember(segment.conditions, readerOf(set, row)), inside.has(id));
      }
      const wins = set.accounts.filter(({ id, reachedAt }) => inside.has(id) && reachedAt.won !== null).length;
      assert.equal(segment.won, wins);
      assert.equal(segment.touched, inside.size);
      assert.equal(segment.winRate?.n, inside.size);
    }
  });

  it('gives the same bytes for the same seed', () => {
    assert.equal(JSON.stringify(findSegments(set)), JSON.stringify(found));
  });

  it('keeps the name that a person gave, and the id, when members have moved a little', () => {
    const [best] = found.segments;
    const before = {
      ...best!,
      id: 'seg-old',
      name: 'Data banks',
      namedBy: 'person' as const,
      members: best!.members.slice(9),
    };
    const again = findSegments(set, { previous: [before] }).segments[0];
    assert.deepEqual([again?.id, again?.name, again?.namedBy], ['seg-old', 'Data banks', 'person']);
  });

  it('is put into words from its traits, with every name that has a digit', () => {
    const best = found.segments[0]!;
    const { kind, facts, names } = wordableSegment(best);
    assert.equal(kind, 'segment');
    assert.ok(best.traits.every(({ label }) => facts.some((fact) => fact.startsWith(label))));
    assert.deepEqual(
      names,
      best.conditions.map(({ label }) => label).filter((label) => /\d/.test(label)),
    );
  });

  it('finds a second kind beside a far stronger one, and a tool that means nothing outside of it', () => {
    const retail = (read: (key: string) => FeatureValue): boolean =>
      read('industry') === 'Retail' && read('tech_jira') === 'present';
    const two = plainSet({ seed: 5, rows: 5000, together: (read) => (fintech(read) ? 1.8 : retail(read) ? 1.1 : 0) });
    const keys = findSegments(two).segments.map(({ conditions }) => conditions.map(({ key }) => key).join());
    assert.ok(
      keys.some((key) => key.includes('tech_snowflake')),
      `${keys}`,
    );
    assert.ok(
      keys.some((key) => key.includes('tech_jira')),
      `${keys}`,
    );
  });

  it('claims hardly ever anything where traits only add up', () => {
    let claims = 0;
    for (let seed = 1; seed <= 12; seed++) {
      if (findSegments(plainSet({ seed, rows: 1500 })).segments.length > 0) claims++;
    }
    assert.ok(claims <= 2, `${claims} of 12`);
  });

  it('says what is missing where there are too few won accounts', () => {
    const few = findSegments(plainSet({ seed: 3, rows: 150 }));
    assert.deepEqual(few.segments, []);
    assert.match(few.verdict ?? '', /60 won accounts/);
  });
});

describe('membership and identity', () => {
  const rule = [
    { key: 'industry', label: 'Industry is A', match: { kind: 'is' as const, values: ['A'] } },
    { key: 'employees', label: 'Employees 50 or more', match: { kind: 'range' as const, from: 50, to: null } },
    { key: 'growth', label: 'Growth 10 % or more', match: { kind: 'range' as const, from: 0.1, to: null } },
  ];
  const reader = (values: Record<string, FeatureValue>) => (key: string) => values[key] ?? null;

  it('forgives one unknown field of three, but never what the account is', () => {
    assert.equal(isMember(rule, reader({ industry: 'A', employees: 60 })), true);
    assert.equal(isMember(rule, reader({ industry: 'A' })), false);
    assert.equal(isMember(rule, reader({ employees: 60, growth: 0.2 })), false);
    assert.equal(isMember(rule.slice(0, 2), reader({ industry: 'A' })), false);
    assert.equal(isMember(rule, reader({ industry: 'A', employees: 49, growth: 0.2 })), false);
  });

  it('gives an account to the first segment that takes it', () => {
    const segments = [
      { id: 1, conditions: rule },
      { id: 2, conditions: rule.slice(0, 1) },
    ];
    assert.equal(segmentOf(segments, reader({ industry: 'A' }))?.id, 2);
    assert.equal(segmentOf(segments, reader({ industry: 'A', employees: 70 }))?.id, 1);
    assert.equal(segmentOf(segments, reader({})), null);
  });

  it('hands no id on twice', () => {
    const named = (id: string, members: string[]) => ({
      ...{ id, name: id, description: '', namedBy: 'template' as const, conditions: rule, members },
    });
    const kept = keepIdentity(
      [named('n1', ['a', 'b', 'c']), named('old', ['a', 'b'])],
      [named('old', ['a', 'b', 'c'])],
    );
    assert.deepEqual(
      kept.map(({ id }) => id),
      ['old', 'old-2'],
    );
  });
});

describe('reading a total by segment', () => {
  it('reports twelve per cent and next to nothing behind three per cent', () => {
    const counts = [
      { label: 'the rest', n: 7630, won: 15 },
      { label: 'freight', n: 2370, won: 284 },
    ];
    const split = readBySegment(counts, 1);
    assert.ok(split?.beyondChance);
    assert.ok(Math.abs(split.overall.v - 0.0299) < 1e-9);
    assert.deepEqual(
      split.groups.map(({ label }) => label),
      ['freight', 'the rest'],
    );
    assert.ok(Math.abs(split.groups[0]!.rate.v - 0.12) < 0.001 && Math.abs(split.groups[0]!.share - 0.237) < 1e-9);
  });

  it('leaves groups together that chance alone may have parted', () => {
    const random = createRandom(4);
    let apart = 0;
    for (let book = 0; book < 40; book++) {
      const counts = ['a', 'b', 'c'].map((label) => {
        const wins = Array.from({ length: 120 }, () => (random.next() < 0.1 ? 1 : 0));
        return { label, n: 120, won: wins.reduce<number>((sum, win) => sum + win, 0) };
      });
      if (readBySegment(counts, book)?.beyondChance) apart++;
    }
    assert.ok(apart <= 6, `${apart} of 40`);
  });

  it('says nothing of nobody', () => {
    assert.equal(readBySegment([], 1), null);
    assert.equal(readBySegment([{ label: 'a', n: 0, won: 0 }], 1), null);
  });
});

function readerOf(set: AnalysisSet, row: number): (key: string) => FeatureValue {
  const { features, columns } = set.training.fit.table;
  return (key) => columns[features.findIndex((feature) => feature.key === key)]?.[row] ?? null;
}
