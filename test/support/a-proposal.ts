import type { FeatureCatalogue } from '../../src/icp/features/feature-rule.ts';
import type { DryRun } from '../../src/icp/proposals/dry-run.ts';
import type { ModelChange } from '../../src/icp/proposals/model-change.ts';
import type { DraftedProposal } from '../../src/icp/proposals/proposal-state.ts';
import { addModel } from '../../src/store/models.ts';
import type { Store } from '../../src/store/store.ts';
import { aBin, aCriterion, aModel } from './a-model.ts';

const nothing = { reach: null, precision: null };

/** A dry run of nobody. */
export const aDryRun: DryRun = {
  ...{
    asOf: '2026-03-02T00:00:00.000Z',
    importId: 1,
    accounts: 0,
    moves: [],
    byOwner: [],
    byRegion: [],
    up: [],
    down: [],
  },
  pipeline: { up: { accounts: 0, amount: 0 }, down: { accounts: 0, amount: 0 } },
  tam: [],
  band: { low: 0.05, high: 0.3, most: 5_000 },
  alarms: [],
  tested: { accounts: 0, won: 0, before: nothing, after: nothing, curve: [] },
  writes: { accounts: 0, fields: {} },
};

/** A catalogue without features. */
export const noFeatures: FeatureCatalogue = {
  ...{ asOf: 0, timeKind: 'dates', features: [], rules: [], setAside: [], sizeBuckets: [], painPhrases: [] },
  ...{ seenFrom: null, accounts: 0 },
};

const industry = (points: number) =>
  aCriterion('industry', [aBin({ kind: 'is', values: ['SaaS'] }, points), aBin({ kind: 'other' }, -20)]);

/** Puts a model of one criterion into the registry. */
export function keepModel(store: Store, book: string, at: number): Promise<number> {
  const model = aModel({ book, criteria: [industry(100)] });
  return addModel(store, { book, importId: 1, asOf: at, model, catalogue: noFeatures, verdict: 'learnt' }, at);
}

/** A proposal that makes the one criterion heavier; `changes` for another. */
export function aDraft(
  parts: Pick<DraftedProposal, 'book' | 'baseVersion' | 'draftedAt' | 'deadlineAt'> & {
    changes?: readonly ModelChange[];
  },
): Omit<DraftedProposal, 'id'> {
  const { changes = [{ kind: 'criterion re-weighted', criterion: industry(180), before: industry(100) }], ...rest } =
    parts;
  return {
    ...{
      candidateVersion: null,
      importId: 1,
      asOf: rest.draftedAt,
      draftedBy: 'the weekly analysis',
      ownerEmail: null,
    },
    dryRun: aDryRun,
    ...rest,
    changes: changes.map((change, nth) => ({ number: nth + 1, change, dryRun: aDryRun })),
  };
}
