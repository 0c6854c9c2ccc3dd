import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { proposalReport } from '../../../src/questions/reports/proposals.ts';
import { aProposal } from '../../support/slack-proposal.ts';

describe('the report on a proposal', () => {
  const { figures, card } = proposalReport(aProposal());
  const read = (heading: string) => {
    const section = card.sections.find((one) => one.heading === heading) ?? assert.fail(`there is no ${heading}`);
    return [...section.lines, ...(section.table?.rows.map((row) => row.join(': ')) ?? [])].map((words) =>
      fillIn(words, figures),
    );
  };

  it('shows every tier with its change in per cent', () => {
    assert.deepEqual(read('Tiers').slice(-3), [
      'tier 1 of the market: 400 to 419 (+4.8 %)',
      'tier 2 of the market: 1,200 to 1,181 (-1.6 %)',
      'tier 3 of the market: 2,000 to 2,000 (0.0 %)',
    ]);
  });

  it('names what speaks for a line, as figures of that line', () => {
    const lines = read('Line 1');
    assert.ok(lines.includes('Cause: only goes along.'));
    assert.ok(
      lines.includes(
        'Won: Industry is logistics 38.0 % (31 to 45 %, n = 204); Industry is another 11.0 % (9 to 14 %, n = 600).',
      ),
    );
    assert.equal(figures.find(({ key }) => key === 'line1.won0')?.label, 'Won: Industry is logistics');
    assert.ok(!read('Line 2').some((line) => /Cause|Won/.test(line)));
  });
});
