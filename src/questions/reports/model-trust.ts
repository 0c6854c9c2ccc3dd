import type { IcpModel } from '../../icp/model.ts';
import { stages } from '../../icp/types.ts';
import { asSentence } from '../as-sentence.ts';
import { ranksOnlyLine } from '../ranks-only.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';
import type { ModelSeen } from './model.ts';

/** A bin that fewer accounts stand behind says little: where scores are weighed, it takes a grade of evidence. */
const thinBelow = 20;

/** How well a version did on accounts that came later than those it was learnt from. */
export function recordSection(sheet: FigureSheet, { outOfTime }: IcpModel): ReportSection {
  const heading = 'How well it did on later accounts';
  if (outOfTime === null) return { heading, lines: ['It was not held against later accounts.'], table: null };
  const { from, n, events, auc, topDecileLift, calibrationSlope, expectedCalibrationError, gain } = outOfTime;
  const number = (key: string, label: string, v: number) => sheet.number(`later.${key}`, label, v, 'ratio');
  return {
    heading,
    lines: [
      `Held against ${sheet.number('later.n', 'Later accounts', n, 'count')} accounts${from === null ? '' : ` touched from ${sheet.day('later.from', 'From', from)} on`}, of which ${sheet.number('later.won', 'Later wins', events, 'count')} were won, and fitted on none of them.`,
      `AUC ${sheet.rate('later.auc', 'AUC on later accounts', auc, 'ratio')}; the best tenth is won ${number('lift', 'Lift of the top tenth', topDecileLift)} times as often as all.`,
      `What it gains on the base rate, in log loss: ${sheet.rate('later.gain', 'Gain in log loss', gain, 'ratio')}.`,
      `Calibration: slope ${number('slope', 'Calibration slope', calibrationSlope)} (1 is right), off by ${sheet.number('later.ece', 'Expected calibration error', expectedCalibrationError, 'share')} on average.`,
    ],
    table: null,
  };
}

/** What a version does not know, and what is said of it as a warning. */
export function doubtsSection(sheet: FigureSheet, { model, ranksOnly, dataSet }: ModelSeen): ReportSection {
  const { criteria, levers, standing, outOfTime } = model;
  const bins = criteria.flatMap((criterion) => criterion.bins);
  const thin = bins.filter(({ rate }) => rate !== null && rate.n < thinBelow).length;
  const untold = criteria.filter(({ causal }) => causal === 'cannot tell' || causal === 'not tested').length;
  const unheard = stages.filter((stage) => !levers[stage].estimable);
  const lines = [
    ...(standing === 'full'
      ? []
      : [
          standing === 'provisional'
            ? 'It is provisional: too little was won or lost to trust it fully.'
            : 'Its points are a hypothesis: nothing was learnt from outcomes.',
        ]),
    ...(ranksOnly === null ? [] : [asSentence(ranksOnlyLine(ranksOnly))]),
    ...(outOfTime === null ? ['Whether it holds on later accounts is not known.'] : []),
    ...(thin === 0
      ? []
      : [
          `Low evidence: ${sheet.number('thin', 'Values on few accounts', thin, 'count')} of ${sheet.number('bins', 'Values with points', bins.length, 'count')} values rest on fewer than ${sheet.number('thinBelow', 'Few accounts', thinBelow, 'count')} accounts.`,
        ]),
    ...(untold === 0
      ? []
      : [
          `Whether ${sheet.number('untold', 'Criteria without a verdict', untold, 'count')} of ${sheet.number('criteria', 'Criteria', criteria.length, 'count')} criteria drive the outcome or only go along with it cannot be told.`,
        ]),
    ...(unheard.length === 0 ? [] : [`Too rare to learn by themselves: ${unheard.join(', ')}.`]),
    ...model.suspects.map(
      ({ field, reason }, nth) =>
        `Left out: ${sheet.text(`suspect${nth}`, 'Field left out', field)}, since it ${sheet.text(`suspect${nth}.why`, 'Why', reason)}.`,
    ),
    ...model.warnings.map((warning, nth) => sheet.text(`warning${nth}`, 'Warning', asSentence(warning))),
    ...(dataSet === null ? ['Whether other data are the data that it was learnt from: no hash was kept.'] : []),
  ];
  return {
    heading: 'What it does not know',
    lines: lines.length === 0 ? ['Nothing is on record against it.'] : lines,
    table: null,
  };
}
