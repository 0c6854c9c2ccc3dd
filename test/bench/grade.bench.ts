import { parseArgs } from 'node:util';
import { families, type Grade } from '../../src/grade/grade.ts';
import { gradeFindings } from '../../src/grade/grade-findings.ts';
import { gradedParts } from '../../src/grade/graded-parts.ts';
import { findEverything } from '../../src/icp/find-everything.ts';
import { type SizeName, sizeNames } from '../../src/market/sizes.ts';
import { type PlantedThing, plantedThings } from '../../src/market/world.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { analysisSetOf } from '../support/analysis-set.ts';

/** The first of the seeds that nothing was ever tried on. */
const firstUnseen = 7001;

/** What one seed's findings are worth. */
function gradeOf(size: SizeName, seed: number, without: readonly PlantedThing[]): Grade {
  const set = analysisSetOf({ size, seed, without });
  const findings = findEverything(set, { seed, hypothesis: null, pastVersions: [], past: [] });
  return gradeFindings(set.market.answerKey, gradedParts(set.model, findings));
}

function share(part: number, whole: number): string {
  if (whole === 0) return '';
  const { low, high } = wilsonInterval(part, whole);
  return `${part} of ${whole} (${Math.round(100 * low)} to ${Math.round(100 * high)} %)`;
}

/** Each planted thing by how many seeds it came out in. */
function* foundTable(grades: readonly Grade[]): Generator<string> {
  yield '| Planted | What | Found | The first seed |';
  yield '| --- | --- | --- | --- |';
  const lines = Map.groupBy(
    grades.flatMap((grade) => grade.lines),
    ({ kind, what }) => `${kind} | ${what}`,
  );
  let [found, looked] = [0, 0];
  for (const [name, seeds] of lines) {
    const judged = seeds.filter(({ verdict }) => verdict !== 'not looked for');
    const yes = judged.filter(({ verdict }) => verdict === 'found').length;
    found += yes;
    looked += judged.length;
    yield `| ${name} | ${judged.length === 0 ? 'not looked for' : share(yes, judged.length)} | ${seeds[0]?.evidence.replaceAll('|', '/') ?? ''} |`;
  }
  yield `| all | | ${share(found, looked)} | |`;
}

/** How many seeds anything was invented in, by family. */
function* inventedTable(grades: readonly Grade[]): Generator<string> {
  yield '| Family | Seeds with an invention | For example |';
  yield '| --- | --- | --- |';
  for (const family of families) {
    const inventions = grades.flatMap((grade) => grade.invented.filter((each) => each.family === family).slice(0, 1));
    yield `| ${family} | ${share(inventions.length, grades.length)} | ${inventions[0] ? `${inventions[0].what}: ${inventions[0].evidence}`.replaceAll('|', '/') : ''} |`;
  }
}

/** Grades unseen seeds, with everything planted or with nothing, as Markdown. */
export function* benchGrade(of: { seeds: number; size: SizeName; nothing: boolean }): Generator<string> {
  const grades: Grade[] = [];
  for (let seed = firstUnseen; seed < firstUnseen + of.seeds; seed += 1) {
    grades.push(gradeOf(of.size, seed, of.nothing ? plantedThings : []));
    process.stderr.write(`seed ${seed} done\n`);
  }
  yield `${of.seeds} unseen seeds of size ${of.size}, ${of.nothing ? 'everything switched off' : 'everything planted'}\n`;
  if (!of.nothing) {
    yield* foundTable(grades);
    yield '';
  }
  yield* inventedTable(grades);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '10' },
      size: { type: 'string', default: 'mid' },
      nothing: { type: 'boolean', default: false },
    },
  });
  const size = sizeNames.find((name) => name === values.size) ?? 'mid';
  for (const line of benchGrade({ seeds: Number(values.seeds), size, nothing: values.nothing })) {
    process.stdout.write(`${line}\n`);
  }
}
