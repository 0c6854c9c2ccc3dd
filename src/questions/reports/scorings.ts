import type { ScoringComparison } from '../../icp/impact/compare-scorings.ts';
import type { ScoredTwice, SideBySide } from '../../icp/impact/side-by-side.ts';
import type { IcpModel } from '../../icp/model.ts';
import type { ReportSection } from '../report-card.ts';
import { keptScoreFigure } from '../score-figure.ts';
import { createFigureSheet, type FigureSheet } from './figure-sheet.ts';
import type { Drawn, Supports } from './report.ts';
import { reliabilitySection } from './scorings-reliability.ts';

/** What the scoring in force is held against. */
export type OldScoring =
  | { kind: 'written'; name: string; shipped: boolean }
  | { kind: 'version'; version: number; byHand: boolean; learntAsOf: number };

interface InForce {
  book: string;
  version: number;
  kind: IcpModel['kind'];
  learntAsOf: number;
  /** A written ICP is set that no analysis has seen yet. */
  pending: boolean;
}

interface Compared {
  old: OldScoring;
  sides: SideBySide;
  judged: ScoringComparison | null;
  supports: Supports;
}

const title = 'Old and new scoring';

/** The old scoring beside the one in force: who changes tier, whose score differs most, and what came true of each band. */
export function scoringsReport(inForce: InForce, compared: Compared | null): Drawn {
  const sheet = createFigureSheet();
  const setOne = sheet.text('setting', 'How to set a written ICP', `lodestar settings hypothesis.${inForce.book} FILE`);
  const is = `version ${sheet.number('version', 'Version in force', inForce.version, 'count')}`;
  const choices = [
    { label: 'Versions compared', question: 'backtest' },
    { label: 'Calibration', question: 'calibration' },
  ];
  const waiting = inForce.pending
    ? ['A written ICP is set that no analysis has seen yet: it is the old scoring after the next `lodestar analyze`.']
    : [];
  if (compared === null) {
    const next = `Write your ICP as points into a file, name it with ${setOne} and run \`lodestar analyze\``;
    const text =
      inForce.kind === 'points'
        ? `There is no older scoring than ${is}, which is in force and is points by hand itself: nothing has been learnt that could be set beside it. ${next}: then these are the points, until more outcomes are told.`
        : `There is no older scoring than ${is}, which is in force. ${next}: then it is the old one.`;
    const sections = waiting.length === 0 ? [] : [{ heading: null, lines: waiting, table: null }];
    return { text, figures: sheet.figures, card: { title, sections, chart: null, choices, data: { old: null } } };
  }
  const { old, sides, judged, supports } = compared;
  const was = nameOf(sheet, old);
  const count = (key: string, label: string, v: number) => sheet.number(key, label, v, 'count');
  const moved = (better: boolean) =>
    sides.moves.filter(({ from, to }) => to < from === better).reduce((sum, { accounts }) => sum + accounts, 0);
  const [up, down] = [moved(true), moved(false)];
  const reliability = reliabilitySection(sheet, judged, old.kind === 'version' && !old.byHand);
  const byHand = inForce.kind === 'points' ? 'points by hand' : 'learnt from how accounts ended';
  return {
    text: `Old: ${was}. New: ${is}, in force, ${byHand}. ${count('changed', 'Accounts that change tier', up + down)} of ${count('accounts', 'Accounts', sides.accounts)} accounts change tier: ${count('up', 'Accounts that rise a tier', up)} rise, ${count('down', 'Accounts that fall a tier', down)} fall. ${reliability.verdict}`,
    figures: sheet.figures,
    card: {
      title,
      sections: [
        {
          heading: 'What is compared',
          lines: [
            ...oldLines(sheet, old, setOne),
            `The new one knows what had become of accounts by ${sheet.day('learntAsOf', 'Learnt as of', inForce.learntAsOf)}; each weekly analysis learns anew and proposes what changes.`,
            ...(sides.up.length + sides.down.length === 0 ? ['The score of no account differs.'] : []),
            ...waiting,
          ],
          table: movesTable(sheet, sides),
        },
        ...namedSection(sheet, 'Rated higher by the new scoring', 'rises', sides.up, supports),
        ...namedSection(sheet, 'Rated lower by the new scoring', 'falls', sides.down, supports),
        reliability.section,
      ],
      chart: null,
      choices,
      data: { old, version: inForce.version, ...sides, reliability: judged },
    },
  };
}

function nameOf(sheet: FigureSheet, old: OldScoring): string {
  if (old.kind === 'version') {
    const version = sheet.number('oldVersion', 'Version in force before', old.version, 'count');
    return `version ${version}, in force before, ${old.byHand ? 'points by hand' : 'learnt'}`;
  }
  const name = sheet.text('old', 'Written ICP', old.name);
  return old.shipped
    ? `${name}, the points by hand that come with Lodestar`
    : `${name}, the written ICP, a sum of points by hand`;
}

function oldLines(sheet: FigureSheet, old: OldScoring, setOne: string): string[] {
  if (old.kind === 'version')
    return [
      `No written ICP is set, so the old scoring is the version before, as of ${sheet.day('oldLearntAsOf', 'Old one as of', old.learntAsOf)}. To hold your own points by hand against the new one, write them into a file and name it with ${setOne}.`,
    ];
  return old.shipped
    ? [
        `There is nothing older of yours: no written ICP is set, and no other version was in force before. To hold your own points against the new scoring, write them into a file and name it with ${setOne}.`,
      ]
    : [];
}

function movesTable(sheet: FigureSheet, { moves }: SideBySide): ReportSection['table'] {
  if (moves.length === 0) return null;
  return {
    columns: ['Tier, old to new', 'Accounts'],
    rows: moves.map(({ from, to, accounts }) => [
      `tier ${from} to tier ${to}`,
      sheet.number(`move.${from}.${to}`, `From tier ${from} to ${to}`, accounts, 'count'),
    ]),
  };
}

function namedSection(
  sheet: FigureSheet,
  heading: string,
  prefix: string,
  accounts: readonly ScoredTwice[],
  supports: Supports,
): ReportSection[] {
  if (accounts.length === 0) return [];
  const rows = accounts.map(({ id, name, old, now, oldTier, tier }, nth) => {
    const key = (what: string) => `${prefix}.${nth}.${what}`;
    const was = sheet.number(key('old'), `Old score of ${name}`, old, 'points');
    const is = sheet.figure(keptScoreFigure(key('now'), `New score of ${name}`, now, supports.get(id)));
    return [
      sheet.text(key('name'), 'Account', name),
      `${was}, ${sheet.number(key('oldTier'), `Old tier of ${name}`, oldTier, 'tier')}`,
      `${is}, ${sheet.number(key('tier'), `New tier of ${name}`, tier, 'tier')}`,
    ];
  });
  return [{ heading, lines: [], table: { columns: ['Account', 'Old', 'New'], rows } }];
}
