import { createRandom } from '../../src/stats/random.ts';
import type { FaultRule, SalesforceFaults } from '../../src/workbench/salesforce/faults/faults.ts';

const kinds: readonly FaultRule['fault'][] = [
  ...([{ kind: 'unauthorized' }, { kind: 'limit' }, { kind: 'html' }, { kind: 'lose' }, { kind: 'reset' }] as const),
  ...([
    { kind: 'status', status: 503 },
    { kind: 'status', status: 429 },
    { kind: 'status', status: 420 },
  ] as const),
  ...([
    { kind: 'status', status: 500 },
    { kind: 'cut', bytes: 30 },
    { kind: 'truncate', rows: 6 },
  ] as const),
  { kind: 'stall', ms: 900 },
];

/** Several faults at once, each by its own chance, as the seed has it. */
export function mixedFaults(seed: number): SalesforceFaults {
  const random = createRandom(`mixed ${seed}`);
  const some = random.shuffle(kinds).slice(0, random.integer(2, 5));
  return {
    seed,
    rules: some.map((fault) => ({ fault, probability: random.between(0.02, 0.2) })),
    ...(random.next() < 0.3 ? { jobs: { failAfterRows: random.integer(0, 59) } } : {}),
  };
}
