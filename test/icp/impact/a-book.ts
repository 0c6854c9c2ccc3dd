import type { AccountFacts } from '../../../src/icp/account-facts.ts';
import type { AnalysisSet } from '../../../src/icp/analysis-set.ts';
import { dayMs } from '../../../src/icp/features/calendar.ts';
import { modelOfHypothesis } from '../../../src/icp/hypothesis.ts';
import type { Stage } from '../../../src/icp/types.ts';
import { aSet, type Planted } from '../fit-support.ts';

const horizons: Record<Stage, number> = { accepted: 30, qualified: 90, won: 365, expanded: 730 };
const end = Date.UTC(2026, 8, 28);
const years = 4;

/** A book of four years whose truth is known, with what became of every account: won sixty days in, or lost. */
export function aBook(
  options: Planted & { lead?: (row: number) => Partial<AccountFacts['leads'][number]> } = {},
): AnalysisSet {
  const made = aSet({ rows: 2400, ...options });
  const rows = made.fit.touchedAt.length;
  const touchedAt = made.fit.touchedAt.map((_, row) => end - Math.round((1 - row / rows) * years * 365) * dayMs);
  const told = (stage: Stage) =>
    made.fit.reached[stage].map((value, row) => (touchedAt[row]! + horizons[stage] * dayMs <= end ? value : null));
  const accounts = made.fit.table.accountIds.map((id, row): AccountFacts => {
    const at = touchedAt[row]!;
    const closedAt = at + 60 * dayMs;
    const isWon = made.fit.reached.won[row] === 1;
    const isOpen = closedAt > end;
    const accepted = made.fit.reached.accepted[row] !== 0;
    const decidedAt = at + 5 * dayMs;
    return {
      ...{ id, name: `Account ${row}`, domain: null, ownerEmail: 'dana@ours.example', touchedAt: at },
      outcomes: isOpen
        ? []
        : [
            {
              kind: isWon ? 'won' : 'lost',
              occurredAt: closedAt,
              source: 'opportunity',
              reason: null,
              expansion: null,
            },
          ],
      reachedAt: {
        ...{ accepted: accepted ? decidedAt : null, qualified: null },
        ...{ won: isWon && !isOpen ? closedAt : null, expanded: null },
      },
      ...{ customerSince: isWon && !isOpen ? closedAt : null, isCustomer: isWon && !isOpen, churns: [] },
      leads: [
        {
          ...{ id: `l${row}`, createdAt: at, source: row % 97 === 0 ? 'fair' : 'web', decidedAt },
          ...{
            status: accepted ? 'accepted' : 'rejected',
            rejectReason: accepted ? null : 'not now',
            ownerEmail: null,
          },
          ...options.lead?.(row),
        },
      ],
      deals: [
        {
          ...{ id: `d${row}`, createdAt: at, closedAt: isOpen ? null : closedAt, type: 'new' },
          ...{ outcome: isOpen ? 'open' : isWon ? 'won' : 'lost', amount: 1000 + (row % 50), closeDate: null },
          ...{ budgetConfirmed: null, nextStep: null, lossReason: null, source: null, stakeholders: null, more: {} },
        },
      ],
      ...{ customers: [], usage: [] },
    };
  });
  const training = {
    ...made,
    asOf: end,
    fit: {
      ...made.fit,
      touchedAt,
      reached: {
        accepted: told('accepted'),
        qualified: told('qualified'),
        won: told('won'),
        expanded: told('expanded'),
      },
    },
  };
  const { counts } = training;
  const model = modelOfHypothesis(null, { book: 'test', asOf: end, counts, historyDays: 1460, seed: 1 });
  return { training, accounts, model, seed: 1 };
}
