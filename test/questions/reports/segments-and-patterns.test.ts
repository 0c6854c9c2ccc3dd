import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findPatterns } from '../../../src/icp/patterns/find-patterns.ts';
import { findSegments } from '../../../src/icp/segments/find-segments.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { patternsReport } from '../../../src/questions/reports/patterns.ts';
import type { Drawn } from '../../../src/questions/reports/report.ts';
import { reportLines } from '../../../src/questions/reports/report-lines.ts';
import { segmentsReport } from '../../../src/questions/reports/segments.ts';
import { plainSet } from '../../icp/segments/plain-set.ts';

/** Everything that a person reads, with its figures filled in. */
function read({ text, figures, card }: Drawn): string {
  return [text, ...reportLines(card)].map((line) => fillIn(line, figures)).join('\n');
}

const together = plainSet({
  seed: 1,
  together: (value) => (value('industry') === 'Fintech' && value('tech_snowflake') === 'present' ? 1.6 : 0),
  lost: ({ stakeholders, procurement }) => (stakeholders > 5 && procurement === 'formal' ? 3 : 0),
});

describe('the report on segments', () => {
  const findings = findSegments(together);
  const name = findings.segments[0]?.name ?? '';

  it('lists every segment with its win rate beside that of all', () => {
    const text = read(segmentsReport(findings));
    assert.match(text, new RegExp(name));
    assert.match(text, /Win rate \d+\.\d % \(/);
    assert.match(text, /Overall \d+\.\d %/);
  });

  it('shows the six fields of one segment, each number with its support', () => {
    const drawn = segmentsReport(findings, name.slice(0, 9).toUpperCase());
    const text = read(drawn);
    for (const heading of ['Who belongs', 'Key traits', 'How it does', 'Best angle'])
      assert.match(text, new RegExp(heading));
    assert.match(text, /Win rate [^.]+\.\d % \([^)]*n = \d+\), overall/);
    assert.match(text, /Deal value [\d,]+ \([^)]*n = \d+\), average [\d,]+/);
    assert.ok(!JSON.stringify(drawn).includes('NaN'));
  });

  it('names what there is when nothing is called so', () => {
    assert.throws(() => segmentsReport(findings, 'submarines'), /no segment is called "submarines"; there are/);
  });

  it('says plainly that there is none, and what would help', () => {
    const text = read(segmentsReport(findSegments(plainSet({ seed: 3, rows: 150 }))));
    assert.match(text, /cannot name a segment .*import more history/);
  });
});

describe('the report on patterns', () => {
  const findings = findPatterns(together);

  it('says what deals are lost by, the cycle, what is won in the end and what to do', () => {
    const text = read(patternsReport(findings, 'losses'));
    assert.match(text, /lost \d+\.\d % \([^)]*n = \d+\), overall/);
    assert.match(text, /Cycle: 50/);
    assert.match(text, /Closed won in the end/);
    assert.match(text, /Playbook|Filter/);
  });

  it('says plainly that there are none', () => {
    assert.match(read(patternsReport(findings, 'churn')), /can't name a pattern .*import more history/);
  });
});
