import type { KillFigures } from './kill-rounds.ts';
import type { FaultSeen } from './publish-faults.ts';
import type { SyncSeen } from './sync-faults.ts';
import type { UndoFigures } from './undo-rounds.ts';

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

export const faultHead = [
  '| fault | meanwhile | in the end | visits | calls struck | told of a pause | of the end | token requests a minute | updates beyond one a row | rows |',
  '|---|---|---|---|---|---|---|---|---|---|',
].join('\n');

export function faultLine(seen: FaultSeen): string {
  const { name, meanwhile, end, visits, struck, paused, reports, tokensAMinute, again, rows } = seen;
  return `| ${[name, meanwhile, end, visits, struck, paused, reports, tokensAMinute, again, rows].join(' | ')} |`;
}

export const syncHead = [
  '| fault | meanwhile | visits | calls struck | token requests a minute | tables |',
  '|---|---|---|---|---|---|',
].join('\n');

export function syncLine({ name, meanwhile, visits, struck, tokensAMinute }: SyncSeen): string {
  return `| ${[name, meanwhile, visits, struck, tokensAMinute, 'the same'].join(' | ')} |`;
}

export const undoHead = [
  '| seed | rows published | changed by people | changed beside the score | restored | listed and kept |',
  '|---|---|---|---|---|---|',
].join('\n');

export function undoLine({ seed, rows, edited, editedBeside, restored, listed }: UndoFigures): string {
  return `| ${[seed, rows, edited, editedBeside, restored, listed].join(' | ')} |`;
}
