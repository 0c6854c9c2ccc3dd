import { analysisJob } from '../../src/engine/compute/analysis-job.ts';
import type { AccountFacts } from '../../src/icp/account-facts.ts';
import { factsOf } from '../../src/icp/account-facts.ts';
import type { AnalysisSet } from '../../src/icp/analysis-set.ts';
import { createTrainingSetBuilder } from '../../src/icp/build-training-set.ts';
import { findSuspects } from '../../src/icp/find-suspects.ts';
import { withoutFields } from '../../src/icp/without-fields.ts';
import { type GeneratedMarket, generateMarket, type MarketOptions } from '../../src/market/generate.ts';
import { marketHistories } from './market-histories.ts';

export interface AnalysisSetOptions extends MarketOptions {
  /** Read the customers' usage, which is a third of the time; on when absent. */
  usage?: boolean;
  /** Read the signals, which are most of the time; off when absent. */
  signals?: boolean;
}

/** What an analysis of a planted market sees, and the truth about it: in memory, without files or a database. */
export function analysisSetOf({ usage = true, signals = false, ...options }: AnalysisSetOptions = {}): AnalysisSet & {
  market: GeneratedMarket;
} {
  const market = generateMarket(options);
  const asOf = Date.parse(market.answerKey.until) + 86_400_000;
  const leaveOut = [
    ...(['contacts'] as const),
    ...(usage ? [] : (['usage'] as const)),
    ...(signals ? [] : (['signals'] as const)),
  ];
  const { histories, fields } = marketHistories(market, { now: asOf, leaveOut });
  const seed = options.seed ?? 1;
  const book = { book: 'main', timeKind: 'dates' as const, asOf };
  const job = analysisJob({ ...book, seed, fields, allowed: [], hypothesis: null });
  job.add(0, histories);
  job.add(1, histories);
  const { model, catalogue } = job.finish(() => {});
  const rows = createTrainingSetBuilder({ ...book, catalogue });
  const accounts: AccountFacts[] = [];
  for (const history of histories) {
    rows.add(history);
    const facts = factsOf(history, book);
    if (facts !== null) accounts.push(facts);
  }
  const all = rows.finish();
  const training = withoutFields(all, findSuspects(all));
  return { training, accounts: accounts.sort((a, b) => (a.id < b.id ? -1 : 1)), model, seed, market };
}
