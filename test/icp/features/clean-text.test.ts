import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { parseInstant } from '../../../src/icp/features/calendar.ts';
import { cleanText, distinctName, foldText, isBlankText, slugText } from '../../../src/icp/features/clean-text.ts';
import { parseNumber } from '../../../src/icp/features/parse-number.ts';

it('cleans as replacing every run of white space would, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\t', '\u00a0', 'B', '\n') }), (text) => {
      assert.equal(cleanText(text), text.replace(/\s+/g, ' ').trim());
    }),
  );
});

it('folds spellings together and keeps different words apart', () => {
  assert.equal(foldText('  SaaS '), foldText('saas'));
  assert.equal(foldText('Real\u00a0 Estate'), foldText('real estate'));
  assert.notEqual(foldText('C'), foldText('C++'));
});

it('reads the usual ways of saying nothing as unknown, and no word that means something', () => {
  for (const blank of ['', '  ', '-', '?', 'N/A', ' unknown ', 'NULL', '(blank)', '#N/A'])
    assert.ok(isBlankText(blank));
  for (const value of ['none', 'NA', 'no', '0', 'Norway', 'United States', 'other']) assert.ok(!isBlankText(value));
});

it('makes names that are safe as columns and can be told apart', () => {
  assert.deepEqual(['HubSpot', 'Series B', 'C#', 'Zürich', ' R&D '].map(slugText), [
    'hubspot',
    'series_b',
    'c_sharp',
    'zurich',
    'r_and_d',
  ]);
  const taken = new Set<string>();
  assert.deepEqual([distinctName('x', taken), distinctName('x', taken), distinctName('x', taken)], ['x', 'x_2', 'x_3']);
});

it('reads plain numbers, and leaves ranges, codes and prose alone', () => {
  const read: [string, number | null][] = [
    ['1,200', 1200],
    ['$4.5M', 4_500_000],
    ['€ 3k', 3000],
    ['2B', 2e9],
    ['12%', 12],
    ['-7', -7],
    ['0.25', 0.25],
    ['0', 0],
    ['50-100', null],
    ['02134', null],
    ['1.200,50', null],
    ['12,34', null],
    ['M', null],
    ['series 3', null],
    ['', null],
    ['.', null],
  ];
  for (const [text, number] of read) assert.equal(parseNumber(text), number, text);
  assert.equal(parseNumber(Number.NaN), null);
  assert.equal(parseNumber(true), null);
});

it('reads back any number that JavaScript writes in plain digits', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), (number) => {
      assert.equal(parseNumber(String(number)), number);
      assert.equal(parseNumber(number.toLocaleString('en-US')), number);
    }),
  );
});

it('reads years and ISO dates as instants, without a zone as UTC', () => {
  assert.equal(parseInstant('2020'), Date.UTC(2020, 0, 1));
  assert.equal(parseInstant(1996), Date.UTC(1996, 0, 1));
  assert.equal(parseInstant('2020-05-06'), Date.UTC(2020, 4, 6));
  assert.equal(parseInstant('2020-05-06T07:00:00'), Date.UTC(2020, 4, 6, 7));
  assert.equal(parseInstant('2020-05-06T07:00:00+02:00'), Date.UTC(2020, 4, 6, 5));
  assert.equal(parseInstant('May 2020'), null);
  assert.equal(parseInstant(42), null);
});
