import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { IcpError } from '../../src/errors.ts';
import { fillIn, formatDate, formatFigure, formatNumber } from '../../src/questions/format-figure.ts';
import type { Figure, Unit } from '../../src/questions/types.ts';

const figure = (v: Figure['v'], unit: Unit, more: Partial<Figure> = {}): Figure => ({
  key: 'k',
  label: 'K',
  v,
  unit,
  ...more,
});

describe('formatFigure', () => {
  it('writes every unit the way a person reads it', () => {
    const written: [Figure, string][] = [
      [figure(78.4, 'points'), '78.4'],
      [figure(8, 'points'), '8.0'],
      [figure(1, 'tier'), 'tier 1'],
      [figure(0.3125, 'share'), '31.3 %'],
      [figure(1204, 'count'), '1,204'],
      [figure(1234567, 'money'), '1,234,567'],
      [figure('2026-09-30T23:59:59Z', 'date'), '30 Sep 2026'],
      [figure(1, 'days'), '1 day'],
      [figure(91, 'days'), '91 days'],
      [figure(0.848, 'ratio'), '0.848'],
      [figure(2, 'number'), '2'],
      [figure('logistics', 'text'), 'logistics'],
      [figure(null, 'money'), 'not known'],
    ];
    for (const [given, expected] of written) assert.equal(formatFigure(given), expected);
  });

  it('never drops the interval and the support of a rate', () => {
    assert.equal(
      formatFigure(figure(0.312, 'share', { low: 0.24, high: 0.39, n: 142 })),
      '31.2 % (24 to 39 %, n = 142)',
    );
    assert.equal(
      formatFigure(figure(0.004, 'share', { low: 0.001, high: 0.012, n: 1000 })),
      '0.4 % (0.1 to 1.2 %, n = 1,000)',
    );
    assert.equal(formatFigure(figure(61.2, 'points', { low: 55, high: 70.25 })), '61.2 (55.0 to 70.3)');
    assert.equal(formatFigure(figure(0.5, 'share', { n: 9 })), '50.0 % (n = 9)');
  });

  it('refuses a number that is none', () => {
    for (const v of [Number.NaN, Number.POSITIVE_INFINITY]) {
      assert.throws(() => formatFigure(figure(v, 'points')), IcpError);
    }
  });
});

describe('formatNumber', () => {
  it('can be read back to the decimal that was asked for, and never writes minus zero', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.integer({ min: 0, max: 3 }), (v, decimals) => {
        const text = formatNumber(v, decimals);
        assert.ok(Math.abs(Number(text.replaceAll(',', '')) - v) <= 0.5001 * 10 ** -decimals + 1e-6);
        assert.doesNotMatch(text, /^-[0.]*$/);
        assert.match(text, /^-?\d{1,3}(,\d{3})*(\.\d+)?$/);
      }),
    );
  });
});

describe('formatDate', () => {
  it('stays on the day in UTC and leaves alone what is no date', () => {
    assert.equal(formatDate('2026-01-01T00:30:00+02:00'), '31 Dec 2025');
    assert.equal(formatDate('last spring'), 'last spring');
  });
});

describe('fillIn', () => {
  it('puts each figure where it is named, as often as it is named', () => {
    const figures = [figure(78.4, 'points', { key: 'r1.score' }), figure(1, 'tier', { key: 'tier' })];
    assert.equal(fillIn('{{r1.score}} is {{ tier }}, yes {{tier}}', figures), '78.4 is tier 1, yes tier 1');
  });

  it('refuses a figure that no question returned', () => {
    assert.throws(
      () => fillIn('won {{winRate}}', [figure(1, 'tier')]),
      /no figure is called winRate; the answer has k/,
    );
  });

  it('does not read placeholders out of a figure, and lets the caller escape', () => {
    const figures = [figure('{{k}} $& <!channel>', 'text')];
    assert.equal(fillIn('{{k}}', figures), '{{k}} $& <!channel>');
    assert.equal(
      fillIn('{{k}}', figures, (f) => formatFigure(f).replaceAll('<', '&lt;')),
      '{{k}} $& &lt;!channel>',
    );
  });
});
