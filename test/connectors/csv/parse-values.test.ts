import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { dateReader, parseFlag, parseIsoDate, parseNumber } from '../../../src/connectors/csv/parse-values.ts';

describe('parseIsoDate', () => {
  it('reads back every instant that JavaScript writes', () => {
    const instant = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(fc.property(instant, (date) => assert.equal(parseIsoDate(date.toISOString()), date.getTime())));
  });

  it('knows zones, and takes a time without one for UTC', () => {
    const noon = Date.UTC(2025, 0, 31, 12);
    for (const text of [
      '2025-01-31T12:00',
      '2025-01-31 12:00:00',
      '2025-01-31T13:30:00+01:30',
      '2025-01-31T07:00:00.000-0500',
    ]) {
      assert.equal(parseIsoDate(text), noon, text);
    }
  });

  it('refuses what the calendar or the clock does not have', () => {
    for (const text of [
      '2025-02-29',
      '2025-13-01',
      '2025-00-10',
      '2025-01-32',
      '2025-01-01T25:00',
      '0025-01-01',
      '20250101',
      'today',
    ]) {
      assert.equal(parseIsoDate(text), null, text);
    }
  });
});

describe('dateReader', () => {
  it('reads each way of writing 9 March 2024', () => {
    const written: [string, string][] = [
      ['dd/mm/yyyy', '09/03/2024'],
      ['mm/dd/yyyy', '3/9/2024'],
      ['dd.mm.yyyy', '9.3.2024'],
      ['yyyy/mm/dd', '2024/03/09'],
      ['dd-mon-yyyy', '09-Mar-2024'],
      ['mon dd, yyyy', 'March 9, 2024'],
      ['mm/dd/yy', '03/09/24'],
    ];
    for (const [format, text] of written) assert.equal(dateReader(format)(text), Date.UTC(2024, 2, 9), format);
  });

  it('reads a time of day behind the date, in either half of it', () => {
    const read = dateReader('mm/dd/yyyy');
    assert.equal(read('03/09/2024 12:05 AM'), Date.UTC(2024, 2, 9, 0, 5));
    assert.equal(read('03/09/2024 1:05:09 pm'), Date.UTC(2024, 2, 9, 13, 5, 9));
  });

  it('refuses days that are not, and dates written otherwise', () => {
    assert.equal(dateReader('dd/mm/yyyy')('31/02/2024'), null);
    assert.equal(dateReader('dd.mm.yyyy')('31x01x2024'), null);
    assert.throws(() => dateReader('month first'), /written with yyyy, yy, mm, mon and dd/);
  });
});

describe('parseNumber', () => {
  it('reads back every finite number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        assert.equal(parseNumber(String(value)), value + 0),
      ),
    );
  });

  it('reads numbers as people write them', () => {
    const written: [string, number][] = [
      ['1,234,567.5', 1234567.5],
      ['$ 900', 900],
      ['-€1,000', -1000],
      ['12 %', 12],
      ['.5', 0.5],
      ['7.', 7],
    ];
    for (const [text, value] of written) assert.equal(parseNumber(text), value, text);
  });

  it('refuses what is none', () => {
    for (const text of ['', 'n/a', '1,23', '12a', '1e999', '--1', 'Infinity', '0x10'])
      assert.equal(parseNumber(text), null, text);
  });
});

it('parseFlag knows yes, no and neither', () => {
  assert.deepEqual(['Yes', '1', 'TRUE', 'present'].map(parseFlag), [true, true, true, true]);
  assert.deepEqual(['no', '0', 'False', 'absent'].map(parseFlag), [false, false, false, false]);
  assert.deepEqual(['', 'maybe', '2'].map(parseFlag), [null, null, null]);
});
