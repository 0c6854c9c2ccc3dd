import { fitAdditiveLogistic, predictLogOdds } from '../../stats/models/additive-logistic.ts';
import { binnedRows, pickRows } from '../../stats/models/binned-rows.ts';
import { dayMs } from '../features/calendar.ts';
import { binFeatures, binRows } from '../fit-bins.ts';
import { pickTable } from '../fit-learnt.ts';
import type { TrainingSet } from '../training-set.ts';
import type { Instant } from '../types.ts';
import type { CustomerLife } from './customer-lives.ts';
import type { LifeEvent } from './life-rows.ts';

const folds = 5;
const fewestEvents = 20;
const penalties = { ridge: 8, smooth: 8 };
const oldEnoughDays = 365;

/**
 * How much each customer looked, before it was one, like those to whom the event happened: log-odds, by place of the account.
 *
 * The published table has seen every customer's end, so a forecast judged with its help would flatter itself. This is
 * learnt of the same rows, but from what was known at `cutoff`, and for each account from other accounts only.
 * `NaN` for accounts without a row, and everywhere where fewer than 20 events are known.
 */
export function profileRisk(
  { fit: { table } }: Pick<TrainingSet, 'fit'>,
  lives: readonly CustomerLife[],
  event: LifeEvent,
  cutoff: Instant,
): Float64Array {
  const accounts = lives.reduce((most, { account }) => Math.max(most, account + 1), 0);
  const risk = new Float64Array(accounts).fill(Number.NaN);
  const rowOf = new Map(table.accountIds.map((id, row) => [id, row]));
  const known = new Map<number, { row: number; label: 0 | 1 | null }>();
  for (const life of lives) {
    const row = rowOf.get(life.facts.id);
    if (row === undefined || life.startedAt > cutoff) continue;
    const next = event.nextAt(life, life.startedAt);
    const happened = next !== null && next <= cutoff;
    const isOld = cutoff - life.startedAt >= oldEnoughDays * dayMs;
    const label = happened || known.get(life.account)?.label === 1 ? 1 : isOld ? 0 : null;
    known.set(life.account, { row, label });
  }
  const places = [...known.keys()];
  const events = places.filter((place) => known.get(place)?.label === 1).length;
  const labelled = places.filter((place) => known.get(place)?.label !== null);
  if (events < fewestEvents || labelled.length - events < fewestEvents) return risk;

  const mine = pickTable(
    table,
    Uint32Array.from(places, (place) => known.get(place)!.row),
  );
  const binned = binFeatures(mine, 6);
  const x = binnedRows(
    binRows(mine, binned).map((cells, f) => cells.map((bin) => (bin < 0 ? binned[f]!.matches.length : bin))),
    binned.map(({ matches }) => matches.length + 1),
    binned.map(({ ordered }) => ordered),
    places.length,
  );
  for (let fold = 0; fold < folds; fold++) {
    const inFold = (at: number) => places[at]! % folds === fold;
    const own = Uint32Array.from(places.keys()).filter(inFold);
    const others = Uint32Array.from(places.keys()).filter(
      (at) => !inFold(at) && known.get(places[at]!)?.label !== null,
    );
    const outcome = Uint8Array.from(others, (at) => known.get(places[at]!)?.label ?? 0);
    const forecast = predictLogOdds(pickRows(x, own), fitAdditiveLogistic(pickRows(x, others), outcome, penalties));
    for (const [nth, at] of own.entries()) risk[places[at]!] = forecast[nth]!;
  }
  return risk;
}
