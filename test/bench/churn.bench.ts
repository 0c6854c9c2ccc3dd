import { parseArgs } from 'node:util';
import { factsOf } from '../../src/icp/account-facts.ts';
import type { AnalysisSet } from '../../src/icp/analysis-set.ts';
import { createTrainingSetBuilder } from '../../src/icp/build-training-set.ts';
import { buildCatalogue } from '../../src/icp/features/catalogue.ts';
import { findSuspects } from '../../src/icp/find-suspects.ts';
import type { AlertRecord } from '../../src/icp/life/judge-alerts.ts';
import { type ExpansionFindings, predictExpansion } from '../../src/icp/life/predict-expansion.ts';
import { type ChurnWatchFindings, watchChurn } from '../../src/icp/life/watch-churn.ts';
import type { Rate } from '../../src/icp/types.ts';
import { withoutFields } from '../../src/icp/without-fields.ts';
import { generateMarket } from '../../src/market/generate.ts';
import type { SizeName } from '../../src/market/sizes.ts';
import { wilsonInterval } from '../../src/stats/intervals/wilson-interval.ts';
import { aBookOfCustomers } from '../icp/life/a-book-of-customers.ts';
import { aModel } from '../support/a-model.ts';
import { marketHistories } from '../support/market-histories.ts';

/**
 * How well churn and expansion are foretold on planted markets, and how often where there is nothing to foretell; as lines of
 * markdown. `node test/bench/churn.bench.ts --seeds 5 --nothing 100 --size mid`
 */
export function* benchChurn(options: { seeds: number; nothing: number; size: SizeName }): Generator<string> {
  const { seeds, nothing, size } = options;
  const found: { churn: ChurnWatchFindings; expansion: ExpansionFindings }[] = [];
  yield '| seed | customers | left | alerts | right | lead, days | caught | by falling use: right | lead | caught | churn AUC | expansion AUC | top ten | by growth | CPU s |';
  yield '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|';
  for (let seed = 1; seed <= seeds; seed++) {
    const set = customersOf(size, seed);
    const before = process.cpuUsage();
    const churn = watchChurn(set);
    const expansion = predictExpansion(set);
    const { user, system } = process.cpuUsage(before);
    found.push({ churn, expansion });
    const alerts = churn.judged?.alerts;
    const cells = [
      ...[seed, churn.customers, churn.events, alerts?.learned.alerts ?? 0],
      ...recordCells(alerts?.learned),
      ...recordCells(alerts?.usageDecay),
      ...[ratio(churn.judged?.auc), ratio(expansion.judged?.auc)],
      ...[share(expansion.judged?.topTen), share(expansion.judged?.topTenOfGrowth)],
      ((user + system) / 1e6).toFixed(1),
    ];
    yield `| ${cells.join(' | ')} |`;
  }
  const judged = found.flatMap(({ churn }) => (churn.judged === null ? [] : [churn.judged.alerts]));
  if (judged.length > 0) {
    for (const [name, key] of [
      ['Learned', 'learned'],
      ['Falling use alone', 'usageDecay'],
    ] as const) {
      const records = judged.map((alerts) => alerts[key]);
      const leads = records.flatMap(({ leadDays }) => (leadDays === null ? [] : [leadDays.v]));
      yield `\n${name}, all seeds: right ${pooled(records.map(({ precision }) => precision))}, caught ${pooled(records.map(({ caught }) => caught))}, median lead ${middle(leads)} days (seeds from ${Math.min(...leads)} to ${Math.max(...leads)})`;
    }
    yield `\nTop ten of expansion, all seeds: ${pooled(found.map(({ expansion }) => expansion.judged?.topTen ?? null))}, by growth alone ${pooled(found.map(({ expansion }) => expansion.judged?.topTenOfGrowth ?? null))}`;
  }
  if (nothing > 0) yield `\n${foundInNothing(nothing)}`;
}

/** Customers who leave and buy more out of the blue: whatever is found in them is invented. */
function foundInNothing(books: number): string {
  let churn = 0;
  let expansion = 0;
  for (let seed = 1; seed <= books; seed++) {
    const set = aBookOfCustomers({ n: 400, seed });
    if (watchChurn(set).method === 'learned') churn++;
    if (predictExpansion(set).method === 'learned') expansion++;
  }
  return `Where nothing foretells it: churn ranked in ${churn} and expansion in ${expansion} of ${books} books`;
}

/** The customers of a planted market. The rest of it is left out: it takes a minute to learn from, and nothing here reads it. */
function customersOf(size: SizeName, seed: number): AnalysisSet {
  const market = generateMarket({ size, seed });
  const asOf = Date.parse(market.answerKey.until) + 86_400_000;
  const read = marketHistories(market, { now: asOf, leaveOut: ['contacts', 'signals', 'leads'] });
  const histories = read.histories.filter(({ customers }) => customers.length > 0);
  const book = { book: 'main', timeKind: 'dates' as const, asOf };
  const catalogue = buildCatalogue(histories, { ...book, fields: read.fields });
  const rows = createTrainingSetBuilder({ ...book, catalogue });
  for (const history of histories) rows.add(history);
  const all = rows.finish();
  return {
    training: withoutFields(all, findSuspects(all)),
    accounts: histories.flatMap((history) => factsOf(history, book) ?? []).sort((a, b) => (a.id < b.id ? -1 : 1)),
    model: aModel(),
    seed,
  };
}

function recordCells(record: AlertRecord | undefined): string[] {
  const { leadDays } = record ?? { leadDays: null };
  const lead = leadDays === null ? 'none' : `${leadDays.v} (${leadDays.low} to ${leadDays.high})`;
  return [share(record?.precision), lead, share(record?.caught)];
}

function share(rate: Rate | null | undefined): string {
  if (rate === null || rate === undefined) return 'none';
  const percent = (value: number) => Math.round(100 * value);
  return `${percent(rate.v)} % (${percent(rate.low)} to ${percent(rate.high)}, n = ${rate.n})`;
}

function ratio(rate: Rate | null | undefined): string {
  return rate === null || rate === undefined
    ? 'none'
    : `${rate.v.toFixed(2)} (${rate.low.toFixed(2)} to ${rate.high.toFixed(2)})`;
}

function pooled(rates: readonly (Rate | null)[]): string {
  const known = rates.filter((rate) => rate !== null);
  const n = known.reduce((sum, rate) => sum + rate.n, 0);
  const hits = Math.round(known.reduce((sum, rate) => sum + rate.v * rate.n, 0));
  return n === 0 ? 'none' : share({ v: hits / n, ...wilsonInterval(hits, n), n });
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '3' },
      nothing: { type: 'string', default: '20' },
      size: { type: 'string', default: 'mid' },
    },
  });
  const size = values.size === 'box' || values.size === 'small' ? values.size : 'mid';
  for (const line of benchChurn({ seeds: Number(values.seeds), nothing: Number(values.nothing), size }))
    process.stdout.write(`${line}\n`);
}
