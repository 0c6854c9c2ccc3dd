import type { BacktestFindings } from '../../icp/impact/backtest.ts';
import type { Leaderboard } from '../../icp/impact/board-of-stage.ts';
import type { ScoringComparison } from '../../icp/impact/compare-scorings.ts';
import { asSentence } from '../as-sentence.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';
import { foreseen, versionVerdicts } from './version-verdicts.ts';

/** How good the table was on accounts that came later, and who would have known better. */
export function backtestReport(findings: BacktestFindings, scorings: ScoringComparison | null = null): Drawn {
  const sheet = createFigureSheet();
  const { origins, leaderboards, ablation, missing } = findings;
  const title = 'Backtest';
  if (missing !== null) {
    const text = `I cannot backtest yet: ${sheet.text('missing', 'What is missing', missing)}. More closed deals would help.`;
    return { text, figures: sheet.figures, card: { title, sections: [], chart: null, choices: [], data: findings } };
  }
  const board = leaderboards[0];
  const champion = board?.rows.find(({ kind }) => kind === 'champion');
  const versions = versionVerdicts(sheet, leaderboards);
  const written = board?.rows.find(({ kind, version }) => kind === 'written' && version === null);
  const beside =
    written?.againstChampion == null
      ? ''
      : written.againstChampion.verdict === 'cannot tell'
        ? ` The written ICP cannot be told apart from it (AUC ${sheet.rate('writtenAuc', 'AUC of the written ICP', written.auc, 'ratio')}).`
        : ` The written ICP is ${written.againstChampion.verdict} (AUC ${sheet.rate('writtenAuc', 'AUC of the written ICP', written.auc, 'ratio')}).`;
  const text =
    champion === undefined
      ? 'The accounts judged so far hardly differ in how they ended: I cannot say how good the table is yet. More told outcomes would help.'
      : `On later accounts the table foresees ${foreseen[board?.stage ?? 'won']} with an AUC of ${sheet.rate('auc', 'AUC out of time', champion.auc, 'ratio')}; its best tenth gets there ${sheet.rate('lift', 'Lift of the best tenth', champion.lift, 'ratio')} times as often as all.${beside}${versions.headline}`;
  return {
    text,
    figures: sheet.figures,
    card: {
      title,
      sections: [
        ...(versions.section === null ? [] : [versions.section]),
        {
          heading: 'Each time with what was known then',
          lines: [asSentence(findings.held)],
          table: {
            columns: ['Learnt until', 'From', 'Tested on', 'AUC', 'Log loss', 'Of the plain rate'],
            rows: origins.map((origin, nth) => [
              origin.at === null
                ? `table ${sheet.number(`o.${nth}`, 'Table', nth + 1, 'count')}`
                : sheet.day(`o.${nth}`, 'Learnt until', origin.at),
              `${sheet.number(`o.${nth}.learntOn`, 'Learnt on', origin.learntOn, 'count')} accounts, ${sheet.number(`o.${nth}.won`, 'Won among them', origin.won, 'count')} won`,
              `${sheet.number(`o.${nth}.tested`, 'Tested on', origin.tested, 'count')}, ${sheet.number(`o.${nth}.testedWon`, 'Won among those tested', origin.wonAmongTested, 'count')} won`,
              sheet.rate(`o.${nth}.auc`, 'AUC', origin.auc, 'ratio'),
              sheet.number(`o.${nth}.loss`, 'Log loss', origin.logLoss, 'number'),
              sheet.number(`o.${nth}.base`, 'Log loss of the plain rate', origin.baseLogLoss, 'number'),
            ]),
          },
        },
        ...leaderboards.map((each, nth) => boardSection(sheet, each, nth)),
        ...(scorings === null ? [] : [scoringSection(sheet, scorings)]),
        ...(ablation === null
          ? []
          : [
              {
                heading: 'If conversion were the last word',
                lines: [
                  `Leaving expansion out would move ${sheet.number('moved', 'Weight that moves without expansion', ablation.moved, 'share')} of the weight.`,
                  ablation.expanded === null
                    ? 'Too few later accounts have had the time to expand to say which of the two foresees it better.'
                    : `Foreseeing expansion, AUC with it ${sheet.rate('withExpansion', 'AUC for expansion, with it', ablation.expanded.full, 'ratio')}, without ${sheet.rate('withoutExpansion', 'AUC for expansion, without', ablation.expanded.conversionOnly, 'ratio')}.`,
                ],
                table: {
                  columns: ['Criterion', 'Weight', 'Without expansion'],
                  rows: ablation.weights
                    .slice(0, 6)
                    .map(({ key, label, full, conversionOnly }) => [
                      sheet.text(`a.${key}`, 'Criterion', label),
                      sheet.number(`a.${key}.full`, `Weight of ${label}`, full, 'share'),
                      sheet.number(`a.${key}.less`, `Weight of ${label} without expansion`, conversionOnly, 'share'),
                    ]),
                },
              },
            ]),
      ],
      chart: null,
      choices: [
        { label: 'Calibration', question: 'calibration' },
        { label: 'Impact', question: 'impact' },
      ],
      data: { ...findings, scorings },
    },
  };
}

