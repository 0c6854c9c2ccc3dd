import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchAccuracy } from './accuracy.ts';
import { benchAnalysis } from './analysis.bench.ts';
import { benchFit } from './fit.bench.ts';
import { benchScore } from './score.bench.ts';
import { benchStart } from './start.bench.ts';
import { sharedFolder } from './tasks.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    out: { type: 'string' },
    predictions: { type: 'string', default: resolve(tmpdir(), 'lodestar-standard-models') },
  },
});

const lines: string[] = [];
function print(text: string): void {
  lines.push(text);
  process.stdout.write(`${text}\n`);
}

print(
  `# Bench\n\nNode ${process.version}, ${availableParallelism()} cores, ${cpus()[0]?.model ?? 'unknown processor'}\n`,
);
print('## Accuracy of the published table\n');
if (existsSync(resolve(sharedFolder, 'data/tasks'))) {
  for (const text of benchAccuracy(values.predictions, positionals)) print(text);
} else {
  print('the comparison tasks are not here (shared/data/tasks beside the checkout): left out');
}
if (positionals.length === 0) {
  print('\n## Learning\n');
  for (const text of benchFit()) print(text);
  print('\n## Scoring\n');
  for (const text of benchScore()) print(text);
  print('\n## From a start to an answer\n');
  for await (const text of benchStart()) print(text);
  print('\n## The weekly analysis at mid size\n');
  await benchAnalysis(print);
}
if (values.out !== undefined) writeFileSync(values.out, `${lines.join('\n')}\n`);
