import type { Correlation, CorrelationFindings } from '../../icp/importance/measure-correlations.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

const mostShown = 12;
const titles = { accepted: 'acceptance', won: 'winning', expanded: 'expansion', churned: 'churn after use' };

/** What goes together with winning, expansion and churn; `about` narrows it to one of the three. */
export function correlationsReport(findings: CorrelationFindings, about?: string): Drawn {
  const sheet = createFigureSheet();
  const asked = findings.outcomes.filter(({ outcome }) => about === undefined || isAbout(outcome, about));
  const outcomes = asked.length === 0 ? findings.outcomes : asked;
  const unknown =
    about === undefined || asked.length > 0
      ? ''
      : `Nothing is counted on ${sheet.text('about', 'What was asked about', about)}: this is on everything that is. `;
  const sections = outcomes.map(({ outcome, of, n, events }) => {
    const pairs = findings.pairs.filter((pair) => pair.outcome === outcome && pair.clear).slice(0, mostShown);
    const support = `${sheet.number(`${outcome}.n`, `Accounts for ${titles[outcome]}`, n, 'count')} ${of}, ${sheet.number(`${outcome}.events`, `Accounts with ${titles[outcome]}`, events, 'count')} with the outcome`;
    return {
      heading: `Together with ${titles[outcome]}`,
      lines: [
        pairs.length === 0
          ? `Nothing is clear of chance among ${support}. More outcomes would help.`
          : `Counted on ${support}.`,
      ],
      table:
        pairs.length === 0
          ? null
          : {
              columns: ['What was known before', 'With it', 'Without', 'False-discovery rate'],
              rows: pairs.map((pair, nth) => rowOf(sheet, pair, nth)),
            },
    };
  });
  const leading = outcomes.flatMap(({ outcome }) => {
    const index = findings.pairs.filter((pair) => pair.outcome === outcome && pair.clear).findIndex(() => true);
    return index < 0 ? [] : [`with ${titles[outcome]} *{{${outcome}.${index}.label}}*`];
  });
  const tests = sheet.number('tests', 'Pairs looked at', findings.tests, 'count');
  return {
    text: `${unknown}${
      leading.length === 0
        ? `Of ${tests} pairs of a trait and an outcome, none is clear of chance. More outcomes would help.`
        : `What goes together most: ${leading.join('; ')}. ${tests} pairs were looked at, so only those are named that stay clear when that many are tried. To go together is not to cause.`
    }`,
    figures: sheet.figures,
    card: {
      title: 'What goes together',
      sections,
      chart: null,
      choices:
        outcomes.length === 1 ? [] : [{ label: 'With expansion', question: 'what goes together with expansion' }],
      data: findings,
    },
  };
}

function isAbout(outcome: string, about: string): boolean {
  const folded = about.toLowerCase();
  const roots = {
    accepted: /accept/,
    won: /w[io]n|conver|clos/,
    expanded: /expan|grow|upsell/,
    churned: /churn|leav|left/,
  };
  return Object.entries(roots).some(([name, root]) => name === outcome && root.test(folded));
}

function rowOf(sheet: FigureSheet, pair: Correlation, nth: number): string[] {
  const key = `${pair.outcome}.${nth}`;
  const label = sheet.text(
    `${key}.label`,
    'Trait',
    pair.chance === null ? pair.label : `${pair.label}, ${pair.direction === 'up' ? 'more' : 'less'} of it`,
  );
  const q = sheet.number(`${key}.q`, `False-discovery rate of ${pair.label}`, pair.q, 'number');
  if (pair.chance !== null) {
    const chance = sheet.rate(
      `${key}.chance`,
      `Chance that one with the outcome has the higher ${pair.label}`,
      pair.chance,
    );
    return [label, `higher in ${chance} of pairs`, '', q];
  }
  return [
    label,
    sheet.rate(`${key}.with`, `With ${pair.label}`, pair.with),
    sheet.rate(`${key}.without`, `Without ${pair.label}`, pair.without),
    q,
  ];
}
