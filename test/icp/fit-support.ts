import type { TrainingSet } from '../../src/icp/training-set.ts';
import type { Feature, FeatureValue, Stage } from '../../src/icp/types.ts';
import { sigmoid } from '../../src/stats/models/logistic.ts';
import { createRandom, type Random } from '../../src/stats/random.ts';

const day = 86_400_000;

export interface Planted {
  rows?: number;
  seed?: number;
  /** Log-odds of winning, and of later life, of one account. */
  won?: (account: Account) => number;
  accepted?: (account: Account) => number;
  expanded?: (account: Account) => number;
  churned?: (account: Account) => number;
  /** Columns that are added in front of all others. */
  extra?: readonly { feature: Feature; column: readonly FeatureValue[] }[];
}

export interface Account {
  industry: string;
  growth: number;
  sequencer: 'present' | 'absent' | null;
  noise: number;
  colour: string;
  /** Of customers: how long the contract runs. */
  contract: string;
}

export function aFeature(key: string, type: Feature['type'], more: Partial<Feature> = {}): Feature {
  return { key, label: key, layer: 'firmographic', part: 'fit', type, field: key, ...more };
}

export const planted = (account: Account): number =>
  (account.industry === 'logistics' ? 1.6 : account.industry === 'retail' ? -1 : 0) +
  0.03 * (account.growth - 20) +
  (account.sequencer === 'absent' ? 0.4 : 0) -
  0.5;

/** A book whose truth is known: industry matters most, growth next, a sequencer a little, noise and colour not at all. */
export function aSet(options: Planted = {}): TrainingSet {
  const { rows = 1200, seed = 1 } = options;
  const random = createRandom(seed);
  const accounts = Array.from({ length: rows }, () => anAccount(random));
  const happens = (logOdds: number): 0 | 1 => (random.next() < sigmoid(logOdds) ? 1 : 0);
  const nothing = accounts.map(() => null);
  const won = accounts.map((account) => happens((options.won ?? planted)(account)));
  const reached: Record<Stage, (0 | 1 | null)[]> = {
    accepted: options.accepted ? accounts.map((account) => happens(options.accepted!(account))) : nothing,
    qualified: nothing,
    won,
    expanded: options.expanded ? accounts.map((account) => happens(options.expanded!(account))) : nothing,
  };
  const churned = options.churned
    ? accounts.map((account, row) => (won[row] === 1 ? happens(options.churned!(account)) : null))
    : nothing;
  const features = [
    ...(options.extra ?? []).map(({ feature }) => feature),
    aFeature('industry', 'category', { label: 'Industry' }),
    aFeature('growth', 'number', { label: 'Growth', unit: '%' }),
    aFeature('sequencer', 'flag', { label: 'Uses a sequencer', layer: 'technographic' }),
    aFeature('noise', 'number'),
    aFeature('colour', 'category'),
    aFeature('contract', 'category'),
  ];
  const columns: (readonly FeatureValue[])[] = [
    ...(options.extra ?? []).map(({ column }) => column),
    accounts.map(({ industry }) => industry),
    accounts.map(({ growth }) => growth),
    accounts.map(({ sequencer }) => sequencer),
    accounts.map(({ noise }) => noise),
    accounts.map(({ colour }) => colour),
    accounts.map(({ contract }) => contract),
  ];
  const table = { features, accountIds: accounts.map((_, row) => `a${row}`), columns };
  const events = (outcome: readonly (0 | 1 | null)[]): number => outcome.filter((value) => value === 1).length;
  const none = { features: [], accountIds: [], columns: [] };
  return {
    book: 'test',
    asOf: 400 * day,
    timeKind: 'dates',
    fit: { table, touchedAt: accounts.map((_, row) => row * 1000), reached, churned },
    timing: { table: none, fitRow: [], landmarkAt: [], won: [] },
    reference: table,
    counts: {
      accounts: rows,
      touched: rows,
      won: events(won),
      lost: rows - events(won),
      churnedAfterUse: events(churned),
      expanded: events(reached.expanded),
    },
    historyDays: 400,
    suspects: [],
  };
}

function anAccount(random: Random): Account {
  const pick = <T>(values: readonly T[]): T => values[random.integer(0, values.length - 1)]!;
  return {
    industry: pick(['logistics', 'retail', 'software', 'finance']),
    growth: Math.round(20 + 15 * random.normal()),
    sequencer: random.next() < 0.1 ? null : pick(['present', 'absent']),
    noise: random.normal(),
    colour: pick(['red', 'green', 'blue']),
    contract: pick(['month', 'year', 'years']),
  };
}
