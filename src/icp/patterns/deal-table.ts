import type { UnlearntSet } from '../analysis-set.ts';
import type { Opportunity } from '../history.ts';
import type { Feature, FeatureTable, FeatureValue, FieldValue, Instant } from '../types.ts';

/** One closed or open deal for new business, beside the account's row in the fit table. */
export interface DealRow {
  deal: Opportunity;
  row: number;
  openedAt: Instant;
  /** `null` while it is open. */
  closedAt: Instant | null;
}

export interface DealTable {
  /** Closed deals, in order of closing: features of the account and, as `deal.NAME`, of the deal itself. */
  table: FeatureTable;
  closed: readonly DealRow[];
  open: readonly DealRow[];
}

const mostLevels = 40;
/** A field that is filled for this much more of the won deals than of the lost (or the other way) was filled by the end. */
const filledByTheEnd = 0.15;
const fewestFilled = 0.2;
const notConditions = /owner|name|email|(^|_)id$|reason|dark|outcome|stage|status|quote|list_?price/i;

/**
 * The deals for new business as rows: what the account is like, and what is known of the deal itself (stakeholders, amount,
 * any further column of the source).
 *
 * A column of the deal that mainly one outcome fills, or that says how it ended, is left out: it would be the outcome in other words.
 */
export function dealTable(set: UnlearntSet): DealTable {
  const { fit } = set.training;
  const rowOf = new Map(fit.table.accountIds.map((id, row) => [id, row]));
  const all = set.accounts.flatMap(({ id, deals }) =>
    deals.flatMap((deal): DealRow[] => {
      const row = rowOf.get(id);
      const openedAt = deal.createdAt ?? deal.closedAt;
      if (row === undefined || deal.type !== 'new' || openedAt === null) return [];
      return [
        {
          deal,
          row,
          openedAt,
          closedAt: deal.outcome === 'open' ? null : (deal.closedAt ?? deal.closeDate ?? openedAt),
        },
      ];
    }),
  );
  const closed = all
    .filter(({ closedAt }) => closedAt !== null)
    .sort((a, b) => (a.closedAt ?? 0) - (b.closedAt ?? 0) || (a.deal.id < b.deal.id ? -1 : 1));
  const own = dealColumns(closed);
  return {
    closed,
    open: all.filter(({ closedAt }) => closedAt === null),
    table: {
      features: [...fit.table.features, ...own.map(({ feature }) => feature)],
      accountIds: closed.map(({ row }) => fit.table.accountIds[row]!),
      columns: [
        ...fit.table.columns.map((column) => closed.map(({ row }) => column[row] ?? null)),
        ...own.map(({ column }) => column),
      ],
    },
  };
}

/** The value of a deal's own field under its feature's key, for matching patterns. */
export function dealValue(deal: Opportunity, key: string): FeatureValue {
  const name = key.replace(/^deal\./, '');
  const value =
    name === 'stakeholders' ? deal.stakeholders : name === 'amount' ? deal.amount : (deal.more[name] ?? null);
  return asFeature(value);
}

function dealColumns(closed: readonly DealRow[]): { feature: Feature; column: FeatureValue[] }[] {
  const names = new Set(closed.flatMap(({ deal }) => Object.keys(deal.more)));
  const fields = ['stakeholders', 'amount', ...[...names].filter((name) => !notConditions.test(name)).sort()];
  return fields.flatMap((name) => {
    const key = `deal.${name}`;
    const column = closed.map(({ deal }) => dealValue(deal, key));
    const feature = featureOf(name, key, column);
    return feature === null || isFilledByTheEnd(closed, column)
      ? []
      : [{ feature, column: asType(column, feature.type) }];
  });
}

function featureOf(name: string, key: string, column: readonly FeatureValue[]): Feature | null {
  const known = column.filter((value) => value !== null);
  if (known.length < fewestFilled * column.length) return null;
  const numbers = known.every((value) => typeof value === 'number');
  const levels = new Set(known.map(String));
  if (levels.size < 2 || (!numbers && levels.size > mostLevels)) return null;
  const flag = [...levels].every((level) => level === 'present' || level === 'absent');
  const words = name.replaceAll('_', ' ');
  const label = words.charAt(0).toUpperCase() + words.slice(1);
  return {
    key,
    label,
    layer: 'behavioural',
    part: 'fit',
    type: numbers ? 'number' : flag ? 'flag' : 'category',
    field: key,
  };
}

function asType(column: readonly FeatureValue[], type: Feature['type']): FeatureValue[] {
  return column.map((value) => (value === null || type === 'number' ? value : String(value)));
}

function isFilledByTheEnd(closed: readonly DealRow[], column: readonly FeatureValue[]): boolean {
  const share = (outcome: 'won' | 'lost') => {
    const rows = [...closed.keys()].filter((at) => closed[at]!.deal.outcome === outcome);
    return rows.filter((at) => column[at] !== null).length / Math.max(rows.length, 1);
  };
  return Math.abs(share('won') - share('lost')) > filledByTheEnd;
}

function asFeature(value: FieldValue): FeatureValue {
  if (value === null || typeof value === 'number') return value;
  if (typeof value === 'boolean') return value ? 'present' : 'absent';
  if (typeof value !== 'string') return value.join(', ');
  const text = value.trim();
  if (text === '') return null;
  if (/^(true|yes|y)$/i.test(text)) return 'present';
  if (/^(false|no|n)$/i.test(text)) return 'absent';
  const number = Number(text);
  return Number.isFinite(number) ? number : text;
}
