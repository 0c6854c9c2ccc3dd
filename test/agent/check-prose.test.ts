import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { checkProse, evidenceOf } from '../../src/agent/check-prose.ts';
import type { SourcedFigure } from '../../src/agent/define-tool.ts';
import { openLedger, showFigures, withReferences } from '../../src/agent/figures.ts';

const score: SourcedFigure = {
  key: 'score',
  label: 'Score',
  v: 83.1,
  unit: 'points',
  asOf: '2026-09-30',
  receipt: 'rc1',
};
const rate: SourcedFigure = {
  key: 'rate',
  label: 'Won',
  v: 0.31,
  unit: 'share',
  n: 142,
  asOf: '2026-09-30',
  receipt: 'rc1',
};

const ledger = () => {
  const open = openLedger();
  open.add({ text: '', data: null, figures: [score, rate] });
  return open;
};
const nothing = evidenceOf(null);
const fine = (text: string, evidence = nothing): void =>
  assert.deepEqual(checkProse(text, ledger(), evidence), [], text);
const refused = (text: string, evidence = nothing): void =>
  assert.notDeepEqual(checkProse(text, ledger(), evidence), [], text);

describe('the check of prose', () => {
  it('passes words, references, tiers, quarters of a year and list markers', () => {
    for (const text of [
      'Acme scores {{r1.score}}.',
      'It is tier 1, not tier 2 or 3.',
      'Strong in Q3.',
      'Tier one, and one of the best.',
      '• {{r1.rate}} of such accounts won',
      '1. First\n2. Second',
      'The two part on industry.',
      'Nobody else comes near.',
    ])
      fine(text);
  });

  it('refuses numbers typed by hand in every spelling', () => {
    for (const text of [
      '83.1',
      'about 80',
      '31%',
      '31 %',
      '-5',
      '1,200',
      '1e3',
      'n=142',
      '$48k',
      '٨٣',
      '８３',
      '½',
      '²',
      'Ⅳ',
      'x2',
      '24/7',
      'tier 4',
      'tier 12',
      'Q5',
      'a 3-year plan',
      'in 2026',
      '{{r1.score}}5',
      '3{{r1.score}}',
      '8\u200b3',
    ])
      refused(text);
  });

  it('refuses numbers in words', () => {
    for (const text of [
      'twice as likely',
      'half of them',
      'a third',
      'doubled',
      'two thirds',
      'a dozen',
      'three reasons',
      'tenfold',
      'one in four',
      'a quarter of',
      'Twenty deals',
    ])
      refused(text);
  });

  it('refuses references that are not there, and says which are', () => {
    assert.match(
      checkProse('{{r2.score}}', ledger(), nothing)[0] ?? '',
      /\{\{r2\.score\}\} does not exist; figures that do: r1\.score, r1\.rate/,
    );
    for (const text of ['{{score}}', '{{}}', '{{r1.score', 'r1.score}}', '{{ r1 . score }}']) refused(text);
  });

  it('lets names and dates of the evidence stand, whole and nothing more', () => {
    const evidence = evidenceOf({ account: { name: 'Studio 54' }, closedAt: '2026-03-01T00:00:00Z', amount: '48000' });
    for (const text of [
      'Studio 54 is ahead.',
      '*Studio 54*, lost on 2026-03-01',
      'lost on 1 March 2026',
      'lost in March 2026',
      'lost Mar 1, 2026',
    ])
      fine(text, evidence);
    for (const text of [
      '54 is ahead',
      'Studio 541',
      'Studio 54.5',
      '48000',
      'lost on 2026-03-02',
      '2027',
      'Studio 54 has 54',
    ])
      refused(text, evidence);
  });

  it('shows no digit that is not in a figure, whatever the prose', () => {
    const words = fc.array(
      fc.oneof(
        fc.constantFrom('{{r1.score}}', 'Acme', 'tier 1', 'wins', '{{r1.rate}}', '{{r7.x}}'),
        fc.string({ maxLength: 8 }),
        fc.integer().map(String),
      ),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(words, (parts) => {
        const text = parts.join(' ');
        const open = ledger();
        if (checkProse(text, open, nothing).length > 0) return;
        const shown = showFigures(text, open);
        const rest = shown.text
          .replaceAll('83.1', '')
          .replaceAll('31.0 % (n = 142)', '')
          .replace(/tiers? [123]|\bQ[1-4]\b|^\s*(?:[•*-]\s*)?[1-9][.)]\s/gim, '');
        assert.doesNotMatch(rest.normalize('NFKC'), /\p{N}/u);
      }),
    );
  });
});

describe('the ledger of figures', () => {
  it('numbers results on from those of earlier turns', () => {
    const open = openLedger([{ ...score, key: 'r3.score' }], 3);
    assert.equal(open.add({ text: '', data: null, figures: [rate] }), 'r4');
    assert.deepEqual(open.references(), ['r3.score', 'r4.rate']);
    assert.equal(open.count(), 4);
  });

  it('fills figures in with their receipts and drops a unit that was written twice', () => {
    const { text, figures } = showFigures('Scores {{r1.score}}, and {{r1.rate}} % won.', ledger());
    assert.equal(text, 'Scores 83.1, and 31.0 % (n = 142) won.');
    assert.deepEqual(
      figures.map(({ id, n, receipt }) => [id, n, receipt]),
      [
        ['r1.score', undefined, 'rc1'],
        ['r1.rate', 142, 'rc1'],
      ],
    );
  });

  it('puts the id of a result before every key', () => {
    assert.equal(
      withReferences('{{score}} and {{ rate }}, {{r1.score}} {{{{x', 'r2', ['score', 'rate']),
      '{{r2.score}} and {{r2.rate}}, r1.score x',
    );
  });
});
