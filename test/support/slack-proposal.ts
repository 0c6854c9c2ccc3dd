import fc from 'fast-check';
import type { NothingToChange } from '../../src/engine/notifier.ts';
import type { DryRun, Tier } from '../../src/icp/proposals/dry-run.ts';
import type { ModelChange } from '../../src/icp/proposals/model-change.ts';
import type { ProposalEvent } from '../../src/icp/proposals/proposal-event.ts';
import { type ProposalState, proposalState } from '../../src/icp/proposals/proposal-state.ts';
import type { EmergingSegment } from '../../src/icp/segments/types.ts';
import { aBin, aCriterion } from './a-model.ts';
import { crmText, orNull, rate } from './slack-arbitraries.ts';

export const draftedAt = Date.UTC(2026, 9, 1, 10);
const hour = 3_600_000;

export function aDryRun(more: Partial<DryRun> = {}): DryRun {
  return {
    ...{ asOf: '2026-10-01T00:00:00.000Z', importId: 1, accounts: 4_000 },
    moves: [
      { from: 2, to: 1, accounts: 31 },
      { from: 1, to: 2, accounts: 12 },
    ],
    byOwner: [{ owner: 'sam@ours.example', up: 31, down: 12 }],
    byRegion: [{ region: 'DACH', up: 31, down: 12 }],
    up: [{ id: '1', name: 'Halden Logistics', ownerEmail: null, from: 2, to: 1, before: 69.5, after: 71.2 }],
    down: [{ id: '2', name: 'Brixmark Apps', ownerEmail: null, from: 1, to: 2, before: 70.4, after: 66.1 }],
    pipeline: { up: { accounts: 3, amount: 120_000 }, down: { accounts: 1, amount: 8_000 } },
    tam: [
      { tier: 1, before: 400, after: 419, shareBefore: 0.1111, shareAfter: 0.1164 },
      { tier: 2, before: 1_200, after: 1_181, shareBefore: 0.3333, shareAfter: 0.3281 },
      { tier: 3, before: 2_000, after: 2_000, shareBefore: 0.5556, shareAfter: 0.5556 },
    ],
    band: { low: 0.05, high: 0.3, most: 5_000 },
    alarms: [],
    tested: {
      ...{ accounts: 1_400, won: 210 },
      before: {
        reach: { v: 0.12, low: 0.1, high: 0.14, n: 1_400 },
        precision: { v: 0.28, low: 0.22, high: 0.36, n: 168 },
      },
      after: {
        reach: { v: 0.13, low: 0.11, high: 0.15, n: 1_400 },
        precision: { v: 0.31, low: 0.25, high: 0.38, n: 182 },
      },
      curve: [
        { share: 0.05, before: 0.36, after: 0.41 },
        { share: 0.5, before: 0.2, after: 0.21 },
      ],
    },
    writes: { accounts: 900, fields: { score: 900, tier: 43, segment: 0, detractor_flag: 0 } },
    ...more,
  };
}

/** 8 wins of 160 in the quarter: five per cent, and twelve of the revenue. */
export function anEmergingSegment(more: Partial<EmergingSegment> = {}): EmergingSegment {
  const share = { v: 0.05, low: 0.0256, high: 0.0956, n: 160 };
  return {
    ...{ id: 'g1', name: 'AI-Native Startups', description: 'younger than two years', conditions: [], members: [] },
    ...{ from: Date.UTC(2026, 6, 1), to: Date.UTC(2026, 9, 1), won: 8, shareOfWins: share, shareOfWinsBefore: share },
    ...{ shareOfRevenue: 0.12, revenue: 480_000, touched: 30, shareOfTouches: share, shareOfTouchesBefore: share },
    ...{ pValue: 0.001, provisional: true, thin: true, recommendation: 'watch it' },
    ...more,
  };
}

/** A week in which nothing is proposed, the second of its kind. */
export function nothingChanged(more: Partial<NothingToChange> = {}): NothingToChange {
  return {
    ...{ book: 'main', asOf: draftedAt, accounts: 4_000, moved: 3, version: 2 },
    tiers: [
      { tier: 1, before: 400, after: 380, share: 0.1056 },
      { tier: 2, before: 1_200, after: 1_220, share: 0.3389 },
      { tier: 3, before: 2_000, after: 2_000, share: 0.5556 },
    ],
    since: { at: Date.UTC(2026, 8, 24, 10), version: 1 },
    ...{ alarms: [], stale: [], overdue: [], emerging: [], cautions: [] },
    ...more,
  };
}

export function aReweighting(name = 'Industry'): ModelChange {
  const bins = [
    aBin({ kind: 'is', values: ['logistics'] }, 42, {
      label: `${name} is logistics`,
      rate: { v: 0.38, low: 0.31, high: 0.45, n: 204 },
    }),
    aBin({ kind: 'other' }, -20, { label: `${name} is another`, rate: { v: 0.11, low: 0.09, high: 0.14, n: 600 } }),
  ];
  const causal = 'only goes along' as const;
  return {
    kind: 'criterion re-weighted',
    criterion: aCriterion('industry', bins, { label: name, weight: 0.18, causal }),
    before: aCriterion('industry', bins, { label: name, weight: 0.12, causal }),
  };
}

