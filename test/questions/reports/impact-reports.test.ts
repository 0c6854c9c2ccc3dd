import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import { measureBuyingMix } from '../../../src/icp/anomalies/buying-mix.ts';
import { findAnomalies } from '../../../src/icp/anomalies/find-anomalies.ts';
import { explainRejections } from '../../../src/icp/hypotheses/explain-rejections.ts';
import { testHypotheses } from '../../../src/icp/hypotheses/test-hypotheses.ts';
import { backtest } from '../../../src/icp/impact/backtest.ts';
import { measureCalibration } from '../../../src/icp/impact/calibration.ts';
import { checkBias } from '../../../src/icp/impact/check-bias.ts';
import { compareScorings } from '../../../src/icp/impact/compare-scorings.ts';
import { forecastLater } from '../../../src/icp/impact/later-forecasts.ts';
import { measureImpact } from '../../../src/icp/impact/measure-impact.ts';
import { measureCorrelations } from '../../../src/icp/importance/measure-correlations.ts';
import { measureImportance } from '../../../src/icp/importance/measure-importance.ts';
import { fillIn } from '../../../src/questions/format-figure.ts';
import { anomaliesReport } from '../../../src/questions/reports/anomalies.ts';
import { backtestReport } from '../../../src/questions/reports/backtest.ts';
import { biasReport } from '../../../src/questions/reports/bias.ts';
import { calibrationReport } from '../../../src/questions/reports/calibration.ts';
import { correlationsReport } from '../../../src/questions/reports/correlations.ts';
import { disagreementsReport } from '../../../src/questions/reports/disagreements.ts';
import { hypothesesReport } from '../../../src/questions/reports/hypotheses.ts';
import { impactReport } from '../../../src/questions/reports/impact.ts';
import { importanceReport } from '../../../src/questions/reports/importance.ts';
import type { Drawn } from '../../../src/questions/reports/report.ts';
import { aBook } from '../../icp/impact/a-book.ts';

/** Every sentence and cell of a report with its figures in: throws where one is missing or no number. */
function read({ text, figures, card }: Drawn): string[] {
  const cells = card.sections.flatMap(({ lines, table }) => [...lines, ...(table?.rows.flat() ?? [])]);
  return [text, ...cells].map((words) => fillIn(words, figures));
}

function drawAll(set: AnalysisSet): Record<string, Drawn> {
  const forecasts = forecastLater(set);
  return {
    importance: importanceReport(measureImportance(set, forecasts)),
    correlations: correlationsReport(measureCorrelations(set)),
    calibration: calibrationReport(measureCalibration(set, { forecasts })),
    backtest: backtestReport(
      backtest(set, { forecasts, hypothesis: set.model }),
      compareScorings(set, set.model, forecasts),
    ),
    impact: impactReport(measureImpact(set, { forecasts })),
    bias: biasReport(checkBias(set)),
    hypotheses: hypothesesReport(testHypotheses(set)),
    disagreements: disagreementsReport(explainRejections(set, forecasts)),
    anomalies: anomaliesReport(findAnomalies(set), measureBuyingMix(set)),
  };
}

const full = drawAll(aBook({ accepted: () => 0.5, expanded: ({ growth }) => (growth - 20) / 20 }));
const empty = drawAll(aBook({ rows: 30, won: () => -9 }));

const marketStart = Date.UTC(2026, 8, 1);

