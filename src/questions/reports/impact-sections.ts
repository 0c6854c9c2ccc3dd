import type { ImpactFindings } from '../../icp/impact/measure-impact.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';

/** What can be said of today whatever was learnt: how broad tier 1 is, and what stands in the pipeline. */
export function todaySections(sheet: FigureSheet, { tam, pipeline }: ImpactFindings): ReportSection[] {
  return [
    ...(tam === null
      ? []
      : [
          {
            heading: 'Share of the market',
            lines: [
              `Tier 1 is ${sheet.rate('tam.1', 'Share of the market in tier 1', tam.tiers[0]?.share ?? null)} of the accounts that are not customers; it should be ${sheet.number('tam.low', 'Band from', tam.band.low, 'share')} to ${sheet.number('tam.high', 'Band to', tam.band.high, 'share')} (the setting tam.band): ${tam.verdict}.`,
            ],
            table: null,
          },
        ]),
    {
      heading: 'Open pipeline by tier',
      lines: [
        pipeline.basis === 'targets'
          ? 'Against what each tier is to bring in a quarter, by the setting targets.BOOK.'
          : 'No targets are set (lodestar settings targets.BOOK sets them): against what each tier brought in an average quarter of the last four.',
      ],
      table: {
        columns: ['', 'Open', 'Deals', 'A quarter', 'Coverage'],
        rows: pipeline.tiers.map(({ tier, open, deals, target, coverage }) => [
          sheet.number(`p.${tier}`, 'Tier', tier, 'tier'),
          sheet.number(`p.${tier}.open`, `Open pipeline of tier ${tier}`, open, 'money'),
          sheet.number(`p.${tier}.deals`, `Open deals of tier ${tier}`, deals, 'count'),
          sheet.number(`p.${tier}.target`, `A quarter of tier ${tier}`, target, 'money'),
          sheet.number(`p.${tier}.coverage`, `Coverage of tier ${tier}`, coverage, 'ratio'),
        ]),
      },
    },
  ];
}

/** What the tiers of before got right and wrong. */
export function wonBeforeSections(sheet: FigureSheet, findings: ImpactFindings): ReportSection[] {
  const { errors, conversions, sources } = findings;
  return [
    ...(errors === null
      ? []
      : [
          {
            heading: 'At the cut of tier 1',
            lines: [
              `Tier 1 and not won: ${sheet.number('fp', 'Tier 1 and not won', errors.notWonInTier1, 'count')} accounts, ${sheet.rate('fpr', 'False positive rate', errors.falsePositive)} of those not won.`,
              `Won and not tier 1: ${sheet.number('fn', 'Won and not tier 1', errors.wonElsewhere, 'count')} accounts, ${sheet.rate('fnr', 'False negative rate', errors.falseNegative)} of those won.`,
            ],
            table: null,
          },
        ]),
    ...(conversions === null || conversions.wins === 0
      ? []
      : [
          {
            heading: 'New wins that we saw coming',
            lines: [
              `Of ${sheet.number('wins', 'New wins', conversions.wins, 'count')} new wins, ${sheet.rate('wins.1', 'Were tier 1 before', conversions.tier1)} were tier 1 before and ${sheet.rate('wins.12', 'Were tier 1 or 2 before', conversions.tier1or2)} tier 1 or 2; of all accounts touched, ${sheet.number('all.1', 'Tier 1 of all', conversions.byChance.tier1, 'share')} and ${sheet.number('all.12', 'Tier 1 or 2 of all', conversions.byChance.tier1or2, 'share')} are.`,
            ],
            table: null,
          },
        ]),
    ...(sources.length === 0
      ? []
      : [
          {
            heading: 'Conversion by source and tier',
            lines: ['A cell of fewer than ten accounts is marked; it says next to nothing.'],
            table: {
              columns: ['Source', 'Tier 1', 'Tier 2', 'Tier 3'],
              rows: sources.map(({ source, tiers }, nth) => [
                sheet.text(`s.${nth}`, 'Source', source),
                ...tiers.map(({ tier, rate, few }) => {
                  const cell = sheet.rate(`s.${nth}.${tier}`, `Conversion of ${source} in tier ${tier}`, rate);
                  return few ? `${cell} too few` : cell;
                }),
              ]),
            },
          },
        ]),
  ];
}
