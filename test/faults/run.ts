import { parseArgs } from 'node:util';
import { faultBook } from './fault-book.ts';
import { publishFaults, syncFaults } from './fault-cases.ts';
import { killRounds } from './kill-rounds.ts';
import { mixedFaults } from './mixed-faults.ts';
import { publishUnder } from './publish-faults.ts';
import { rowFaults } from './row-faults.ts';
import { assertSameTables, syncUnder } from './sync-faults.ts';
import { faultHead, faultLine, killTable, syncHead, syncLine, undoHead, undoLine } from './tables.ts';
import { undoRound } from './undo-rounds.ts';

/** `npm run faults -- [--kills 200] [--seed N] [--only kills|publish-kills|sync-kills|faults|undo]`: everything that may go wrong, as tables. */
const { values } = parseArgs({
  options: { kills: { type: 'string', default: '200' }, seed: { type: 'string' }, only: { type: 'string' } },
});
const kills = Number(values.kills);
const seed = Number(values.seed ?? Date.now() % 1_000_000);
const print = (text: string) => process.stdout.write(`${text}\n`);
const wants = (part: string) => values.only === undefined || values.only === part;

print(`# Faults\n\nPlay it again with \`npm run faults -- --kills ${kills} --seed ${seed}\`.\n`);
if (wants('faults')) await faults();
if (wants('undo')) await undo();
for (const kind of ['publish', 'sync'] as const)
  if (wants('kills') || values.only === `${kind}-kills`) {
    const onRound = (done: number) => process.stderr.write(`${kind}: ${done} of ${kills} kills\n`);
    print(killTable(await killRounds(kind, { kills, seed, onRound })));
  }
await new Promise((resolve) => process.stdout.write('', resolve));
process.exit();

async function faults(): Promise<void> {
  const book = await faultBook();
  print(`## Faults of the org while publishing\n\n${faultHead}`);
  for (const one of publishFaults) print(faultLine(await publishUnder(book, one)));
  for (const seen of await rowFaults(book)) print(faultLine(seen));
  for (let nth = 0; nth < 20; nth++) {
    const mixed = { name: `several at once, seed ${seed + nth}`, faults: mixedFaults(seed + nth), visits: 10 };
    print(faultLine(await publishUnder(book, mixed, { isMixed: true })));
  }
  await book.store.close();
  print(`\n## Faults of the org while reading\n\n${syncHead}`);
  const clean = await syncUnder({ name: 'nothing', faults: {} });
  const mixed = Array.from({ length: 10 }, (_, nth) => seed + nth).map((each) => ({
    ...{ name: `several at once, seed ${each}`, faults: mixedFaults(each), visits: 8 },
  }));
  for (const one of [...syncFaults, ...mixed]) {
    const seen = await syncUnder(one);
    assertSameTables(seen, clean);
    print(syncLine(seen));
  }
  print('');
}

async function undo(): Promise<void> {
  const book = await faultBook();
  print(`## Published and undone\n\n${undoHead}`);
  for (let nth = 0; nth < 8; nth++) print(undoLine(await undoRound(book, seed + nth, nth * 12)));
  await book.store.close();
  print('');
}