const cuts: ModelChange = {
  kind: 'tier cuts moved',
  cuts: { primary: 68, nurture: 41 },
  before: { primary: 70, nurture: 40 },
};

/** Two lines: a criterion re-weighted and the cuts moved. */
export function aProposal(
  events: readonly ProposalEvent[] = [],
  {
    changes = [aReweighting(), cuts],
    dryRun = aDryRun(),
    ...more
  }: { changes?: readonly ModelChange[]; dryRun?: DryRun; ownerEmail?: string | null } = {},
): ProposalState {
  return proposalState(
    {
      ...{ id: 3, book: 'main', baseVersion: 1, candidateVersion: 2, importId: 1, asOf: Date.UTC(2026, 9, 1) },
      ...{ draftedAt, draftedBy: 'the weekly analysis', deadlineAt: draftedAt + 24 * hour, dryRun, ownerEmail: null },
      ...more,
      changes: changes.map((change, at) => ({ number: at + 1, change, dryRun })),
    },
    events,
  );
}

export function aProposalEvent(
  kind: ProposalEvent['kind'],
  change: number | null = null,
  details: ProposalEvent['details'] = {},
  by = 'Rita Okafor',
): ProposalEvent {
  const address = `${by.split(' ')[0]?.toLowerCase()}@ours.example`;
  return { kind, change, at: draftedAt + hour, by: address, byName: by, details };
}

const tier = fc.constantFrom<Tier>(1, 2, 3);
const count = fc.nat(500_000);
const moved = fc.record({
  ...{ id: crmText, name: crmText, ownerEmail: orNull(crmText), from: tier, to: tier },
  ...{ before: fc.nat(1000).map((n) => n / 10), after: fc.nat(1000).map((n) => n / 10) },
});
const reached = fc.record({ reach: orNull(rate), precision: orNull(rate) });
const share = fc.double({ min: 0, max: 1, noNaN: true });

/** Dry runs of any market, named as a CRM names things. */
export const anyDryRun: fc.Arbitrary<DryRun> = fc.record({
  ...{ asOf: fc.constant('2026-10-01T00:00:00.000Z'), importId: fc.constant(1), accounts: count },
  moves: fc.array(fc.record({ from: tier, to: tier, accounts: count }), { maxLength: 6 }),
  byOwner: fc.array(fc.record({ owner: orNull(crmText), up: count, down: count }), { maxLength: 30 }),
  byRegion: fc.array(fc.record({ region: orNull(crmText), up: count, down: count }), { maxLength: 30 }),
  up: fc.array(moved, { maxLength: 10 }),
  down: fc.array(moved, { maxLength: 10 }),
  pipeline: fc.record({
    up: fc.record({ accounts: count, amount: fc.nat(2_000_000_000) }),
    down: fc.record({ accounts: count, amount: fc.nat(2_000_000_000) }),
  }),
  tam: fc.constant(aDryRun().tam),
  band: fc.constant(aDryRun().band),
  alarms: fc.array(fc.constantFrom('tier 1 would hold 31 % of the market, over the 30 % that it should'), {
    maxLength: 3,
  }),
  tested: fc.record({
    ...{ accounts: count, won: count, before: reached, after: reached },
    curve: fc.array(fc.record({ share, before: share, after: share }), { maxLength: 8 }),
  }),
  writes: fc.constant(aDryRun().writes),
});

const rule = fc.record({
  id: fc.uuid(),
  name: crmText,
  conditions: fc
    .array(crmText, { minLength: 1, maxLength: 4 })
    .map((labels) => labels.map((label) => ({ key: 'x', match: { kind: 'other' } as const, label }))),
});
const criterion = fc
  .record({ name: crmText, labels: fc.array(crmText, { minLength: 1, maxLength: 14 }), given: orNull(rate) })
  .map(({ name, labels, given }) =>
    aCriterion(
      'key',
      labels.map((label, nth) => aBin({ kind: 'is', values: [label] }, 10 * nth, { label, rate: given })),
      { label: name },
    ),
  );

/** Changes of the kinds that carry text from a CRM. */
export const anyChange: fc.Arbitrary<ModelChange> = fc.oneof(
  criterion.map((one): ModelChange => ({ kind: 'criterion added', criterion: one })),
  criterion.map((one): ModelChange => ({ kind: 'criterion dropped', before: one })),
  fc
    .tuple(criterion, criterion)
    .map(([one, before]): ModelChange => ({ kind: 'criterion re-weighted', criterion: one, before })),
  fc.constant(cuts),
  rule.map((one): ModelChange => ({ kind: 'segment added', rule: one })),
  rule.map((one): ModelChange => ({ kind: 'segment dropped', before: one })),
  fc
    .tuple(rule, orNull(rate))
    .map(([one, winRate]): ModelChange => ({ kind: 'anti-pattern added', rule: { ...one, winRate } })),
);
