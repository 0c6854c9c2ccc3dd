import { parseArgs } from 'node:util';
import { families, type Grade } from '../../src/grade/grade.ts';
import { gradeFindings } from '../../src/grade/grade-findings.ts';
import { gradedParts, type KeptFindings } from '../../src/grade/graded-parts.ts';
import type { AnalysisSet } from '../../src/icp/analysis-set.ts';
import { judgeCauses } from '../../src/icp/causes/judge-causes.ts';
import { watchDrift } from '../../src/icp/drift/watch-drift.ts';
import { explainRejections } from '../../src/icp/hypotheses/explain-rejections.ts';
import { predictExpansion } from '../../src/icp/life/predict-expansion.ts';
import { watchChurn } from '../../src/icp/life/watch-churn.ts';
import { findPatterns } from '../../src/icp/patterns/find-patterns.ts';
import { findSegments } from '../../src/icp/segments/find-segments.ts';
import { type SizeName, sizeNames } from '../../src/market/sizes.ts';
import { plantedThings } from '../../src/market/world.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { analysisSetOf } from '../support/analysis-set.ts';

/** The first of the seeds that nothing was ever tried on. */
const firstUnseen = 7001;

/** What is graded beside the table itself, by the name that chooses it on the command line. */
const finders = {
  segments: (set) => ({ segments: findSegments(set) }),
  patterns: (set) => ({ patterns: findPatterns(set) }),
  causes: (set) => ({ causes: judgeCauses(set) }),
  drift: (set) => ({ drift: watchDrift(set) }),
  churn: (set) => ({ churnWatch: watchChurn(set) }),
  expansion: (set) => ({ expansions: predictExpansion(set) }),
  rejections: (set) => ({ rejections: explainRejections(set) }),
} satisfies Record<string, (set: AnalysisSet) => Omit<KeptFindings, 'asOf'>>;
type Finder = keyof typeof finders;
const finderNames = Object.keys(finders).filter((name): name is Finder => name in finders);

interface Sweep {
  /** The first seed. */
  from: number;
  seeds: number;
  size: SizeName;
  only: readonly Finder[];
  /** Everything switched off. */
  nothing: boolean;
}

function merged(kept: KeptFindings, part: Omit<KeptFindings, 'asOf'>): KeptFindings {
  return { ...kept, ...part };
}

/** What one seed's findings are worth. */
function gradeOf({ size, only, nothing }: Sweep, seed: number): Grade {
  const usage = only.some((name) => name === 'churn' || name === 'expansion');
  const set = analysisSetOf({ size, seed, usage, without: nothing ? plantedThings : [] });
  const parts = only.map((name) => finders[name](set));
  const found: KeptFindings = parts.reduce(merged, { asOf: set.training.asOf });
  return gradeFindings(set.market.answerKey, gradedParts(set.model, found));
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

/** One seed by itself: what is told of a sweep that is cut short. */
function seedLine(seed: number, { lines, invented, found, missed }: Grade): string {
  const told = lines.flatMap(({ kind, what, verdict, evidence }) =>
    verdict === 'missed' ? [`missed ${kind} ${what} (${evidence})`] : [],
  );
  const extra = invented.map(({ family, what, evidence }) => `invented ${family} ${what} (${evidence})`);
  return `- ${seed}: ${[`${found} of ${found + missed}`, ...told, ...extra].join('; ')}`;
}

/** Grades unseen seeds, with everything planted or with nothing, as Markdown. */
export function* benchGrade(sweep: Sweep): Generator<string> {
  const what = sweep.nothing ? 'everything switched off' : 'everything planted';
  yield `${sweep.seeds} seeds from ${sweep.from} on of size ${sweep.size}, ${what}\n`;
  const grades: Grade[] = [];
  for (let seed = sweep.from; seed < sweep.from + sweep.seeds; seed += 1) {
    const grade = gradeOf(sweep, seed);
    grades.push(grade);
    yield seedLine(seed, grade);
  }
  yield '';
  if (!sweep.nothing) {
    yield* foundTable(grades);
    yield '';
  }
  yield* inventedTable(grades);
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      from: { type: 'string', default: String(firstUnseen) },
      seeds: { type: 'string', default: '10' },
      size: { type: 'string', default: 'mid' },
      only: { type: 'string', default: finderNames.join(',') },
      nothing: { type: 'boolean', default: false },
    },
  });
  const size = sizeNames.find((name) => name === values.size) ?? 'mid';
  const only = finderNames.filter((name) => values.only.split(',').includes(name));
  for (const line of benchGrade({
    from: Number(values.from),
    seeds: Number(values.seeds),
    size,
    only,
    nothing: values.nothing,
  })) {
    process.stdout.write(`${line}\n`);
  }
}
