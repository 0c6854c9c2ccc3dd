import type { KillFigures } from './kill-rounds.ts';

/** The figures of kills as markdown. */
export function killTable({ kind, seed, kills, at, rounds, visits, again, calls, seconds }: KillFigures): string {
  const points = [...at].toSorted(([, one], [, other]) => other - one);
  return [
    `## kill -9 in ${kind}, seed ${seed}\n`,
    '| kills | rounds | processes | calls at the ends | updates beyond one a row | seconds |',
    '|---|---|---|---|---|---|',
    `| ${kills} | ${rounds} | ${visits} | ${calls} | ${again} | ${seconds.toFixed(0)} |\n`,
    '| killed at | times |',
    '|---|---|',
    ...points.map(([point, times]) => `| ${point} | ${times} |`),
    '\n',
  ].join('\n');
}
