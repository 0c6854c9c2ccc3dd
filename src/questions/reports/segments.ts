import { IcpError } from '../../errors.ts';
import type { EmergingSegment, Segment, SegmentFindings } from '../../icp/segments/types.ts';
import { asSentence } from '../as-sentence.ts';
import type { ReportSection } from '../report-card.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/**
 * The segments, or one of them with all that is known of it.
 *
 * @param about a name or id, or a part of a name; all of them when absent
 * @throws {IcpError} when no segment is called so, with the names that there are
 */
export function segmentsReport(findings: SegmentFindings, about?: string): Drawn {
  if (about === undefined || about.trim() === '') return listReport(findings);
  const wanted = about.trim().toLowerCase();
  const fits = ({ id, name }: { id: string; name: string }) => id === wanted || name.toLowerCase().includes(wanted);
  const segment = findings.segments.find(fits);
  if (segment !== undefined)
    return { ...oneReport(findings, segment), nameable: { id: segment.id, name: segment.name } };
  const emerging = findings.emerging.find(fits);
  if (emerging !== undefined) {
    const sheet = createFigureSheet();
    const section = emergingSection(sheet, emerging, 0);
    const text = `${sheet.text('e.0.name', 'Emerging segment', emerging.name)} is new: ${sheet.number('e.0.won', 'Won in the quarter', emerging.won, 'count')} wins in the last full quarter. ${asSentence(emerging.recommendation)}`;
    return drawn(findings, sheet, 'Emerging segment', text, [section]);
  }
  const names = [...findings.segments, ...findings.emerging].map(({ name }) => name);
  throw new IcpError(
    'unknown_segment',
    `no segment is called "${about}"; ${names.length === 0 ? 'none has been found yet' : `there are ${names.join('; ')}`}`,
  );
}

function listReport(findings: SegmentFindings): Drawn {
  const sheet = createFigureSheet();
  const { segments, emerging, counts, clusters, setAside } = findings;
  const touched = sheet.number('touched', 'Touched accounts', counts.touched, 'count');
  const named = segments.map((segment, nth) => sheet.text(`s.${nth}.name`, 'Segment', segment.name)).join('; ');
  const fresh = emerging.map((one, nth) => sheet.text(`e.${nth}.name`, 'Emerging segment', one.name)).join('; ');
  const text = [
    segments.length === 0
      ? `I cannot name a segment among ${touched} touched accounts: ${sheet.text('verdict', 'Why there is none', findings.verdict ?? 'none was found')}.`
      : `${sheet.number('segments', 'Segments', segments.length, 'count')} kinds of company do better than their traits add up to, among ${touched} touched accounts: ${named}.`,
    ...(emerging.length === 0 ? [] : [`New in the last full quarter, still provisional where it says so: ${fresh}.`]),
  ].join(' ');
  const table: ReportSection = {
    heading: 'Segments',
    lines: [],
    table: {
      columns: ['Segment', 'Win rate', 'Overall', 'Over what its traits explain', 'Won', 'Deal value'],
      rows: segments.map((segment, nth) => [
        sheet.text(`s.${nth}.name`, 'Segment', segment.name),
        sheet.rate(`s.${nth}.win`, `Win rate of ${segment.name}`, segment.winRate),
        sheet.rate('win', 'Win rate of all', segment.overallWinRate),
        `${sheet.rate(`s.${nth}.lift`, `Wins over expectation of ${segment.name}`, segment.lift, 'ratio')} times`,
        sheet.number(`s.${nth}.won`, `Won in ${segment.name}`, segment.won, 'count'),
        sheet.rate(`s.${nth}.acv`, `Deal value in ${segment.name}`, segment.acv, 'money'),
      ]),
    },
  };
  const sections: ReportSection[] = [
    ...(segments.length === 0 ? [] : [table]),
    ...emerging.map((one, nth) => emergingSection(sheet, one, nth)),
    ...(setAside.length === 0
      ? []
      : [
          {
            heading: 'Set aside',
            lines: setAside.map(
              ({ label, reason }, nth) =>
                `${sheet.text(`a.${nth}`, 'Set aside', label)}: ${sheet.text(`a.${nth}.why`, 'Why', reason)}.`,
            ),
            table: null,
          },
        ]),
    {
      heading: 'How it was looked for',
      lines: [
        `${sheet.number('tested', 'Candidates tested', counts.tested, 'count')} candidates from one half of the accounts were tested on the other, adjusted for all of them.`,
        ...(clusters === null
          ? []
          : [
              `Won accounts fall into ${sheet.number('k', 'Clusters', clusters.k, 'count')} clusters in the space of points (silhouette ${sheet.number('silhouette', 'Silhouette', clusters.silhouette, 'number')}, ${sheet.number('clustered', 'Accounts clustered', clusters.n, 'count')} accounts).`,
            ]),
      ],
      table: null,
    },
  ];
  const choices = segments.slice(0, 4).map(({ name }) => ({ label: name, question: `segments ${name}` }));
  return drawn(findings, sheet, 'Segments', text, sections, choices, segments);
}

