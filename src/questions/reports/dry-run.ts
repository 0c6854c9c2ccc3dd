import { describeChange } from '../../icp/proposals/describe-change.ts';
import type { DryRun, MovedAccount } from '../../icp/proposals/dry-run.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ReportChart, ReportSection } from '../report-card.ts';
import { keptScoreFigure } from '../score-figure.ts';
import type { FigureSheet } from './figure-sheet.ts';
import { createFigureSheet } from './figure-sheet.ts';
import type { Drawn } from './report.ts';

/** Accounts by name, in a table that people read. */
const mostNamed = 5;
const mostGroups = 6;

/** What lines of a proposal would do together, and nothing is done. */
export function simulationReport(
  proposal: number,
  lines: readonly { number: number; change: ModelChange }[],
  dryRun: DryRun,
): Drawn {
  const sheet = createFigureSheet();
  const named = lines.map(({ number, change }) => `${number}. ${describeChange(change).title}`);
  return {
    text: `Proposal ${sheet.number('proposal', 'Proposal', proposal, 'count')}, as it stands: ${summaryOf(sheet, dryRun)}`,
    figures: sheet.figures,
    card: {
      title: 'What it would do',
      sections: [
        {
          heading: 'The lines that this is about',
          lines: named.map((title, nth) => sheet.text(`line${nth}`, 'Line', title)),
          table: null,
        },
        ...dryRunSections(sheet, dryRun),
      ],
      chart: reachChart(dryRun),
      choices: [{ label: 'The proposal', question: `changes ${proposal}` }],
      data: { proposal, lines: lines.map(({ number }) => number), dryRun },
    },
  };
}

/** One or two sentences: how many move where, and what becomes of tier 1. */
export function summaryOf(sheet: FigureSheet, { moves, accounts, tam, alarms }: DryRun, prefix = ''): string {
  const key = (name: string) => `${prefix}${name}`;
  const up = sumOf(moves.filter(({ from, to }) => to < from));
  const down = sumOf(moves.filter(({ from, to }) => to > from));
  const of = sheet.number(key('accounts'), 'Accounts', accounts, 'count');
  const [first] = tam;
  const share =
    first === undefined
      ? ''
      : ` Tier 1 goes from ${sheet.number(key('tam.before'), 'Share of the market in tier 1 today', first.shareBefore, 'share')} to ${sheet.number(key('tam.after'), 'Share of the market in tier 1 then', first.shareAfter, 'share')} of the accounts that are no customers.`;
  const alarm = alarms.map((each, nth) => ` *Mind:* ${sheet.text(key(`alarm${nth}`), 'Alarm', each)}.`).join('');
  const moved =
    up + down === 0
      ? `no account of ${of} changes its tier.`
      : `${sheet.number(key('up'), 'Accounts that rise', up, 'count')} accounts of ${of} rise to a better tier and ${sheet.number(key('down'), 'Accounts that fall', down, 'count')} fall.`;
  return `${moved}${share}${alarm}`;
}

/** The rest of a dry run: by tier, by name, by owner and region, what was won, what would be written. */
export function dryRunSections(sheet: FigureSheet, dryRun: DryRun): ReportSection[] {
  const { moves, byOwner, byRegion, up, down, pipeline, tested, writes, tam, band } = dryRun;
  const count = (key: string, label: string, v: number) => sheet.number(key, label, v, 'count');
  const money = (key: string, label: string, v: number) => sheet.number(key, label, v, 'money');
  const owner = (name: string | null) => name ?? 'nobody';
  return [
    {
      heading: 'Tiers',
      lines: [
        `Tier 1 should hold ${sheet.number('band.low', 'Band from', band.low, 'share')} to ${sheet.number('band.high', 'Band to', band.high, 'share')} of the market.`,
        `Open deals of accounts that rise: ${money('pipeline.up', 'Open deals of accounts that rise', pipeline.up.amount)}; of accounts that fall: ${money('pipeline.down', 'Open deals of accounts that fall', pipeline.down.amount)}.`,
      ],
      table: {
        columns: ['Move', 'Accounts'],
        rows: [
          ...moves.map(({ from, to, accounts }) => [
            `tier ${from} to tier ${to}`,
            count(`move.${from}.${to}`, `From tier ${from} to ${to}`, accounts),
          ]),
          ...tam.map(({ tier, before, after }) => [
            `tier ${tier} of the market`,
            `${count(`tam.${tier}.before`, `Tier ${tier} today`, before)} to ${count(`tam.${tier}.after`, `Tier ${tier} then`, after)}${changeOf(sheet, { tier, before, after })}`,
          ]),
        ],
      },
    },
    ...namedSection(sheet, 'Furthest up', 'rise', up),
    ...namedSection(sheet, 'Furthest down', 'fall', down),
    ...groupSection(
      sheet,
      'By owner',
      byOwner.map((each) => ({ ...each, name: owner(each.owner) })),
    ),
    ...groupSection(
      sheet,
      'By region',
      byRegion.map((each) => ({ ...each, name: each.region ?? 'not known' })),
    ),
    {
      heading: 'On accounts whose outcome is known',
      lines:
        tested.accounts === 0
          ? ['None is old enough to tell.']
          : [
              `Of ${count('tested', 'Accounts first met one to three years ago', tested.accounts)} accounts first met one to three years ago, tier 1 held ${sheet.rate('reach.before', 'Reach of tier 1 today', tested.before.reach)} today and ${sheet.rate('reach.after', 'Reach of tier 1 then', tested.after.reach)} then; of those, ${sheet.rate('precision.before', 'Won in tier 1 today', tested.before.precision)} and ${sheet.rate('precision.after', 'Won in tier 1 then', tested.after.precision)} were won within a year. A table that was learnt from them looks better here than it will be.`,
            ],
      table: null,
    },
    {
      heading: 'What would be written to the CRM',
      lines: [`${count('writes', 'Accounts with a changed field', writes.accounts)} accounts would read otherwise.`],
      table: {
        columns: ['Field', 'Accounts'],
        rows: Object.entries(writes.fields).map(([field, n]) => [
          field.replaceAll('_', ' '),
          count(`writes.${field}`, `Accounts whose ${field.replaceAll('_', ' ')} changes`, n),
        ]),
      },
    },
  ];
}

