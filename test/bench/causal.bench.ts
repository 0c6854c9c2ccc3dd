import { existsSync, readFileSync } from 'node:fs';
import { crossFittedAipw } from '../../src/stats/causal/cross-fitted-aipw.ts';
import { type CausalRows, causalFolder, causalReference, ihdp, lalonde } from './causal-data.ts';
import { causalSweep, outOf } from './causal-sweep.ts';

/** `node test/bench/causal.bench.ts [SEEDS] [WORLD]`: verdicts on planted tables, then the public causal benchmarks. */
const seeds = Number(process.argv[2] ?? 20);
const only = process.argv[3];

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

print(`## Causal verdicts on planted customers, ${seeds} seeds\n`);
print(
  '| world | confounder called a cause | not called one, on expansion | cause found | cause untold | anything invented | CPU s |',
);
print('|---|---|---|---|---|---|---|');
const worlds = (['recorded', 'hidden', 'no overlap', 'nothing'] as const).filter((world) => (only ?? world) === world);
const details: string[] = [];
for (const world of seeds > 0 ? worlds : []) {
  const started = process.cpuUsage();
  const sweep = causalSweep(world, seeds);
  const { user, system } = process.cpuUsage(started);
  const cells = [sweep.confounderCalled, sweep.confounderHeld, sweep.causeFound, sweep.causeUntold, sweep.invented];
  print(
    `| ${world} | ${cells.map((count) => outOf(count, seeds)).join(' | ')} | ${((user + system) / 1e6).toFixed(0)} |`,
  );
  for (const [reason, count] of [...sweep.reasons].sort((a, b) => b[1] - a[1]))
    details.push(`${world}: ${reason}: ${count}`);
}
print(`\n${details.map((line) => `- ${line}`).join('\n')}\n`);

if (causalFolder === null)
  print('the causal benchmarks are not here (shared/data/causal beside the checkout): left out');
else if (only === undefined) printBenchmarks(causalFolder);

/** Ours beside what other tools reach on the same rows and folds. */
function printBenchmarks(folder: string): void {
  print('## Public causal benchmarks\n');
  print('| data | estimator | bias | rmse | covered | mean standard error |');
  print('|---|---|---|---|---|---|');
  const reference = existsSync(causalReference)
    ? JSON.parse(readFileSync(causalReference, 'utf8').replaceAll('NaN', 'null'))
    : {};
  const sets: [string, 'all' | 'treated', CausalRows[]][] = [
    ['lalonde_exp', 'treated', [lalonde(folder, 'exp')]],
    ['lalonde_exp', 'all', [lalonde(folder, 'exp')]],
    ['lalonde_psid1', 'treated', [lalonde(folder, 'psid1')]],
    ['lalonde_placebo75_psid1', 'treated', [lalonde(folder, 'psid1', true)]],
    ['ihdp5', 'all', [1, 2, 3, 4, 5].map((replication) => ihdp(folder, replication))],
  ];
  for (const [name, of, replications] of sets) {
    for (const trim of [0, 0.05]) {
      const found = replications.map((rows) => ({ ...crossFittedAipw({ ...rows, of, trim }), truth: rows.truth }));
      const errors = found.map(({ effect, truth }) => effect - truth);
      const covered = found.filter(({ standardError }, at) => Math.abs(errors[at]!) <= 1.96 * standardError).length;
      const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      print(
        `| ${name} | **ours, of ${of}, trim ${trim}** | ${short(mean(errors))} | ${short(Math.sqrt(mean(errors.map((error) => error ** 2))))} | ${covered} of ${found.length} | ${short(mean(found.map(({ standardError }) => standardError)))} |`,
      );
    }
    for (const [estimator, row] of Object.entries<Record<string, number>>(reference[name] ?? {})) {
      const isOfTreated = name !== 'ihdp5' && !estimator.endsWith('_ate');
      if (isOfTreated !== (of === 'treated')) continue;
      print(
        `| ${name} | ${estimator} | ${short(row.bias!)} | ${short(row.rmse!)} | ${Math.round(row.coverage95! * row.n!)} of ${row.n} | ${short(row.mean_se!)} |`,
      );
    }
  }
}

function short(value: number | null): string {
  return value === null ? 'none' : String(Number(value.toPrecision(3)));
}
