import type { ImpactFindings } from '../../icp/impact/measure-impact.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import { accuracySections, tierQuarterSections } from './impact-over-time.ts';
import { todaySections, wonBeforeSections } from './impact-sections.ts';
import type { Drawn } from './report.ts';

/** What the tiers are good for: the nine metrics. */
export function impactReport(findings: ImpactFindings): Drawn {
  const sheet = createFigureSheet();
  const { byTier, byQuarter, missing, since } = findings;
  const title = 'Impact of the tiers';
  if (missing !== null) {
    return {
      text: `I cannot say what the tiers are good for yet: ${sheet.text('missing', 'What is missing', missing)}. More closed deals would help.`,
      figures: sheet.figures,
      card: { title, sections: todaySections(sheet, findings), chart: null, choices: [], data: findings },
    };
  }
  const rate = (tier: number) =>
    sheet.rate(`win.${tier}`, `Win rate of tier ${tier}`, byTier.find((row) => row.tier === tier)?.winRate ?? null);
  const covered = findings.conversions?.tier1or2;
  const share =
    covered == null
      ? ''
      : ` Of new wins, ${sheet.rate('covered', 'New wins that were tier 1 or 2 before', covered)} were tier 1 or 2 before anybody spoke to them.`;
  return {
    text: `Deals of tier 1 accounts are won ${rate(1)}, of tier 2 ${rate(2)}, of tier 3 ${rate(3)}; lost deals are in it, and the tier is that of the day before the first touch.${share}`,
    figures: sheet.figures,
    card: {
      title,
      sections: [
        {
          heading: 'By tier',
          lines: [
            `Counted on ${sheet.number('accounts', 'Accounts with a tier of before', findings.accounts, 'count')} accounts${since === null ? '' : ` first touched from ${sheet.day('since', 'First touched from', since)}`}; ${sheet.number('without', 'Accounts before that', findings.withoutTier, 'count')} came before and have no tier of before.`,
          ],
          table: {
            columns: ['', 'Win rate', 'Won', 'Lost', 'Median ACV', 'Median cycle, days', 'Three quarters within, days'],
            rows: byTier.map((row) => [
              sheet.number(`t.${row.tier}`, 'Tier', row.tier, 'tier'),
              rate(row.tier),
              sheet.number(`t.${row.tier}.won`, `Won in tier ${row.tier}`, row.won, 'count'),
              sheet.number(`t.${row.tier}.lost`, `Lost in tier ${row.tier}`, row.lost, 'count'),
              sheet.rate(`t.${row.tier}.acv`, `Median ACV of tier ${row.tier}`, row.acv, 'money'),
              sheet.rate(
                `t.${row.tier}.cycle`,
                `Median cycle of tier ${row.tier}`,
                row.cycle === null
                  ? null
                  : { v: row.cycle.v, low: row.cycle.low, high: row.cycle.high, n: row.cycle.n },
                'number',
              ),
              sheet.number(
                `t.${row.tier}.p75`,
                `Three quarters of tier ${row.tier} close within`,
                row.cycle?.p75 ?? null,
                'number',
              ),
            ]),
          },
        },
        expectationSection(sheet, findings),
        ...tierQuarterSections(sheet, findings),
        ...wonBeforeSections(sheet, findings),
        ...accuracySections(sheet, findings),
        ...todaySections(sheet, findings),
      ],
      chart:
        byQuarter.length < 2
          ? null
          : {
              kind: 'lines',
              title: 'Win rate by tier and quarter of opening',
              unit: 'share',
              alt: 'Lines of the win rate of deals by the quarter in which they were opened, one for each tier.',
              points: byQuarter
                .filter(({ unfinished }) => !unfinished)
                .flatMap(({ quarter, tiers }) =>
                  tiers.flatMap(({ tier, winRate }) =>
                    winRate === null || winRate.n < 10 ? [] : [{ label: quarter, v: winRate.v, group: `tier ${tier}` }],
                  ),
                ),
            },
      choices: [
        { label: 'Calibration', question: 'calibration' },
        { label: 'Backtest', question: 'backtest' },
      ],
      data: findings,
    },
  };
}

function expectationSection(sheet: FigureSheet, { expectations }: ImpactFindings) {
  return {
    heading: 'Against expectation',
    lines: [
      'Tier 1 against the others, and over time the later quarters against the earlier ones, half a year after opening.',
    ],
    table: {
      columns: ['Metric', 'Across', 'Should be', 'Verdict', 'Adjusted p'],
      rows: expectations.map(({ metric, across, expected, verdict, p }, nth) => [
        metric,
        across === 'tiers' ? 'tiers' : 'time, tier 1',
        expected,
        verdict,
        sheet.number(`e.${nth}.p`, `p-value of ${metric} across ${across}`, p, 'number'),
      ]),
    },
  };
}
