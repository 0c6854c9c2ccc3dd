import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Arbitrary, array, asyncProperty, assert as check, constantFrom, letrec, oneof, tuple } from 'fast-check';
import { startClient } from './client.ts';

interface Company {
  Name: string;
  Industry: string | null;
  NumberOfEmployees: number | null;
}

/** A condition in SOQL, and the same said in JavaScript. */
interface Condition {
  soql: string;
  holds: (company: Company) => boolean;
}

const texts = constantFrom('a', 'B', 'c');
const numbers = constantFrom(0, 1, 2, 3);
const same = (a: string | null, b: string): boolean => a?.toLowerCase() === b.toLowerCase();

const leaf: Arbitrary<Condition> = oneof(
  texts.map((x): Condition => ({ soql: `Industry = '${x}'`, holds: ({ Industry }) => same(Industry, x) })),
  texts.map((x): Condition => ({ soql: `Industry != '${x}'`, holds: ({ Industry }) => !same(Industry, x) })),
  tuple(texts, texts).map(([x, y]): Condition => {
    return { soql: `Industry IN ('${x}', '${y}')`, holds: ({ Industry }) => same(Industry, x) || same(Industry, y) };
  }),
  texts.map((x): Condition => ({ soql: `Industry NOT IN ('${x}')`, holds: ({ Industry }) => !same(Industry, x) })),
  texts.map((x): Condition => ({ soql: `Industry LIKE '${x}%'`, holds: ({ Industry }) => same(Industry, x) })),
  constantFrom<Condition>(
    { soql: 'Industry = null', holds: ({ Industry }) => Industry === null },
    { soql: 'NumberOfEmployees != null', holds: ({ NumberOfEmployees }) => NumberOfEmployees !== null },
  ),
  numbers.map(
    (x): Condition => ({
      soql: `NumberOfEmployees > ${x}`,
      holds: (c) => c.NumberOfEmployees !== null && c.NumberOfEmployees > x,
    }),
  ),
  numbers.map(
    (x): Condition => ({
      soql: `NumberOfEmployees <= ${x}`,
      holds: (c) => c.NumberOfEmployees !== null && c.NumberOfEmployees <= x,
    }),
  ),
  numbers.map((x): Condition => ({ soql: `NumberOfEmployees = ${x}`, holds: (c) => c.NumberOfEmployees === x })),
);

const { tree } = letrec<{ tree: Condition }>((tie) => ({
  tree: oneof(
    { maxDepth: 3 },
    leaf,
    tie('tree').map((inner): Condition => ({ soql: `NOT (${inner.soql})`, holds: (company) => !inner.holds(company) })),
    tuple(array(tie('tree'), { minLength: 2, maxLength: 3 }), constantFrom('AND', 'OR')).map(
      ([parts, word]): Condition => ({
        soql: `(${parts.map(({ soql }) => `(${soql})`).join(` ${word} `)})`,
        holds: (company) =>
          word === 'AND' ? parts.every((part) => part.holds(company)) : parts.some((part) => part.holds(company)),
      }),
    ),
  ),
}));

/** Three NOT in a row are refused: the parser loses one of them. */
const readable = tree.filter(({ soql }) => !/NOT[\s(]+NOT[\s(]+NOT/.test(soql));

describe('a condition', () => {
  it('holds for the records for which it would hold if nothing were unknown but empty', async (t) => {
    const { sf, query } = await startClient(t);
    const companies = [null, 'a', 'A', 'b', 'c'].flatMap((Industry, i) =>
      [null, 0, 1, 2, 3].map((NumberOfEmployees, j): Company => ({ Name: `${i}-${j}`, Industry, NumberOfEmployees })),
    );
    sf.org.insert(
      'Account',
      companies.map((company) => ({ ...company })),
    );
    await check(
      asyncProperty(
        readable,
        constantFrom('Id', 'NumberOfEmployees', 'NumberOfEmployees DESC'),
        async ({ soql, holds }, order) => {
          const found = await query(`SELECT Name FROM Account WHERE ${soql} ORDER BY ${order}`);
          const names = found.map(({ Name }) => Name).sort();
          assert.deepEqual(
            names,
            companies
              .filter(holds)
              .map(({ Name }) => Name)
              .sort(),
            soql,
          );
        },
      ),
      { numRuns: 120 },
    );
  });

  it('with three NOT in a row is refused rather than misread', async (t) => {
    const { call } = await startClient(t);
    const soql = "SELECT Id FROM Account WHERE NOT (NOT (NOT (Name = 'NOT (NOT (NOT')))";
    assert.equal((await call('GET', `query?q=${encodeURIComponent(soql)}`)).status, 400);
    const two = "SELECT Id FROM Account WHERE NOT (NOT (Name = 'NOT (NOT (NOT'))";
    assert.equal((await call('GET', `query?q=${encodeURIComponent(two)}`)).status, 200);
  });
});
