import type { AccountFacts } from '../../src/icp/account-facts.ts';
import type { AnalysisSet } from '../../src/icp/analysis-set.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import type { Feature } from '../../src/icp/types.ts';
import type { CustomerTable } from '../../src/market/customer-table.ts';

const day = 86_400_000;
const asOf = Date.parse('2026-09-30');
const touchedAt = asOf - 900 * day;
const customerSince = asOf - 600 * day;

/** A customer table as an analysis sees it: every company touched long ago, its customers mature. */
export function customerSet(table: CustomerTable, seed: number): AnalysisSet {
  const ids = table.won.map((_, row) => `account-${row}`);
  const features = table.columns.map(
    ({ key, label, layer, type }): Feature => ({ key, label, layer, type, part: 'fit', field: key }),
  );
  const reached = { accepted: table.won, qualified: table.won, won: table.won, expanded: table.won.map(() => null) };
  const empty = { features: [], accountIds: [], columns: [] };
  const counts = { accounts: ids.length, touched: ids.length, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 };
  return {
    training: {
      ...{ book: 'main', asOf, timeKind: 'dates', counts, historyDays: 900, suspects: [], reference: empty },
      fit: {
        table: { features, accountIds: ids, columns: table.columns.map(({ values }) => values) },
        touchedAt: ids.map(() => touchedAt),
        ...{ reached, churned: ids.map(() => null) },
      },
      timing: { table: empty, fitRow: [], landmarkAt: [], won: [] },
    },
    accounts: ids.map((id, row) => factsOf(id, table.expanded[row]!)),
    model: modelOf(features),
    seed,
  };
}

function factsOf(id: string, expanded: 0 | 1 | null): AccountFacts {
  const isCustomer = expanded !== null;
  const since = isCustomer ? customerSince : null;
  const reachedAt = {
    ...{ accepted: since, qualified: since, won: since },
    expanded: expanded === 1 ? customerSince + 200 * day : null,
  };
  return {
    ...{ id, name: id, domain: null, ownerEmail: null, touchedAt, outcomes: [], reachedAt, isCustomer },
    ...{ customerSince: since, churns: [], leads: [], deals: [], customers: [], usage: [] },
  };
}

function modelOf(features: readonly Feature[]): IcpModel {
  const lever = { estimable: true, intercept: 0, borrowedShare: 0, events: 0, rows: 0 };
  return {
    ...{ book: 'main', kind: 'learned', standing: 'full', asOf, seed: 1, base: 0, layerCaps: null, detractor: null },
    criteria: features.map(({ key, label, layer, part, type, field }) => ({
      ...{ key, label, layer, part, type, field, weight: 1 / features.length, strength: 'bonus', bins: [] },
      causal: 'not tested',
    })),
    ...{ cuts: { primary: 700, nurture: 400 }, stageValues: { accepted: 22, qualified: 38, won: 58, expanded: 100 } },
    levers: { accepted: lever, qualified: lever, won: lever, expanded: lever },
    counts: { accounts: 0, touched: 0, won: 0, lost: 0, churnedAfterUse: 0, expanded: 0 },
    ...{ historyDays: null, outOfTime: null, suspects: [], warnings: [] },
  };
}
