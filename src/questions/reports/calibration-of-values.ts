import { assertNever } from '../../errors.ts';
import type { Calibrated, CalibratedValues } from '../../icp/calibrate-values.ts';
import type { Stage } from '../../icp/types.ts';
import { words } from '../draft.ts';
import type { ReportSection } from '../report-card.ts';
import type { Figure } from '../types.ts';
import type { Drawn } from './report.ts';

const named: Readonly<Record<Stage, string>> = {
  accepted: 'Accepted',
  qualified: 'Qualified',
  won: 'Won',
  expanded: 'Expanded',
};

/** Of the resamples, so many one way settle which of two stages is worth more. */
const settled = 0.9;

/** What each stage is worth to this company beside the usual values, what it rests on, and where the order is turned round. */
export function calibrationOfValuesReport(found: CalibratedValues): Drawn {
  const figures: Figure[] = [
    words('rests', 'What it rests on', found.sentence),
    { key: 'accounts', label: 'Touched accounts', v: found.accounts, unit: 'count' },
    { key: 'paying', label: 'Paying accounts', v: found.paying, unit: 'count' },
    ...found.stages.flatMap((stage) => figuresOf(stage.stage, named[stage.stage], stage)),
    ...(found.k === null ? [] : figuresOf('k', 'Detractor', found.k)),
    ...found.order.map(({ earlier, later, share }): Figure => {
      const label = `Resamples in which ${earlier} is worth more than ${later}`;
      return { key: `${earlier}.over.${later}`, label, v: share, unit: 'share' };
    }),
  ];
  return {
    text: summaryOf(found),
    figures,
    card: {
      title: 'What each stage is worth',
      sections: [tableOf(found), orderOf(found)],
      chart: {
        kind: 'bars',
        title: 'Values of the stages',
        unit: 'points',
        alt: 'The value of each stage with its interval, beside the usual one',
        points: found.stages.flatMap(({ stage, value, low, high, usual }) => [
          { label: named[stage], v: value, low, high, group: 'calibrated' },
          { label: named[stage], v: usual, group: 'usual' },
        ]),
      },
      choices: [
        { label: 'Revenue by basis', question: 'revenue per account' },
        { label: 'What matters', question: 'criteria' },
      ],
      data: found,
    },
  };
}

function figuresOf(key: string, label: string, { usual, value, low, high, own, borrowed, n }: Calibrated): Figure[] {
  const unit = key === 'k' ? 'number' : 'points';
  return [
    { key: `${key}.value`, label, v: value, unit, low, high },
    { key: `${key}.usual`, label: `${label}, usually`, v: usual, unit },
    { key: `${key}.own`, label: `${label}, by own outcomes alone`, v: own, unit },
    { key: `${key}.borrowed`, label: `${label}: share that stands on the usual value`, v: borrowed, unit: 'share' },
    { key: `${key}.n`, label: `${label}: accounts`, v: n, unit: 'count' },
  ];
}

function summaryOf(found: CalibratedValues): string {
  const { kind, order, k } = found;
  if (kind === 'cannot tell') return "I can't tell what the stages are worth to this company: {{rests}}.";
  const turned = order.filter(({ violated }) => violated);
  const brake = k === null ? '' : ' The detractor takes away up to {{k.value}} of a score, usually {{k.usual}}.';
  const values =
    'accepted {{accepted.value}}, qualified {{qualified.value}}, won {{won.value}}, expanded {{expanded.value}}';
  const said =
    turned.length === 0
      ? ''
      : ` The order is not what one would expect: ${turned.map(({ earlier, later }) => `${earlier} is worth more than ${later}`).join(', and ')}.`;
  const open = found.order.filter((pair) => standingOf(pair, found) === 'cannot tell');
  const untold =
    open.length === 0
      ? ''
      : ` Which is worth more cannot be told of ${open.map(({ earlier, later }) => `${earlier} and ${later}`).join(', nor of ')}.`;
  return `Stage values learnt {{rests}}: ${values}.${brake}${said}${untold}`;
}

function tableOf({ stages, k }: CalibratedValues): ReportSection {
  const row = (key: string, label: string): string[] => [
    label,
    `{{${key}.value}}`,
    `{{${key}.usual}}`,
    `{{${key}.own}}`,
    `{{${key}.borrowed}}`,
    `{{${key}.n}}`,
  ];
  return {
    heading: null,
    lines: [],
    table: {
      columns: ['Stage', 'Value', 'Usually', 'By own outcomes alone', 'Stands on the usual', 'Accounts'],
      rows: [...stages.map(({ stage }) => row(stage, named[stage])), ...(k === null ? [] : [row('k', 'Detractor')])],
    },
  };
}

/** Whether the usual order of two stages holds: nearly all resamples must agree, one way or the other. */
function standingOf(
  { earlier, later, share, violated }: CalibratedValues['order'][number],
  { stages }: Pick<CalibratedValues, 'stages'>,
): 'as expected' | 'cannot tell' | 'turned round' | 'not known' {
  if (violated) return 'turned round';
  if (stages.some(({ stage, own }) => own === null && (stage === earlier || stage === later))) return 'not known';
  return 1 - share >= settled ? 'as expected' : 'cannot tell';
}

function orderOf(found: CalibratedValues): ReportSection {
  const { kind, order, k } = found;
  if (kind === 'cannot tell') return { heading: 'What would help', lines: ['{{rests}}.'], table: null };
  const lines = order.map((pair) => orderLine(pair, found));
  const brake = k === null ? ['How hard the detractor should bite cannot be told yet.'] : [];
  return { heading: 'Does the order hold?', lines: [...lines, ...brake], table: null };
}

function orderLine(pair: CalibratedValues['order'][number], found: CalibratedValues): string {
  const { earlier, later } = pair;
  const standing = standingOf(pair, found);
  const share = `{{${earlier}.over.${later}}} of the resamples ${earlier} is worth more than ${later}`;
  switch (standing) {
    case 'turned round':
      return `Turned round: in ${share}. It is left as it was found.`;
    case 'as expected':
      return `As expected, ${later} is worth more than ${earlier}: in only ${share}.`;
    case 'cannot tell':
      return `Cannot tell whether ${later} is worth more than ${earlier}: in ${share}; nine in ten, one way or the other, would settle it.`;
    case 'not known':
      return `Cannot tell whether ${later} is worth more than ${earlier}: too few accounts tell what one of them is worth by itself.`;
    default:
      return assertNever(standing);
  }
}
