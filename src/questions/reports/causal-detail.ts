import type { Cause, CauseFindings, Difference, JudgedCause } from '../../icp/causes/cause-findings.ts';
import { words } from '../draft.ts';
import type { ReportCard, ReportChart, ReportSection, ReportTable } from '../report-card.ts';
import type { Figure } from '../types.ts';
import { direction, outcomeWord, populationLine, reasonLine, refutationRow, verdictWord } from './causal-words.ts';
import type { Drawn } from './report.ts';

/** Whether one thing drives one outcome, and everything that the answer stands on. */
export function causalDetail(
  findings: CauseFindings,
  judged: JudgedCause,
  cause: Cause,
  choices: ReportCard['choices'],
): Drawn {
  const figures = figuresOf(findings, judged, cause);
  const text = `${headline(cause)} ${populationLine(cause.outcome)}`;
  const title = `Does it cause ${outcomeWord(cause.outcome)}?`;
  const sections = sectionsOf(cause);
  return { text, figures, card: { title, sections, chart: chartOf(cause), choices, data: judged } };
}

/** The verdict in a sentence or three. */
function headline(cause: Cause): string {
  const outcome = outcomeWord(cause.outcome);
  const why = reasonLine(cause.reason, cause.outcome);
  const { adjusted, raw } = cause;
  const between = '(between {{adjusted.low}} and {{adjusted.high}})';
  const sides = '_{{with}}_ against _{{without}}_';
  switch (cause.verdict) {
    case 'likely drives':
      return `*{{name}}* likely drives ${outcome}: ${sides} makes {{adjusted.size}} percentage points ${direction(cause)} ${between} with everything else on record held equal. ${why}`;
    case 'only goes along':
      return `*{{name}}* only goes along with ${outcome}: ${sides} is a difference of {{raw}} percentage points as counted, and of {{adjusted}} ${between} with {{strongest}} and the like held equal. ${why}`;
    case 'structural':
      return adjusted === null
        ? `*{{name}}* is structural. ${why} Too few accounts can be compared to give a difference.`
        : `*{{name}}* is structural: ${sides} comes with {{adjusted.size}} percentage points ${direction(cause)} ${outcome} ${between}, all else that nobody can change held equal. ${why}`;
    case 'cannot tell':
      return raw === null
        ? `I can't tell whether *{{name}}* drives ${outcome}. ${why}`
        : `I can't tell whether *{{name}}* drives ${outcome}. ${sides} is a difference of {{raw}} percentage points as counted${adjusted === null ? '' : `, and of {{adjusted}} ${between} with the rest held equal`}. ${why}`;
    case 'not tested':
      return `*{{name}}* was not tested as a cause of ${outcome}. ${why}`;
  }
}

function figuresOf(findings: CauseFindings, { label }: JudgedCause, cause: Cause): Figure[] {
  const { contrast, counts, rates, raw, adjusted, earlierOnly, overlap, sensitivity, refutations, heldEqual } = cause;
  const people = findings[cause.outcome];
  const figures: Figure[] = [
    words('name', 'What was asked about', label),
    words('verdict', 'Verdict', verdictWord(cause.verdict)),
    { key: 'people', label: 'Accounts judged on', v: people.accounts, unit: 'count' },
    people.rate === null
      ? { key: 'rate', label: 'Rate among them', v: null, unit: 'share' }
      : { key: 'rate', label: 'Rate among them', unit: 'share', ...people.rate },
    { key: 'n.with', label: 'Accounts with it', v: counts.with, unit: 'count' },
    { key: 'n.without', label: 'Accounts without it', v: counts.without, unit: 'count' },
    { key: 'n.unknown', label: 'Accounts of which nobody knows', v: counts.unknown, unit: 'count' },
    words('strongest', 'What mattered most of what was held equal', heldEqual.slice(0, 3).join(', ') || 'nothing'),
    words('heldEqual', 'What was held equal', heldEqual.join(', ') || 'nothing: nothing else on record goes with both'),
  ];
  if (contrast !== null) {
    figures.push(words('with', 'The one side', contrast.with), words('without', 'The other', contrast.without));
  }
  if (rates !== null) {
    figures.push({ key: 'rate.with', label: 'Rate with it', unit: 'share', ...rates.with });
    figures.push({ key: 'rate.without', label: 'Rate without it', unit: 'share', ...rates.without });
  }
  figures.push(...differenceFigures('raw', 'Difference as counted', raw));
  figures.push(...differenceFigures('adjusted', 'Difference with the rest held equal', adjusted));
  figures.push(...differenceFigures('earlier', 'Difference with only earlier fields held equal', earlierOnly));
  if (overlap !== null) {
    figures.push({ key: 'kept', label: 'Share of accounts with a counterpart', v: overlap.kept, unit: 'share' });
    const effective = Math.floor(overlap.effective);
    figures.push({ key: 'effective', label: 'Plain comparisons that they are worth', v: effective, unit: 'count' });
  }
  if (sensitivity !== null) {
    const { eValue, eValueOfLimit, strongestRecorded } = sensitivity;
    figures.push({ key: 'eValue', label: 'E-value', v: rounded(eValue), unit: 'ratio' });
    figures.push({ key: 'eLimit', label: 'E-value of the limit', v: rounded(eValueOfLimit), unit: 'ratio' });
    if (strongestRecorded !== null) {
      figures.push(words('recorded', 'Strongest recorded factor', strongestRecorded.label));
      const v = rounded(strongestRecorded.ratio);
      figures.push({ key: 'recordedRatio', label: 'What it could explain', v, unit: 'ratio' });
    }
  }
  refutations.forEach(({ v, low, high, about }, at) => {
    figures.push({
      key: `check${at}.v`,
      label: 'What the check found',
      v: v === null ? null : points(v),
      unit: 'number',
    });
    if (low !== null && high !== null) {
      figures.push({ key: `check${at}.low`, label: 'From', v: points(low), unit: 'number' });
      figures.push({ key: `check${at}.high`, label: 'To', v: points(high), unit: 'number' });
    }
    if (about !== null) figures.push(words(`check${at}.about`, 'Field', about));
  });
  return figures;
}

