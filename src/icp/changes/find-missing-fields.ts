import { createRandom } from '../../stats/random.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { type BinnedAccounts, type CompiledTable, compileTable } from '../compile-table.ts';
import { rateOf } from '../rates.ts';
import type { Layer, Rate } from '../types.ts';
import { enrichableFields } from './enrichable-fields.ts';

/** What it is worth to fill in a field for all accounts that lack it. */
export interface MissingField {
  field: string;
  label: string;
  layer: Layer;
  /** Accounts of which nothing is known of it. */
  missing: Rate;
  /** Points, up or down, that the score of such an account would move on average. */
  meanChange: number;
  /** Share of such accounts that would be in another tier. */
  tierFlip: Rate;
  /** Accounts that would be in another tier, all in all. */
  accountsMoved: number;
}

export interface MissingFieldFindings {
  /** Accounts that are not customers. */
  accounts: number;
  /** The field that would move most accounts to another tier first. */
  fields: readonly MissingField[];
  /** Fields that too few accounts have for anything to be said. */
  cannotTell: readonly string[];
}

/** So many accounts with a known value stand for what a field may turn out to be. */
const donors = 40;
/** Accounts that lack a field and are asked: a sample, where there are more. */
const mostAsked = 4_000;
/** With fewer known values, what a field may turn out to be is anybody's guess. */
const fewestKnown = 20;

/** What it reads of an analysis. */
type Findable = Pick<AnalysisSet, 'model' | 'seed'> & { training: Pick<AnalysisSet['training'], 'reference'> };

/**
 * Which missing field it would be worth most to fill in, for the whole book.
 *
 * Each account that lacks a field borrows it from accounts that have it, a few dozen in turn, and is scored with what they
 * have. Criteria that read one field are borrowed together, so what goes together stays together.
 */
export function findMissingFields({ training, model, seed }: Findable): MissingFieldFindings {
  const { reference } = training;
  const accounts = reference.accountIds.length;
  const table = compileTable(model);
  const binned = table.bin(reference);
  const now = table.score(binned);
  const place = new Map(reference.features.map(({ key }, nth) => [key, nth]));
  const fields: MissingField[] = [];
  const cannotTell: string[] = [];
  for (const { field, label, layer, at } of enrichableFields(model)) {
    const own = at.flatMap((nth) => {
      const column = reference.columns[place.get(model.criteria[nth]?.key ?? '') ?? -1];
      return column === undefined ? [] : [column];
    });
    const lacking: number[] = [];
    const known: number[] = [];
    for (let row = 0; row < accounts; row += 1) {
      const isKnown = own.some((column) => (column[row] ?? null) !== null);
      (isKnown ? known : lacking).push(row);
    }
    if (lacking.length === 0) continue;
    if (known.length < fewestKnown) {
      cannotTell.push(field);
      continue;
    }
    const random = createRandom(seed).fork('missing fields').fork(field);
    const lenders = random.shuffle(known).slice(0, donors);
    const asked = random.shuffle(lacking).slice(0, mostAsked);
    const { moved, flips } = lendTo(table, binned, now, { lacking: asked, lenders, at });
    const tries = asked.length * lenders.length;
    const flipping = rateOf(flips / lenders.length, asked.length);
    const missing = rateOf(lacking.length, accounts);
    if (flipping === null || missing === null) continue;
    fields.push({
      ...{ field, label, layer },
      missing,
      meanChange: Math.round(moved / tries) / 10,
      tierFlip: flipping,
      accountsMoved: Math.round(flipping.v * lacking.length),
    });
  }
  fields.sort(
    (a, b) => b.accountsMoved - a.accountsMoved || b.meanChange - a.meanChange || (a.field < b.field ? -1 : 1),
  );
  return { accounts, fields, cannotTell: cannotTell.sort() };
}

/** Scores every account that lacks a field with what each lender has in its place. */
function lendTo(
  table: CompiledTable,
  binned: BinnedAccounts,
  now: ReturnType<CompiledTable['score']>,
  { lacking, lenders, at }: { lacking: readonly number[]; lenders: readonly number[]; at: readonly number[] },
): { moved: number; flips: number } {
  const lent = new Set(at);
  const columns = binned.columns.map((column) => Uint16Array.from(lacking, (row) => column[row] ?? 0));
  let moved = 0;
  let flips = 0;
  for (const lender of lenders) {
    for (const nth of lent) columns[nth]?.fill(binned.columns[nth]?.[lender] ?? 0);
    const { score, tier } = table.score({ rows: lacking.length, columns });
    for (let nth = 0; nth < lacking.length; nth += 1) {
      const row = lacking[nth] ?? 0;
      moved += Math.abs((score[nth] ?? 0) - (now.score[row] ?? 0));
      if (tier[nth] !== now.tier[row]) flips += 1;
    }
  }
  return { moved, flips };
}