function oneReport(findings: SegmentFindings, segment: Segment): Drawn {
  const sheet = createFigureSheet();
  const name = sheet.text('name', 'Segment', segment.name);
  const win = sheet.rate('win', 'Win rate', segment.winRate);
  const overall = sheet.rate('overall', 'Overall win rate', segment.overallWinRate);
  const acv = sheet.rate('acv', 'Deal value', segment.acv, 'money');
  const average = sheet.rate('average', 'Average deal value', segment.averageAcv, 'money');
  const angle = sheet.text('angle', 'Best angle', segment.bestAngle.label);
  const open = {
    'use case': `open with what they want it for: ${angle}`,
    pain: `open with what hurts: ${angle}`,
    technology: `open with what they run on: ${angle}`,
    trait: `open with what they are: ${angle}`,
  }[segment.bestAngle.kind];
  const sections: ReportSection[] = [
    { heading: 'Who belongs', lines: [sheet.text('description', 'Description', segment.description)], table: null },
    {
      heading: 'Key traits',
      lines: [],
      table: {
        columns: ['Trait', 'Of its customers', 'Of all touched'],
        rows: segment.traits.map((trait, nth) => [
          sheet.text(`t.${nth}`, 'Trait', trait.label),
          sheet.rate(`t.${nth}.in`, `${trait.label}, in the segment`, trait.inSegment),
          sheet.rate(`t.${nth}.all`, `${trait.label}, among the touched`, trait.amongTouched),
        ]),
      },
    },
    {
      heading: 'How it does',
      lines: [
        `Win rate ${win}, overall ${overall}.`,
        `Wins over what its traits one by one explain: ${sheet.rate('lift', 'Wins over expectation', segment.lift, 'ratio')} times.`,
        `Deal value ${acv}, average ${average}.`,
        `Expanded ${sheet.rate('expanded', 'Expansion rate', segment.expansionRate)}, overall ${sheet.rate('expandedAll', 'Overall expansion rate', segment.overallExpansionRate)}.`,
        `Left after use ${sheet.rate('churned', 'Churn rate', segment.churnRate)}, overall ${sheet.rate('churnedAll', 'Overall churn rate', segment.overallChurnRate)}.`,
      ],
      table: null,
    },
    { heading: 'Best angle', lines: [asSentence(open)], table: null },
    {
      heading: 'How sure',
      lines: [
        `On ${sheet.number('heldOut', 'Accounts held out', segment.heldOut.n, 'count')} accounts it was not looked for in, its chance of being luck is ${sheet.number('p', 'Adjusted p-value', segment.heldOut.pValue, 'share')}.`,
        `Overlap with what the other half of the accounts shows: ${sheet.number('stability', 'Stability', segment.stability, 'share')}.`,
        ...(segment.provisional
          ? [`Provisional: it ${sheet.text('warning', 'Warning', segment.warnings[0] ?? 'rests on little')}.`]
          : []),
      ],
      table: null,
    },
  ];
  const text = `${name}: win rate ${win} against ${overall} overall, deal value ${acv} against ${average}. Best angle: ${open}.${segment.provisional ? ' Provisional.' : ''}`;
  return drawn(findings, sheet, 'Segment', text, sections, [], [segment], segment);
}

function emergingSection(sheet: FigureSheet, one: EmergingSegment, nth: number): ReportSection {
  const key = (name: string) => `e.${nth}.${name}`;
  return {
    heading: one.provisional ? 'Emerging, provisional' : 'Emerging, confirmed',
    lines: [
      `${sheet.text(key('name'), 'Emerging segment', one.name)}. ${sheet.text(key('description'), 'Who belongs', one.description)}`,
      `From ${sheet.day(key('from'), 'Quarter from', one.from)}: ${sheet.number(key('won'), 'Won in the quarter', one.won, 'count')} wins, ${sheet.rate(key('share'), 'Share of wins', one.shareOfWins)} of all wins; before, ${sheet.rate(key('before'), 'Share of wins before', one.shareOfWinsBefore)}.`,
      `Share of revenue: ${sheet.number(key('revenue'), 'Share of revenue', one.shareOfRevenue, 'share')}. Share of first touches: ${sheet.rate(key('touches'), 'Share of touches', one.shareOfTouches)}; before, ${sheet.rate(key('touchesBefore'), 'Share of touches before', one.shareOfTouchesBefore)}.`,
      ...(one.thin ? ['Thin data: read the intervals before the shares.'] : []),
      asSentence(one.recommendation),
    ],
    table: null,
  };
}

function drawn(
  findings: SegmentFindings,
  sheet: FigureSheet,
  title: string,
  text: string,
  sections: ReportSection[],
  choices: Drawn['card']['choices'] = [],
  charted: readonly Segment[] = [],
  data: unknown = findings,
): Drawn {
  const points = charted.flatMap(({ name, winRate, overallWinRate }, nth) => [
    ...(winRate === null ? [] : [{ label: name, v: winRate.v, low: winRate.low, high: winRate.high }]),
    ...(nth < charted.length - 1 || overallWinRate === null
      ? []
      : [{ label: 'All touched accounts', v: overallWinRate.v, low: overallWinRate.low, high: overallWinRate.high }]),
  ]);
  return {
    text,
    figures: sheet.figures,
    card: {
      title,
      sections,
      chart:
        points.length < 2
          ? null
          : {
              kind: 'bars',
              title: 'Win rate',
              unit: 'share',
              alt: 'Win rate of each segment beside that of all touched accounts',
              points,
            },
      choices,
      data,
    },
  };
}
