import { parseArgs } from 'node:util';
import { killRounds } from './kill-rounds.ts';
import { killTable } from './tables.ts';

const { values } = parseArgs({ options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' } } });
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
process.stdout.write(`seed ${seed}: play it again with --kills ${kills} --seed ${seed}\n\n`);
for (const kind of ['publish', 'sync'] as const)
  process.stdout.write(killTable(await killRounds(kind, { kills, seed })));
