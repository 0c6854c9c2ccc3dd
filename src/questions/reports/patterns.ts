import type { Pattern, PatternFindings } from '../../icp/patterns/types.ts';
import type { ReportSection } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

export type PatternFamily = 'losses' | 'churn' | 'anti';

const titles = { losses: 'Loss patterns', churn: 'Churn patterns', anti: 'Anti-patterns' } as const;
const goesWrong = {
  loss: 'lost',
  churn: 'left after use',
  'low win rate': 'not won',
  'long cycle': 'slower than three deals in four',
} as const;

/** What deals are lost by, what customers leave by, or which profiles to stay away from. */
export function patternsReport(findings: PatternFindings, family: PatternFamily): Drawn {
  const sheet = createFigureSheet();
  const patterns = findings[family];
  const { counts } = findings;
  const basis = {
    losses: `${sheet.number('deals', 'Closed deals', counts.deals, 'count')} closed deals, ${sheet.number('lost', 'Lost deals', counts.lost, 'count')} of them lost`,
    churn: `${sheet.number('customers', 'Customers old enough to tell', counts.customers, 'count')} customers old enough to tell, ${sheet.number('churned', 'Left after use', counts.churned, 'count')} of whom left`,
    anti: `${sheet.number('accounts', 'Touched accounts', counts.accounts, 'count')} touched accounts`,
  }[family];
  const first = patterns[0];
  const text =
    first === undefined
      ? `I can't name a pattern in ${basis}: ${sheet.text('verdict', 'Why there is none', findings.verdicts[family] ?? 'none was found')}. More closed deals, and more filled fields on them, would help.`
      : `In ${basis}, ${sheet.number('found', 'Patterns', patterns.length, 'count')} held in the later part of the book too. The strongest: ${headline(sheet, first, 0)} ${sheet.text('p.0.act', 'Recommendation', first.recommendation.text)}.`;
  const points = patterns.map(({ name, rate }) => ({ label: name, v: rate.v, low: rate.low, high: rate.high }));
  return {
    text,
    figures: sheet.figures,
    card: {
      title: titles[family],
      sections: patterns.map((pattern, nth) => section(sheet, pattern, nth)),
      chart:
        points.length < 2
          ? null
          : {
              kind: 'bars',
              title: 'How often it goes wrong',
              unit: 'share',
              alt: 'How often it goes wrong under each pattern',
              points,
            },
      choices: [],
      data: { asOf: findings.asOf, patterns, counts, verdict: findings.verdicts[family] },
    },
  };
}

function headline(sheet: FigureSheet, pattern: Pattern, nth: number): string {
  const key = (name: string) => `p.${nth}.${name}`;
  const name = sheet.text(key('name'), 'Pattern', pattern.name);
  const rate = sheet.rate(key('rate'), `How often ${goesWrong[pattern.kind]}`, pattern.rate);
  const overall = sheet.rate(key('overall'), `How often ${goesWrong[pattern.kind]}, overall`, pattern.overallRate);
  if (pattern.kind === 'low win rate' && pattern.winRate !== null) {
    return `${name}: won ${sheet.rate(key('win'), 'Win rate', pattern.winRate)}, overall ${sheet.rate(key('winAll'), 'Overall win rate', pattern.overallWinRate)}.`;
  }
  return `${name}: ${goesWrong[pattern.kind]} ${rate}, overall ${overall}.`;
}

function section(sheet: FigureSheet, pattern: Pattern, nth: number): ReportSection {
  const key = (name: string) => `p.${nth}.${name}`;
  const { cycle, overallCycle, goneDark, winRate, priceRealised, kind, heldOut } = pattern;
  const days = (name: string, label: string, v: number | null) => sheet.number(key(name), label, v, 'days');
  return {
    heading: null,
    lines: [
      headline(sheet, pattern, nth),
      sheet.text(key('description'), 'When', pattern.description),
      ...(cycle === null
        ? []
        : [
            `Cycle: ${days('cycle', 'Days to close, in the middle', Math.round(cycle.median))} in the middle, one in four over ${days('slow', 'Days to close, slowest quarter', Math.round(cycle.p75))}; overall ${days('cycleAll', 'Days to close, overall', overallCycle === null ? null : Math.round(overallCycle.median))}.`,
          ]),
      ...(goneDark === null ? [] : [`Went dark: ${sheet.rate(key('dark'), 'Went dark', goneDark)}.`]),
      ...(winRate === null || kind === 'low win rate'
        ? []
        : [
            `Closed won in the end: ${sheet.rate(key('win'), 'Won in the end', winRate)}, overall ${sheet.rate(key('winAll'), 'Overall win rate', pattern.overallWinRate)}.`,
          ]),
      ...(priceRealised === null
        ? []
        : [
            `At ${sheet.number(key('price'), 'Share of the price quoted', priceRealised.median, 'share')} of the price quoted, in the middle of ${sheet.number(key('priced'), 'Deals with a quoted price', priceRealised.n, 'count')}.`,
          ]),
      `In the later part, which was not searched: ${sheet.rate(key('later'), 'Later rate', heldOut.rate)} against ${sheet.rate(key('laterAll'), 'Later rate overall', heldOut.overall)}.`,
      `${sheet.text(key('act'), 'Recommendation', pattern.recommendation.text)}.`,
    ],
    table: null,
  };
}