function boardSection(sheet: FigureSheet, { stage, from, to, n, events, rows, newest }: Leaderboard, nth: number) {
  const key = `b.${nth}`;
  const saw = rows.flatMap(({ sawTest, name }, row) => (sawTest ? [sheet.text(`${key}.${row}`, 'Who', name)] : []));
  const dates =
    from === null
      ? ''
      : `, first touched from ${sheet.day(`${key}.from`, 'From', from)} to ${sheet.day(`${key}.to`, 'To', to)}`;
  return {
    heading: `Who foresaw ${foreseen[stage]} best`,
    lines: [
      `All on the same ${sheet.number(`${key}.n`, 'Accounts', n, 'count')} accounts${dates}, ${sheet.number(`${key}.events`, 'Reached it', events, 'count')} of which reached it.`,
      ...(saw.length === 0
        ? []
        : [
            `Without a rank, since learnt from some of these accounts, so that their figures flatter them: ${saw.join(', ')}.`,
          ]),
      ...(newest === undefined
        ? []
        : [
            `Newer than every version: ${sheet.number(`${key}.newest`, 'Accounts newer than every version', newest.n, 'count')} accounts, ${sheet.number(`${key}.newestEvents`, 'Reached it', newest.events, 'count')} of which reached it.`,
          ]),
    ],
    table: {
      columns: ['Who', 'Rank', 'AUC', 'Lift of the best tenth', 'Log loss', 'Against the champion'],
      rows: rows.map(({ name, kind, rank, auc, lift, logLoss, againstChampion: against }, row) => [
        sheet.text(`${key}.${row}`, 'Who', name),
        rank === null ? 'none' : sheet.number(`${key}.${row}.rank`, 'Rank', rank, 'count'),
        sheet.rate(`${key}.${row}.auc`, `AUC of ${name}`, auc, 'ratio'),
        sheet.rate(`${key}.${row}.lift`, `Lift of ${name}`, lift, 'ratio'),
        logLoss === null ? 'only orders' : sheet.number(`${key}.${row}.loss`, `Log loss of ${name}`, logLoss, 'number'),
        against === null
          ? kind === 'champion'
            ? 'the champion itself'
            : 'not compared'
          : `${against.verdict}, AUC by ${sheet.rate(`${key}.${row}.by`, `AUC, ${name} minus champion`, { v: against.v, low: against.low, high: against.high, n }, 'ratio')}`,
      ]),
    },
  };
}

function scoringSection(sheet: FigureSheet, { n, events, bands, difference, disorder }: ScoringComparison) {
  const auc = sheet.rate('scorings', 'AUC, learnt minus points by hand', { ...difference, n }, 'ratio');
  return {
    heading: 'Points by hand beside the learnt score',
    lines: [
      `On ${sheet.number('scorings.n', 'Accounts', n, 'count')} later accounts, ${sheet.number('scorings.won', 'Won among them', events, 'count')} won, the AUC differs by ${auc}. A higher band was won less often than the one below it ${sheet.number('disorder.old', 'Bands out of order, by hand', disorder.old, 'count')} times with points by hand, ${sheet.number('disorder.new', 'Bands out of order, learnt', disorder.learned, 'count')} times with the learnt score.`,
    ],
    table: {
      columns: ['Score from', 'Won, points by hand', 'Won, learnt'],
      rows: bands.map(({ from, old, learned }) => [
        sheet.number(`band.${from}`, 'Score from', from, 'points'),
        sheet.rate(`band.${from}.old`, `Won with ${from} points by hand`, old),
        sheet.rate(`band.${from}.new`, `Won with ${from} points learnt`, learned),
      ]),
    },
  };
}