describe('reports', () => {
  for (const topic of Object.keys(full)) {
    it(`on ${topic} name only figures that they have, with much to say and with nothing`, () => {
      for (const drawn of [full[topic], empty[topic]]) {
        assert.ok(drawn !== undefined && read(drawn).every((words) => !words.includes('{{')));
        assert.equal(new Set(drawn.figures.map(({ key }) => key)).size, drawn.figures.length);
        assert.deepEqual(JSON.parse(JSON.stringify(drawn.card)), drawn.card);
      }
    });
  }

  it('type no figure of their own into the paragraph', () => {
    for (const [topic, { text }] of Object.entries({ ...full })) {
      const words = text.replace(/\{\{[^}]*\}\}/g, '').replace(/tier [123](?: or [123])?/g, '');
      assert.ok(!/\d/.test(words), `${topic}: ${words}`);
    }
  });

  it('on impact give win rate, ACV and cycle of each tier by quarter, and what was said week by week', () => {
    const set = aBook({ accepted: () => 0.5, expanded: ({ growth }) => (growth - 20) / 20 });
    const impact = measureImpact(set, { forecasts: forecastLater(set) });
    const { figures, card } = impactReport(impact);
    const told = (key: string) => figures.find((figure) => figure.key === key)?.v ?? null;
    const last = impact.byQuarter.at(-1) ?? assert.fail('no quarters');
    const [tier1] = last.tiers;
    assert.ok(tier1 !== undefined && tier1.acv !== null && tier1.cycle !== null);
    const key = `tq.${last.quarter}.1`;
    assert.deepEqual(
      [told(`${key}.win`), told(`${key}.acv`), told(`${key}.cycle`), told(`${key}.p75`)],
      [tier1.winRate?.v ?? null, tier1.acv.v, tier1.cycle.v, tier1.cycle.p75],
    );
    const rowsOf = (heading: string) => card.sections.find((section) => section.heading === heading)?.table?.rows ?? [];
    assert.ok(rowsOf('By tier and quarter').length >= 2 * 3 && rowsOf('By tier and quarter').length <= 8 * 3);
    assert.equal(rowsOf('Accuracy week by week').length, Math.min(12, impact.weeks.length));
    const week = impact.weeks.at(-1) ?? assert.fail('no weeks');
    assert.deepEqual([told(`w.${week.period}`), told(`w.${week.period}.loss`)], [week.happened.v, week.logLoss]);
  });

  it('say plainly what is missing', () => {
    for (const topic of ['importance', 'backtest', 'impact', 'bias', 'calibration']) {
      assert.match(read(empty[topic]!)[0] ?? '', /cannot|ranks only/);
    }
  });

  it('say aloud when probabilities are not to be relied on', () => {
    assert.match(empty.calibration?.text ?? '', /ranks only/);
    assert.match(full.calibration?.text ?? '', /Our probabilities hold/);
  });

  it('lead with who is buying when that is asked, and say so where it cannot be told', () => {
    const set = aBook({});
    const mix = measureBuyingMix(set);
    const group = (name: string, verdict: 'more than usual' | 'as usual', v: number) => {
      const now = { v, low: v / 2, high: 0.9, n: 30 };
      return { name, now, year: { ...now, n: 200 }, verdict, p: 0.01 };
    };
    const say = (groups: (typeof mix)['groups'], more: Partial<typeof mix> = {}) => {
      const drawn = anomaliesReport(findAnomalies(set), { ...mix, groups, ...more }, undefined, 'who is buying');
      assert.equal(drawn.card.sections[0]?.heading, 'Buying this month');
      return read(drawn)[0] ?? '';
    };
    const told = { from: marketStart, now: 30, year: 200 };
    const busy = say([group('Small', 'as usual', 0.6), group('Large', 'more than usual', 0.4)], told);
    assert.match(busy, /^30 accounts bought .* 200 in the twelve months before\. More than usual: \*Large\*, 40\.0 %/);
    assert.doesNotMatch(busy, /Small/);
    assert.match(
      say([group('Small', 'as usual', 0.2), group('Large', 'as usual', 0.4)], told),
      /No group can be told from its usual share; the largest are \*Large\*, .*; \*Small\*/,
    );
    assert.match(say([], { ...told, now: 0 }), /^Nobody has bought since/);
    assert.match(say([], { from: null }), /^The source has no dates/);
  });

  it('narrow correlations to the outcome asked about', () => {
    const { card } = correlationsReport(measureCorrelations(aBook({ rows: 600 })), 'expansion');
    assert.deepEqual(
      card.sections.map(({ heading }) => heading),
      ['Together with expansion'],
    );
  });
});