/** How far the count of a tier moves; nothing where there was none to move from. */
function changeOf(
  sheet: FigureSheet,
  { tier, before, after }: Pick<DryRun['tam'][number], 'tier' | 'before' | 'after'>,
) {
  if (before === 0) return '';
  const change = after / before - 1;
  return ` (${change > 0 ? '+' : ''}${sheet.number(`tam.${tier}.change`, `Change of tier ${tier}`, change, 'share')})`;
}

/** How many are won of the best so many, by both tables. */
export function reachChart({ tested }: DryRun): ReportChart | null {
  if (tested.curve.length === 0) return null;
  const points = tested.curve.flatMap(({ share, before, after }) => {
    const label = `best ${Math.round(100 * share)} %`;
    return [
      { label, v: before, group: 'today' },
      { label, v: after, group: 'proposed' },
    ];
  });
  const at = tested.curve.find(({ share }) => share === 0.1) ?? tested.curve[0]!;
  const percent = (v: number) => `${(100 * v).toFixed(1)} %`;
  return {
    kind: 'lines',
    title: 'Won, of the best so many accounts',
    unit: 'share',
    alt: `How many are won of the best accounts, list by length of list. Of the best ${Math.round(100 * at.share)} %, ${percent(at.before)} by the table of today and ${percent(at.after)} by the proposed one.`,
    points,
  };
}

function namedSection(
  sheet: FigureSheet,
  heading: string,
  prefix: string,
  moved: readonly MovedAccount[],
): ReportSection[] {
  if (moved.length === 0) return [];
  const rows = moved.slice(0, mostNamed).map(({ name, from, to, before, support, after, ownerEmail }, nth) => {
    const key = (what: string) => `${prefix}${nth}.${what}`;
    return [
      sheet.text(key('name'), 'Account', name),
      `tier ${from} to ${to}`,
      `${sheet.figure(keptScoreFigure(key('before'), 'Score today', before, support))}${support === undefined ? ' to' : ', to'} ${sheet.number(key('after'), 'Score then', after, 'points')}`,
      sheet.text(key('owner'), 'Owner', ownerEmail ?? 'nobody'),
    ];
  });
  return [{ heading, lines: [], table: { columns: ['Account', 'Tier', 'Score', 'Owner'], rows } }];
}

function groupSection(
  sheet: FigureSheet,
  heading: string,
  groups: readonly { name: string; up: number; down: number }[],
): ReportSection[] {
  if (groups.length === 0) return [];
  const rows = groups.slice(0, mostGroups).map(({ name, up, down }, nth) => {
    const key = (what: string) => `${heading}.${nth}.${what}`;
    return [
      sheet.text(key('name'), heading, name),
      sheet.number(key('up'), 'Rise', up, 'count'),
      sheet.number(key('down'), 'Fall', down, 'count'),
    ];
  });
  return [{ heading, lines: [], table: { columns: [heading.replace('By ', ''), 'Rise', 'Fall'], rows } }];
}

function sumOf(moves: DryRun['moves']): number {
  return moves.reduce((sum, { accounts }) => sum + accounts, 0);
}