/** Percentage points, to a tenth. */
export function points(share: number): number {
  return rounded(share * 100, 1);
}

function rounded(value: number, decimals = 2): number {
  return Number(value.toFixed(decimals));
}

function differenceFigures(key: string, label: string, of: Omit<Difference, 'q'> | null): Figure[] {
  if (of === null) return [];
  return [
    { key, label: `${label}, percentage points`, v: points(of.v), unit: 'number' },
    { key: `${key}.size`, label: `${label}, its size`, v: Math.abs(points(of.v)), unit: 'number' },
    { key: `${key}.low`, label: `${label}, from`, v: points(of.low), unit: 'number' },
    { key: `${key}.high`, label: `${label}, to`, v: points(of.high), unit: 'number' },
    { key: `${key}.n`, label: `${label}, accounts`, v: of.n, unit: 'count' },
  ];
}

function sectionsOf(cause: Cause): ReportSection[] {
  const { raw, adjusted, earlierOnly, overlap, sensitivity, refutations } = cause;
  const row = (key: string, name: string): string[] => [
    name,
    `{{${key}}} points`,
    `{{${key}.low}} to {{${key}.high}}`,
    `{{${key}.n}}`,
  ];
  const differences: ReportTable = {
    columns: ['Difference', 'Size', '95 % interval', 'Accounts'],
    rows: [
      ...(raw === null ? [] : [row('raw', 'As counted')]),
      ...(adjusted === null ? [] : [row('adjusted', 'With the rest held equal')]),
      ...(earlierOnly === null ? [] : [row('earlier', 'With only earlier fields held equal')]),
    ],
  };
  const section = (heading: string, lines: string[], table: ReportTable | null = null): ReportSection => ({
    ...{ heading, lines, table },
  });
  return [
    section('Verdict', ['*{{name}}*: {{verdict}}.', reasonLine(cause.reason, cause.outcome)]),
    section('Who this is about', [populationLine(cause.outcome)]),
    ...(raw === null
      ? []
      : [
          section(
            'The difference',
            [
              '{{with}}: {{rate.with}}. {{without}}: {{rate.without}}. Not known: {{n.unknown}}.',
              ...(adjusted === null ? [] : ['Held equal: {{heldEqual}}.']),
            ],
            differences,
          ),
        ]),
    ...(overlap === null
      ? []
      : [
          section('How alike the two sides are', [
            '{{kept}} of the accounts have a counterpart on the other side; the answer is about these. The thinner side is worth {{effective}} plain comparisons.',
          ]),
        ]),
    ...(refutations.length === 0
      ? []
      : [
          section('Checks', [], {
            columns: ['Check', 'Found', 'Result'],
            rows: refutations.map((refutation, at) => refutationRow(refutation, `check${at}`)),
          }),
        ]),
    ...(sensitivity === null
      ? []
      : [
          section('What could still be wrong', [
            'To explain this away, a hidden factor would have to be {{eValue}} times as common on one side and make the outcome {{eValue}} times as likely, beyond everything held equal; to make it doubtful, {{eLimit}} times.',
            ...(sensitivity.strongestRecorded === null
              ? []
              : [
                  'For comparison: {{recorded}}, the strongest factor on record, could by itself explain one rate being {{recordedRatio}} times the other.',
                ]),
          ]),
        ]),
  ];
}

function chartOf({ raw, adjusted, earlierOnly }: Cause): ReportChart | null {
  if (raw === null || adjusted === null) return null;
  const bar = (label: string, of: Omit<Difference, 'q'>) => ({
    ...{ label, v: points(of.v), low: points(of.low), high: points(of.high) },
  });
  return {
    kind: 'bars',
    title: 'Difference in percentage points',
    unit: 'number',
    alt: 'The difference as counted beside the difference with the rest held equal, each with its interval.',
    points: [
      bar('As counted', raw),
      bar('Rest held equal', adjusted),
      ...(earlierOnly === null ? [] : [bar('Earlier fields only', earlierOnly)]),
    ],
  };
}
