import type { Random } from '../../stats/random.ts';
import type { UnlearntSet } from '../analysis-set.ts';
import { rateOf } from '../rates.ts';
import { quarterNumberOf } from '../segments/quarter-numbers.ts';
import type { FeatureTable } from '../types.ts';
import { matchesPattern } from './condition.ts';
import { cycleOf, dealFigures } from './deal-figures.ts';
import { type DealRow, type DealTable, dealValue } from './deal-table.ts';
import { describePattern } from './describe-pattern.ts';
import { additiveDesign, expectedRates } from './expected-rate.ts';
import { conditionTable } from './search-columns.ts';
import { twoStageSearch } from './two-stage-search.ts';
import type { Pattern } from './types.ts';

const groups = 8;
/** Won less often than this among closed deals is not worth a rep's time. */
const hardlyEver = 0.1;

/** Which closed deals were lost, and how likely that was by the account's traits, one by one. */
export interface Losses {
  lost: Uint8Array;
  expected: Float64Array;
}

/** What each closed deal's account lets expect, by a table that never saw the deal. */
export function expectLosses({ closed, table }: DealTable, random: Random): Losses {
  const lost = Uint8Array.from(closed, ({ deal }) => (deal.outcome === 'lost' ? 1 : 0));
  const kept = [...table.features.keys()].filter((at) => !table.features[at]!.key.startsWith('deal.'));
  const accounts: FeatureTable = {
    features: kept.map((at) => table.features[at]!),
    accountIds: table.accountIds,
    columns: kept.map((at) => table.columns[at]!),
  };
  const design = additiveDesign(accounts, new Uint16Array(closed.length));
  return { lost, expected: expectedRates(design, lost, Uint32Array.from(closed.keys()), random) };
}

/** Conditions of deals and their accounts that deals are lost by, beyond what the account's traits one by one let expect. */
export function findLossPatterns(set: UnlearntSet, deals: DealTable, losses: Losses, random: Random): Pattern[] {
  const { closed, open, table } = deals;
  if (closed.length < 40) return [];
  const { lost: outcome, expected } = losses;
  const conditions = conditionTable(table, groups);
  const quarter = Int32Array.from(closed, ({ closedAt }) => quarterNumberOf(closedAt ?? 0));
  const found = twoStageSearch({ table: conditions, outcome, expected, quarter }, random);
  const overall = dealFigures(closed, open, set.training.asOf);
  const place = new Map(set.training.fit.table.features.map(({ key }, at) => [key, at]));
  const read =
    ({ deal, row }: DealRow) =>
    (key: string) =>
      key.startsWith('deal.')
        ? dealValue(deal, key)
        : (set.training.fit.table.columns[place.get(key) ?? -1]?.[row] ?? null);
  return found.map((one) => {
    const said = describePattern('loss', conditions, outcome, one);
    const mine = Array.from(one.members, (at) => closed[at]!);
    const stillOpen = open.filter((deal) => matchesPattern(said, read(deal)));
    const figures = dealFigures(mine, stillOpen, set.training.asOf);
    return {
      ...said,
      ...figures,
      overallWinRate: overall.winRate ?? rateOf(0, 1),
      overallCycle: cycleOf(closed),
      recommendation: recommend(figures),
    };
  });
}

function recommend({ winRate, priceRealised }: Pick<Pattern, 'winRate' | 'priceRealised'>): Pattern['recommendation'] {
  if ((winRate?.high ?? 0) < hardlyEver) {
    return { act: 'filter', text: 'Filter: qualify these out before anybody spends time on them' };
  }
  const cheap = priceRealised !== null && priceRealised.median < 0.8;
  return {
    act: 'playbook',
    text: cheap
      ? 'Playbook: agree on the decision process and a floor for the price before the first proposal'
      : 'Playbook: name the decision process and a next step with a date at every call, or let go early',
  };
}
