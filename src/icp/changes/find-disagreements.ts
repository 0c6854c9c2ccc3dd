import { wilsonInterval } from '../../stats/intervals/wilson-interval.ts';
import type { AnalysisSet } from '../analysis-set.ts';
import { compileTable } from '../compile-table.ts';
import type { Rate } from '../types.ts';

/** A lead that somebody decided otherwise than the table would. */
export interface DisputedLead {
  accountId: string;
  name: string;
  score: number;
  rep: string | null;
  reason: string | null;
}

/** Where reps and the table disagree about leads. A rate is `null` where there was nobody to count. */
export interface DisagreementFindings {
  /** Leads that were accepted or rejected, of accounts whose tier is known. */
  decided: number;
  rejected: Rate | null;
  /** Tier 1 by the table, and rejected all the same. */
  tier1Rejected: Rate | null;
  /** Tier 3 by the table, and accepted all the same. */
  tier3Accepted: Rate | null;
  /** Why tier 1 was rejected, the most frequent first. */
  reasons: readonly { reason: string | null; n: number; reps: number }[];
  /** Who rejects tier 1, of those that they decided; the surest first. */
  reps: readonly { rep: string | null; rejected: Rate }[];
  /** What became of them: the share that was won within the horizon, of those old enough to tell. */
  after: { tier1Accepted: Rate | null; tier1Rejected: Rate | null; tier3Accepted: Rate | null };
  /** The highest scores that were rejected, the lowest that were accepted. */
  rejectedLeads: readonly DisputedLead[];
  acceptedLeads: readonly DisputedLead[];
}

const mostShown = 10;

interface Decision extends DisputedLead {
  tier: number;
  accepted: boolean;
  won: 0 | 1 | null;
}

/**
 * Where the table and the reps part: tier 1 leads that were rejected and tier 3 leads that were accepted, by reason and by
 * rep, with what became of each.
 *
 * The tier is that of the day before the account was first touched, by what it is and not by what it did, which is what a
 * rep could have been shown. It is the table of now: one that has learnt from these very leads.
 */
export function findDisagreements({ training, accounts, model }: AnalysisSet): DisagreementFindings {
  const { table, reached } = training.fit;
  const compiled = compileTable(model);
  const { score, tier } = compiled.score(compiled.bin(table));
  const facts = new Map(accounts.map((account) => [account.id, account]));
  const decisions: Decision[] = [];
  const seen = new Set<string>();
  for (const [row, id] of table.accountIds.entries()) {
    // Where a row is a deal, an account has several: its first is the one that a rep decided on.
    const account = seen.has(id) ? undefined : facts.get(id);
    seen.add(id);
    for (const lead of account?.leads ?? []) {
      if (lead.status === 'open') continue;
      decisions.push({
        ...{ accountId: id, name: account?.name ?? id, score: (score[row] ?? 0) / 10, tier: tier[row] ?? 3 },
        ...{ rep: lead.ownerEmail ?? account?.ownerEmail ?? null, reason: tidy(lead.rejectReason) },
        ...{ accepted: lead.status === 'accepted', won: reached.won[row] ?? null },
      });
    }
  }
  const of = (wanted: 1 | 2 | 3) => decisions.filter((decision) => decision.tier === wanted);
  const [first, third] = [of(1), of(3)];
  const [refused, taken] = [first.filter(({ accepted }) => !accepted), third.filter(({ accepted }) => accepted)];
  return {
    decided: decisions.length,
    rejected: share(decisions, ({ accepted }) => !accepted),
    tier1Rejected: share(first, ({ accepted }) => !accepted),
    tier3Accepted: share(third, ({ accepted }) => accepted),
    reasons: [...groupBy(refused, ({ reason }) => reason)]
      .map(([reason, group]) => ({ reason, n: group.length, reps: new Set(group.map(({ rep }) => rep)).size }))
      .sort((a, b) => b.n - a.n || order(a.reason, b.reason)),
    reps: [...groupBy(first, ({ rep }) => rep)]
      .flatMap(([rep, group]) => {
        const rejected = share(group, ({ accepted }) => !accepted);
        return rejected === null ? [] : [{ rep, rejected }];
      })
      .sort((a, b) => b.rejected.low - a.rejected.low || order(a.rep, b.rep)),
    after: {
      tier1Accepted: wonOf(first.filter(({ accepted }) => accepted)),
      tier1Rejected: wonOf(refused),
      tier3Accepted: wonOf(taken),
    },
    rejectedLeads: refused
      .toSorted((a, b) => b.score - a.score || order(a.accountId, b.accountId))
      .slice(0, mostShown)
      .map(bare),
    acceptedLeads: taken
      .toSorted((a, b) => a.score - b.score || order(a.accountId, b.accountId))
      .slice(0, mostShown)
      .map(bare),
  };
}

function bare({ accountId, name, score, rep, reason }: Decision): DisputedLead {
  return { accountId, name, score, rep, reason };
}

function wonOf(decisions: readonly Decision[]): Rate | null {
  return share(
    decisions.filter(({ won }) => won !== null),
    ({ won }) => won === 1,
  );
}

function share(decisions: readonly Decision[], holds: (decision: Decision) => boolean): Rate | null {
  const n = decisions.length;
  if (n === 0) return null;
  const count = decisions.filter(holds).length;
  return { v: count / n, ...wilsonInterval(count, n), n };
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** What was typed, without the spaces around it and with one case: `Too small` and `too small ` are one reason. */
function tidy(reason: string | null): string | null {
  const text = reason?.trim().replace(/\s+/g, ' ').toLowerCase() ?? '';
  return text === '' ? null : text;
}

function order(a: string | null, b: string | null): number {
  return (a ?? '') < (b ?? '') ? -1 : (a ?? '') > (b ?? '') ? 1 : 0;
}
