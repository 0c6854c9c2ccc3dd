import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { DriftFindings } from '../../src/icp/drift/drift-findings.ts';
import { watchBook } from '../../src/icp/drift/watch-book.ts';
import { fillIn } from '../../src/questions/format-figure.ts';
import { driftReport } from '../../src/questions/reports/drift.ts';
import { driftBookOf } from '../support/drift-book.ts';

const quarter = 91;
const drift = { from: quarter, fall: 1 / 3, churnFrom: 2 * quarter, churnRatio: 6 };
const told = driftBookOf({ seed: 2, dealsPerYear: 8000, segmentWinRate: 0.45, days: 3 * quarter, drift });
const moved = watchBook(told, { runs: 200 });

/** The report as people read it: every figure put in. */
function read(findings: DriftFindings): { text: string; lines: string[] } {
  const { text, figures, card } = driftReport(findings);
  assert.equal(new Set(figures.map(({ key }) => key)).size, figures.length, 'a key is used twice');
  return {
    text: fillIn(text, figures),
    lines: card.sections.flatMap(({ lines }) => lines.map((line) => fillIn(line, figures))),
  };
}

describe('the report on drift', () => {
  it('says what moved, since when, and how many days later the customers left', () => {
    const { text, lines } = read(moved);
    assert.match(text, /The win rate of \*Field sales\* has changed by -\d+\.\d % .* against \d+\.\d % expected/);
    assert.match(text, /Customers of Field sales began to leave \d+ days after the alert/);
    assert.ok(lines.some((line) => /Field sales.*, whose win rate fell, now churns/.test(line)));
    assert.ok(lines.some((line) => /of tier 1 stands on it/.test(line)));
    assert.ok(lines.some((line) => /false alarm in at most 5\.0 % of two-year watches/.test(line)));
  });

  it('draws the win rate beside what was expected, in as many quarters', () => {
    const { chart } = driftReport(moved).card;
    const of = (group: string): number => chart?.points.filter((point) => point.group === group).length ?? 0;
    assert.equal(chart?.kind, 'lines');
    assert.ok(of('won') >= 6);
    assert.equal(of('won'), of('expected'));
  });

  it('says that nothing moved together with what would have been noticed', () => {
    const calm = { ...moved, verdict: 'nothing beyond chance' as const, alerts: [], links: [] };
    assert.match(
      read(calm).text,
      /Nothing has moved beyond chance since 6 Jan 2025, .* would have noticed within a quarter/,
    );
    assert.match(read({ ...calm, reach: [] }).text, /would not notice a win rate that halves/);
  });

  it('says plainly that it cannot tell, and shows nothing', () => {
    const findings = watchBook({ ...told, deals: [], customers: [] });
    assert.match(read(findings).text, /^I can't tell whether the market has moved: .*import more history\.$/);
    assert.deepEqual(driftReport(findings).card.sections, []);
    assert.equal(driftReport(findings).card.chart, null);
  });

  it('has a sentence for each kind of alert', () => {
    const [alert] = moved.alerts;
    assert.ok(alert !== undefined);
    const monitors = (['win rate', 'calibration', 'churn', 'features'] as const).map((monitor) => ({
      ...{ ...alert, monitor, id: monitor, sameAs: null },
      index: monitor === 'features' ? 0.3 : null,
    }));
    const { lines } = read({ ...moved, alerts: monitors, links: [] });
    for (const words of [/win rate of/, /slope is/, /leave more often/, /stability index 0\.3/]) {
      assert.ok(
        lines.some((line) => words.test(line)),
        String(words),
      );
    }
  });
});
