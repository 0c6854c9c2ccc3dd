import { rateOf } from '../rates.ts';
import { round } from '../round.ts';
import type { ScoreSupport } from '../score-support.ts';
import type { DryRun, MovedAccount, ReachAndPrecision, Tier } from './dry-run.ts';
import { tierAlarms } from './tier-alarms.ts';

/** What one table says of an account today. */
export interface Verdict {
  /** Tenths of a point. */
  score: number;
  tier: Tier;
  flagged: boolean;
  segment: string | null;
  /** What stands behind it, where that is known to be low evidence. */
  support?: ScoreSupport;
}

/** What a dry run has to know of an account, whatever the table. */
export interface DryRunAccount {
  id: string;
  name: string;
  ownerEmail: string | null;
  region: string | null;
  isCustomer: boolean;
  /** What its open deals amount to. */
  openPipeline: number;
}

/** An account that is old enough to tell how it went, under one table as of the day before it was first met. */
export interface TestedAccount {
  won: boolean;
}

export interface DryRunInput {
  asOf: string;
  importId: number;
  band: DryRun['band'];
  accounts: readonly DryRunAccount[];
  tested: readonly TestedAccount[];
}

/** What one table says: `today[i]` of `accounts[i]`, `asFirstMet[i]` of `tested[i]`. */
export interface TableVerdicts {
  today: readonly Verdict[];
  asFirstMet: readonly Pick<Verdict, 'score' | 'tier'>[];
}

const mostNamed = 10;
const curveShares = [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5] as const;
const tiers = [1, 2, 3] as const;

/** What comes of putting one table in the place of another, counted account by account. */
export function dryRunOf(input: DryRunInput, before: TableVerdicts, after: TableVerdicts): DryRun {
  const { accounts, asOf, importId, band } = input;
  const moved = accounts.flatMap((account, at): MovedWith[] => {
    const [was, is] = [before.today[at]!, after.today[at]!];
    if (was.tier === is.tier) return [];
    const { id, name, ownerEmail } = account;
    const { support } = was;
    const scores = { before: was.score / 10, ...(support === undefined ? {} : { support }), after: is.score / 10 };
    return [{ account, told: { id, name, ownerEmail, from: was.tier, to: is.tier, ...scores } }];
  });
  const up = moved.filter(({ told }) => told.to < told.from);
  const down = moved.filter(({ told }) => told.to > told.from);
  const tam = tamOf(accounts, before.today, after.today);
  return {
    asOf,
    importId,
    accounts: accounts.length,
    moves: movesOf(moved),
    byOwner: countBy(moved, ({ ownerEmail }) => ownerEmail).map(([owner, counts]) => ({ owner, ...counts })),
    byRegion: countBy(moved, ({ region }) => region).map(([region, counts]) => ({ region, ...counts })),
    up: furthest(up),
    down: furthest(down),
    pipeline: { up: pipelineOf(up), down: pipelineOf(down) },
    tam,
    band,
    alarms: tierAlarms(tam, band, 'would come'),
    tested: testedOf(input.tested, before.asFirstMet, after.asFirstMet),
    writes: writesOf(before.today, after.today),
  };
}

interface MovedWith {
  account: DryRunAccount;
  told: MovedAccount;
}

function movesOf(moved: readonly MovedWith[]): DryRun['moves'] {
  return tiers.flatMap((from) =>
    tiers.flatMap((to) => {
      const accounts = moved.filter(({ told }) => told.from === from && told.to === to).length;
      return accounts === 0 ? [] : [{ from, to, accounts }];
    }),
  );
}

function countBy<Key extends string | null>(
  moved: readonly MovedWith[],
  keyOf: (account: DryRunAccount) => Key,
): [Key, { up: number; down: number }][] {
  const groups = Map.groupBy(moved, ({ account }) => keyOf(account));
  return [...groups]
    .map(([key, all]): [Key, { up: number; down: number }] => {
      const up = all.filter(({ told }) => told.to < told.from).length;
      return [key, { up, down: all.length - up }];
    })
    .sort(([a, left], [b, right]) => right.up + right.down - left.up - left.down || ((a ?? '') < (b ?? '') ? -1 : 1));
}

function furthest(moved: readonly MovedWith[]): MovedAccount[] {
  const distance = ({ before, after }: MovedAccount) => Math.abs(after - before);
  return moved
    .map(({ told }) => told)
    .sort((left, right) => distance(right) - distance(left) || (left.id < right.id ? -1 : 1))
    .slice(0, mostNamed);
}

function pipelineOf(moved: readonly MovedWith[]): { accounts: number; amount: number } {
  const open = moved.filter(({ account }) => account.openPipeline > 0);
  return {
    accounts: open.length,
    amount: round(
      open.reduce((sum, { account }) => sum + account.openPipeline, 0),
      2,
    ),
  };
}

function tamOf(accounts: readonly DryRunAccount[], before: readonly Verdict[], after: readonly Verdict[]) {
  const market = accounts.flatMap(({ isCustomer }, at) => (isCustomer ? [] : [at]));
  return tiers.map((tier) => {
    const was = market.filter((at) => before[at]!.tier === tier).length;
    const is = market.filter((at) => after[at]!.tier === tier).length;
    const share = (count: number) => (market.length === 0 ? 0 : round(count / market.length, 4));
    return { tier, before: was, after: is, shareBefore: share(was), shareAfter: share(is) };
  });
}

function testedOf(
  tested: readonly TestedAccount[],
  before: TableVerdicts['asFirstMet'],
  after: TableVerdicts['asFirstMet'],
): DryRun['tested'] {
  const best = (scored: TableVerdicts['asFirstMet']) =>
    scored.map((_, at) => at).sort((a, b) => scored[b]!.score - scored[a]!.score);
  const [byOld, byNew] = [best(before), best(after)];
  const precision = (order: readonly number[], share: number) => {
    const taken = order.slice(0, Math.round(share * order.length));
    return taken.length === 0 ? 0 : round(taken.filter((at) => tested[at]!.won).length / taken.length, 4);
  };
  return {
    accounts: tested.length,
    won: tested.filter(({ won }) => won).length,
    before: tierOne(tested, before),
    after: tierOne(tested, after),
    curve:
      tested.length === 0
        ? []
        : curveShares.map((share) => ({ share, before: precision(byOld, share), after: precision(byNew, share) })),
  };
}

function tierOne(tested: readonly TestedAccount[], scored: TableVerdicts['asFirstMet']): ReachAndPrecision {
  const inside = tested.filter((_, at) => scored[at]!.tier === 1);
  return {
    reach: rateOf(inside.length, tested.length),
    precision: rateOf(inside.filter(({ won }) => won).length, inside.length),
  };
}

function writesOf(before: readonly Verdict[], after: readonly Verdict[]): DryRun['writes'] {
  const fields = { score: 0, tier: 0, segment: 0, detractor_flag: 0 };
  let accounts = 0;
  for (const [at, was] of before.entries()) {
    const is = after[at]!;
    const changed = {
      score: was.score !== is.score,
      tier: was.tier !== is.tier,
      segment: was.segment !== is.segment,
      detractor_flag: was.flagged !== is.flagged,
    };
    if (Object.values(changed).some(Boolean)) accounts += 1;
    for (const name of ['score', 'tier', 'segment', 'detractor_flag'] as const) if (changed[name]) fields[name] += 1;
  }
  return { accounts, fields };
}
