import type { AccountFacts } from '../../../src/icp/account-facts.ts';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import type { Opportunity } from '../../../src/icp/history.ts';
import type { Feature, FeatureValue } from '../../../src/icp/types.ts';
import { createRandom } from '../../../src/stats/random.ts';
import { aCriterion, aModel } from '../../support/a-model.ts';

const day = 86_400_000;
const asOf = Date.UTC(2026, 9, 1);

const features: Feature[] = [
  { key: 'industry', label: 'Industry', layer: 'firmographic', part: 'fit', type: 'category', field: 'industry' },
  { key: 'employees', label: 'Employees', layer: 'firmographic', part: 'fit', type: 'number', field: 'employees' },
  { key: 'growth', label: 'Growth', layer: 'firmographic', part: 'fit', type: 'number', field: 'growth' },
  {
    key: 'tech_snowflake',
    label: 'Uses Snowflake',
    layer: 'technographic',
    part: 'fit',
    type: 'flag',
    field: 'technologies',
  },
  { key: 'tech_jira', label: 'Uses Jira', layer: 'technographic', part: 'fit', type: 'flag', field: 'technologies' },
];

/**
 * A book by hand: each trait adds to the log-odds of a deal and of winning it, and `together` adds what only traits in company do.
 */
export function plainSet({
  seed,
  rows = 3000,
  together = () => 0,
  lost = () => 0,
}: {
  seed: number;
  rows?: number;
  together?: (read: (key: string) => FeatureValue) => number;
  /** Added to the log-odds of losing a deal with so many stakeholders and such a procurement. */
  lost?: (deal: { stakeholders: number; procurement: string }) => number;
}): AnalysisSet {
  const random = createRandom(`plain ${seed}`);
  const columns: FeatureValue[][] = features.map(() => []);
  const accounts: AccountFacts[] = [];
  const touchedAt: number[] = [];
  const won: (0 | 1)[] = [];
  for (let row = 0; row < rows; row++) {
    const values: FeatureValue[] = [
      random.pick(['Fintech', 'SaaS', 'Retail', 'Media']),
      Math.round(Math.exp(random.between(2.5, 7))),
      random.between(-0.2, 0.6),
      random.next() < 0.35 ? 'present' : 'absent',
      random.next() < 0.5 ? 'present' : 'absent',
    ];
    for (const [at, value] of values.entries()) columns[at]!.push(value);
    const read = (key: string): FeatureValue => values[features.findIndex((feature) => feature.key === key)] ?? null;
    const alone = (values[0] === 'SaaS' ? 0.5 : 0) + (values[3] === 'present' ? 0.3 : 0) + Number(values[2]);
    const chance = (base: number): number => 1 / (1 + Math.exp(-(base + alone + together(read))));
    const at = asOf - (60 + 1200 * (row / rows)) * day;
    const hasDeal = random.next() < chance(-0.6);
    const evaluation = { stakeholders: random.integer(1, 10), procurement: random.pick(['none', 'light', 'formal']) };
    const fails = 1 / (1 + Math.exp(-lost(evaluation)));
    const isWon = hasDeal && random.next() < chance(-0.8) && (lost(evaluation) === 0 || random.next() > fails);
    const closedAt = at + 50 * day;
    const deal: Opportunity = {
      ...{ id: `d${row}`, createdAt: at, closedAt, outcome: isWon ? 'won' : 'lost', amount: 1000 + row, type: 'new' },
      ...{ closeDate: closedAt, budgetConfirmed: true, nextStep: 'call', lossReason: null, source: null },
      ...{ stakeholders: evaluation.stakeholders, more: { procurement: evaluation.procurement } },
    };
    touchedAt.push(at);
    won.push(isWon ? 1 : 0);
    accounts.push({
      ...{
        id: `a${String(row).padStart(5, '0')}`,
        name: `Account ${row}`,
        domain: null,
        ownerEmail: null,
        touchedAt: at,
      },
      ...{ outcomes: [], customerSince: isWon ? closedAt : null, isCustomer: isWon, churns: [], leads: [] },
      reachedAt: { accepted: at, qualified: hasDeal ? at : null, won: isWon ? closedAt : null, expanded: null },
      ...{ deals: hasDeal ? [deal] : [], customers: [], usage: [] },
    });
  }
  const base = aModel({});
  const none = won.map(() => null);
  return {
    accounts,
    seed,
    model: {
      ...base,
      detractor: null,
      criteria: features.map(({ key, label }) => aCriterion(key, [], { label, weight: 0.2 })),
    },
    training: {
      ...{ book: 'main', asOf, timeKind: 'dates', historyDays: 1200, suspects: [] },
      fit: {
        table: { features, accountIds: accounts.map(({ id }) => id), columns },
        touchedAt,
        reached: { accepted: none, qualified: none, won, expanded: none },
        churned: none,
      },
      timing: { table: { features: [], accountIds: [], columns: [] }, fitRow: [], landmarkAt: [], won: [] },
      reference: { features, accountIds: [], columns: features.map(() => []) },
      counts: {
        accounts: rows,
        touched: rows,
        won: won.filter((one) => one === 1).length,
        lost: 0,
        churnedAfterUse: 0,
        expanded: 0,
      },
    },
  };
}
