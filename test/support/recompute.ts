import { z } from 'zod';

/**
 * A score from the published table and a row of features, by somebody who has read only the contract.
 *
 * Nothing of Lodestar is used: this is what a warehouse, a spreadsheet or an auditor would write.
 */
const bin = z.object({
  match: z.union([
    z.object({ kind: z.literal('range'), from: z.number().nullable(), to: z.number().nullable() }),
    z.object({ kind: z.literal('is'), values: z.array(z.string()) }),
    z.object({ kind: z.enum(['other', 'unknown']) }),
  ]),
  columns: z.array(z.string()),
  points: z.number(),
  churn: z.number(),
});
export const publishedTable = z.object({
  base: z.number(),
  cuts: z.object({ primary: z.number(), nurture: z.number() }),
  layerCaps: z.record(z.string(), z.number()).nullable(),
  derived: z.array(z.object({ key: z.string(), of: z.array(z.string()), atLeast: z.number() })),
  detractor: z.object({ intercept: z.number(), baseOdds: z.number(), k: z.number(), flagAt: z.number() }).nullable(),
  criteria: z.array(z.object({ key: z.string(), type: z.string(), layer: z.string(), bins: z.array(bin) })),
});
export type PublishedTable = z.infer<typeof publishedTable>;
type PublishedCriterion = PublishedTable['criteria'][number];

/** Cells of an account by column: a number, or `null` where it is blank. */
export type Row = Readonly<Record<string, number | null>>;

export function recompute(
  table: PublishedTable,
  row: Row,
): { score: number; positive: number; match: number; tier: number } {
  const layers = new Map<string, number>();
  let churn = table.detractor === null ? 0 : thousandths(table.detractor.intercept);
  for (const criterion of table.criteria) {
    const hit = binOf(table, criterion, row);
    if (hit === undefined) continue;
    layers.set(criterion.layer, (layers.get(criterion.layer) ?? 0) + tenths(hit.points));
    churn += thousandths(hit.churn);
  }
  let positive = tenths(table.base);
  for (const [layer, points] of layers) {
    const cap = table.layerCaps?.[layer];
    positive += cap === undefined ? points : Math.min(points, tenths(cap));
  }
  positive = Math.min(1000, Math.max(0, positive));
  let match = 0;
  let multiplier = 1000;
  let flagged = false;
  if (table.detractor !== null) {
    const odds = Math.exp(churn / 1000);
    const { baseOdds, k, flagAt } = table.detractor;
    match = Math.max(0, Math.round((1000 * (odds - baseOdds)) / (odds + baseOdds)));
    multiplier = Math.round(1000 - k * match);
    flagged = match >= thousandths(flagAt);
  }
  const score = Math.floor((2 * positive * multiplier + 1000) / 2000);
  const tier = score > tenths(table.cuts.primary) ? 1 : score >= tenths(table.cuts.nurture) ? 2 : 3;
  return { score: score / 10, positive: positive / 10, match: match / 1000, tier: flagged ? Math.max(2, tier) : tier };
}

function binOf(table: PublishedTable, criterion: PublishedCriterion, row: Row) {
  const made = table.derived.find(({ key }) => key === criterion.key);
  const flag = made === undefined ? (row[criterion.key] ?? null) : derivedFlag(made, row);
  const isFlag = made !== undefined || criterion.type === 'flag';
  const holding = criterion.bins.find(({ match, columns }) => {
    switch (match.kind) {
      case 'range': {
        const cell = row[columns[0] ?? ''] ?? null;
        return cell !== null && (match.from === null || cell >= match.from) && (match.to === null || cell < match.to);
      }
      case 'is':
        if (isFlag) return flag !== null && match.values.includes(flag === 1 ? 'present' : 'absent');
        return columns.some((column) => row[column] === 1);
      case 'unknown':
        return isFlag ? flag === null : columns.every((column) => (row[column] ?? null) === null);
      default:
        return false;
    }
  });
  if (holding !== undefined) return holding;
  const other = criterion.bins.find(({ match }) => match.kind === 'other');
  const known = isFlag ? flag !== null : (other?.columns ?? []).some((column) => (row[column] ?? null) !== null);
  return known ? other : undefined;
}

function derivedFlag({ of, atLeast }: { of: readonly string[]; atLeast: number }, row: Row): 0 | 1 | null {
  const present = of.filter((column) => row[column] === 1).length;
  const unknown = of.filter((column) => (row[column] ?? null) === null).length;
  return present >= atLeast ? 1 : present + unknown < atLeast ? 0 : null;
}

const tenths = (printed: number) => Math.round(printed * 10);
const thousandths = (printed: number) => Math.round(printed * 1000);
