import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { writeMarket } from '../../compose/box/write-market.ts';
import { UsageError } from '../../errors.ts';
import { generateMarket } from '../../market/generate.ts';
import { type SizeName, sizes } from '../../market/sizes.ts';
import { type PlantedThing, plantedThings } from '../../market/world.ts';
import type { StandaloneCommand } from '../command.ts';
import { instantOption, integerOption } from '../reading.ts';

export const demo: StandaloneCommand = {
  name: 'demo',
  options: [
    { flags: '--size <size>', description: `${Object.keys(sizes).join(', ')}; box when not given` },
    { flags: '--seed <n>', description: 'another market for another number' },
    {
      flags: '--without <things>',
      description: `planted things to leave out, with commas: ${plantedThings.join(', ')}`,
    },
    { flags: '--until <date>', description: 'the last day of the market' },
    { flags: '--out <dir>', description: 'the folder to write' },
  ],
  async runAlone({ out, options, cwd }) {
    if (typeof options.out !== 'string') throw new UsageError('demo needs --out DIR');
    const folder = resolve(cwd, options.out);
    const until = instantOption(options.until, '--until');
    const market = generateMarket({
      size: oneOf(Object.keys(sizes) as SizeName[], options.size ?? 'box', '--size'),
      seed: integerOption(options.seed, '--seed', 1),
      without: thingsOf(options.without),
      ...(until === null ? {} : { until: new Date(until).toISOString().slice(0, 10) }),
    });
    const files = await writeMarket(market, folder, (file, rows) => out.progress(`writing ${file}`, rows));
    const truth = `${folder}.truth.json`;
    await writeFile(truth, `${JSON.stringify(market.answerKey, null, 2)}\n`);
    out.answer(
      { folder, truth, files },
      [
        ...files.map(({ file, rows }) => `${rows.toLocaleString('en').padStart(10)}  ${file}`),
        `written to ${folder}; the answer key is ${truth}`,
      ].join('\n'),
    );
  },
};

function thingsOf(typed: unknown): PlantedThing[] {
  if (typeof typed !== 'string') return [];
  return typed.split(',').map((thing) => oneOf(plantedThings, thing.trim(), '--without'));
}

function oneOf<Name extends string>(names: readonly Name[], typed: unknown, flag: string): Name {
  const name = names.find((candidate) => candidate === typed);
  if (name === undefined) throw new UsageError(`${flag} knows ${names.join(', ')}, got ${String(typed)}`);
  return name;
}
