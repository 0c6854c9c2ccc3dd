import { pathToFileURL } from 'node:url';
import { type BinnedAccounts, compileTable } from '../../src/icp/compile-table.ts';
import type { Criterion, ModelBin } from '../../src/icp/model.ts';
import { layers } from '../../src/icp/types.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';
import { aModel } from '../support/a-model.ts';

const noLevers = { accepted: 0, qualified: 0, won: 0, expanded: 0 };

/** How long a published table takes to score a million accounts in memory, as lines of markdown. */
export function* benchScore(): Generator<string> {
  const rows = 1_000_000;
  const random = createRandom(1);
  const criteria = Array.from({ length: 50 }, (_, nth) => aCriterion(nth, random));
  const detractor = { intercept: -1_900, baseOdds: 0.15, baseRate: 0.13, k: 0.75, flagAt: 0.4, events: 100, rows: 900 };
  const accounts: BinnedAccounts = {
    rows,
    columns: criteria.map(({ bins }) => Uint8Array.from({ length: rows }, () => random.integer(0, bins.length))),
  };
  const compiled = compileTable(aModel({ criteria, detractor }));
  yield '| what | accounts | criteria | seconds | processor seconds |';
  yield '|---|---|---|---|---|';
  for (const what of ['score and tier of every account', 'again, compiled', 'once more']) {
    const cpu = process.cpuUsage();
    const from = performance.now();
    compiled.score(accounts);
    const { user, system } = process.cpuUsage(cpu);
    const seconds = (performance.now() - from) / 1000;
    yield `| ${what} | ${rows} | ${criteria.length} | ${seconds.toFixed(3)} | ${((user + system) / 1e6).toFixed(3)} |`;
  }
}

function aCriterion(nth: number, random: Random): Criterion {
  const bins = Array.from(
    { length: random.integer(2, 10) },
    (_, bin): ModelBin => ({
      match: { kind: 'is', values: [`level ${bin}`] },
      ...{ label: `level ${bin}`, rate: null, levers: noLevers },
      ...{ points: random.integer(-60, 60), churn: random.integer(-300, 300) },
    }),
  );
  return {
    ...{ key: `f${nth}`, label: `f${nth}`, field: `f${nth}`, layer: layers[nth % 4] ?? 'pain', part: 'fit' },
    ...{ type: 'category', weight: 0.02, strength: 'bonus', causal: 'not tested', bins },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const text of benchScore()) process.stdout.write(`${text}\n`);
}
