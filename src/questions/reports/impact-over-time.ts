import type { ImpactFindings } from '../../icp/impact/measure-impact.ts';
import type { TierRow } from '../../icp/impact/tier-metrics.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';

const mostQuartersOfTiers = 8;
const mostQuarters = 12;
const mostWeeks = 12;

/** Win rate, ACV and cycle of each tier by the quarter in which the deals were opened; nothing where there are no dates. */
export function tierQuarterSections(sheet: FigureSheet, { byQuarter }: ImpactFindings): ReportSection[] {
  if (byQuarter.length === 0) return [];
  const shown = byQuarter.slice(-mostQuartersOfTiers);
  const row = (quarter: string, unfinished: boolean, { tier, winRate, acv, cycle }: TierRow) => {
    const key = (what: string) => `tq.${quarter}.${tier}.${what}`;
    const of = `of tier ${tier} in ${quarter}`;
    return [
      `${quarter}, tier ${tier}${unfinished ? ' (more than a tenth still open)' : ''}`,
      sheet.rate(key('win'), `Win rate ${of}`, winRate),
      sheet.rate(key('acv'), `Median ACV ${of}`, acv, 'money'),
      sheet.rate(key('cycle'), `Median cycle ${of}`, cycle === null ? null : withoutP75(cycle), 'number'),
      sheet.number(key('p75'), `Three quarters ${of} close within`, cycle?.p75 ?? null, 'number'),
    ];
  };
  return [
    {
      heading: 'By tier and quarter',
      lines: ['By the quarter in which the deals were opened; rates of few deals say little, so mind n.'],
      table: {
        columns: ['', 'Win rate', 'Median ACV', 'Median cycle, days', 'Three quarters within, days'],
        rows: shown.flatMap(({ quarter, unfinished, tiers }) =>
          tiers.filter(({ won, lost, open }) => won + lost + open > 0).map((each) => row(quarter, unfinished, each)),
        ),
      },
    },
  ];
}

/** How good what we said was, by quarter and week by week. */
export function accuracySections(sheet: FigureSheet, { quarters, weeks }: ImpactFindings): ReportSection[] {
  return [
    ...(quarters.length === 0
      ? []
      : [
          {
            heading: 'Accuracy over time',
            lines: ['By the quarter of the first touch.'],
            table: {
              columns: ['Quarter', 'We said', 'It happened', 'AUC'],
              rows: quarters
                .slice(-mostQuarters)
                .map(({ period, said, happened, auc }) => [
                  period,
                  sheet.number(`q.${period}.said`, `Said in ${period}`, said, 'share'),
                  sheet.rate(`q.${period}`, `Happened in ${period}`, happened),
                  sheet.rate(`q.${period}.auc`, `AUC in ${period}`, auc, 'ratio'),
                ]),
            },
          },
        ]),
    ...(weeks.length === 0
      ? []
      : [
          {
            heading: 'Accuracy week by week',
            lines: [
              'By the week of the first touch, the latest whose accounts have had the time to be won. A log loss under that of the base rate means that the forecasts told more than the plain win rate.',
            ],
            table: {
              columns: ['Week from', 'We said', 'It happened', 'Log loss', 'Log loss of the base rate'],
              rows: weeks
                .slice(-mostWeeks)
                .map(({ period, said, happened, logLoss, baseLogLoss }) => [
                  period,
                  sheet.number(`w.${period}.said`, `Said in the week from ${period}`, said, 'share'),
                  sheet.rate(`w.${period}`, `Happened in the week from ${period}`, happened),
                  sheet.number(`w.${period}.loss`, `Log loss in the week from ${period}`, logLoss, 'number'),
                  sheet.number(`w.${period}.base`, `That of the base rate, week from ${period}`, baseLogLoss, 'number'),
                ]),
            },
          },
        ]),
  ];
}

/** A median for a figure sheet, which keeps nothing but the rate. */
function withoutP75({ v, low, high, n }: NonNullable<TierRow['cycle']>) {
  return { v, low, high, n };
}
