import type { Leaderboard } from '../../icp/impact/board-of-stage.ts';
import type { Ranked } from '../../icp/impact/leaderboard.ts';
import { fewestOfEither } from '../../icp/impact/newer-rows.ts';
import type { Stage } from '../../icp/types.ts';
import type { ReportSection } from '../report-card.ts';
import type { FigureSheet } from './figure-sheet.ts';

export const foreseen: Readonly<Record<Stage, string>> = {
  accepted: 'acceptance',
  qualified: 'qualification',
  won: 'winning',
  expanded: 'expansion',
};

/** The champion seen from one version: the other way round than a version is seen from the champion. */
const verdicts = {
  better: 'worse than',
  worse: 'better than',
  'cannot tell': 'not to be told apart from',
} as const;
const mostVersions = 6;

/** Whether the table in force is better than the versions before it, in a sentence and version by version. */
export function versionVerdicts(
  sheet: FigureSheet,
  boards: readonly Leaderboard[],
): { headline: string; section: ReportSection | null } {
  if (boards.length === 0) return { headline: '', section: null };
  const earlier = [
    ...new Set(boards.flatMap(({ rows }) => rows.flatMap(({ version, inForce }) => (inForce ? [] : (version ?? []))))),
  ].sort((a, b) => b - a);
  if (earlier.length === 0)
    return { headline: ' There is one version so far, and none before it to be better than.', section: null };
  const chosen = earlier.slice(0, mostVersions);
  const told = chosen.flatMap((version) =>
    boards.flatMap((board) => {
      const against = board.rows.find((row) => row.version === version)?.againstChampion ?? null;
      if (against === null) return [];
      return [{ version, isWorse: against.verdict === 'better', line: sentence(sheet, version, board, against) }];
    }),
  );
  const untold = chosen.filter((version) => told.every((each) => each.version !== version));
  const newest = newerThanAll(sheet, boards);
  const names = untold
    .map((version) => sheet.text(`saw.${version}`, 'Learnt from the test', `version ${version}`))
    .join(', ');
  const unsaid =
    untold.length === 0
      ? []
      : [`Cannot tell of ${names}: learnt from the accounts that it would be judged on. ${newest}`];
  const several =
    told.length < 2
      ? []
      : [
          'Several comparisons were made at once, so that a verdict asks for more than an interval that is clear of zero.',
        ];
  // The one before it by what is told latest, and wherever a version was better.
  const first = told.filter(({ isWorse }, nth) => nth === 0 || isWorse).map(({ line }) => ` ${line}`);
  return {
    headline:
      first.length === 0 ? ` Whether it is better than earlier versions I cannot tell yet: ${newest}` : first.join(''),
    section: {
      heading: 'Is it getting better',
      lines: [...told.map(({ line }) => line), ...several, ...unsaid],
      table: null,
    },
  };
}

function sentence(
  sheet: FigureSheet,
  version: number,
  { stage, n, rows }: Leaderboard,
  { v, low, high, verdict }: NonNullable<Ranked['againstChampion']>,
): string {
  const key = `verdict.${version}`;
  const by = sheet.rate(
    `${key}.${stage}`,
    `AUC for ${foreseen[stage]}, in force minus version ${version}`,
    { v: 0 - v, low: 0 - high, high: 0 - low, n },
    'ratio',
  );
  const champion = rows.find(({ kind }) => kind === 'champion');
  const who =
    champion?.version == null
      ? 'The table in force, through tables learnt the same way earlier,'
      : `${sheet.text('inForce', 'In force', `Version ${champion.version}`)}, in force,`;
  const other = sheet.text(`${key}.name`, 'Compared with', `version ${version}`);
  return `${who} is *${verdicts[verdict]}* ${other} at foreseeing ${foreseen[stage]}: on the same accounts, newer than what either learnt from, its AUC minus the other's is ${by}.`;
}

/** How many accounts are newer than every version, by the stage of which most is told. */
function newerThanAll(sheet: FigureSheet, boards: readonly Leaderboard[]): string {
  const [most] = boards
    .flatMap(({ stage, newest }) => (newest === undefined ? [] : [{ stage, ...newest }]))
    .sort((a, b) => b.n - a.n);
  if (most === undefined) return 'the source has only an order, so nothing is known to be newer than a version.';
  const n = sheet.number('newest.n', 'Accounts newer than every version', most.n, 'count');
  const events = sheet.number('newest.events', `Of these with ${foreseen[most.stage]}`, most.events, 'count');
  const needed = sheet.number('newest.needed', 'Needed of either outcome', fewestOfEither, 'count');
  return `only ${n} accounts whose ${foreseen[most.stage]} is told are newer than the last version, ${events} of them with it; ${needed} with and as many without are needed.`;
}
