import type { Tier } from '../../icp/proposals/dry-run.ts';
import { addAudit, auditOf } from '../../store/audit.ts';
import { proposalsOf } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';

/** What a weekly digest said of the market: accounts that are no customers, by the tier that the version in force gave them. */
export interface DigestCounts {
  at: number;
  version: number;
  /** Of tier 1, 2 and 3. */
  counts: readonly { tier: Tier; accounts: number }[];
}

const action = 'digest.told';

/** The last digest of a book: that of a proposal, or of a week in which nothing was proposed. `null` before the first. */
export async function lastDigest(store: Store, book: string): Promise<DigestCounts | null> {
  const quiet = (await auditOf(store, action, subjectOf(book))).at(-1);
  const [proposal] = await proposalsOf(store, book, 1);
  const { tam = [] } = proposal?.draftedDryRun ?? {};
  const drafted =
    proposal === undefined || tam.length === 0
      ? null
      : {
          ...{ at: proposal.draftedAt, version: proposal.baseVersion },
          counts: tam.map(({ tier, before }) => ({ tier, accounts: before })),
        };
  const told = quiet === undefined ? null : countsIn(quiet.at, quiet.details);
  if (drafted === null || told === null) return drafted ?? told;
  return drafted.at > told.at ? drafted : told;
}

/** Notes what the digest of a week without changes said, so that the next can be held against it. */
export async function noteDigest(store: Store, book: string, { at, version, counts }: DigestCounts): Promise<void> {
  const details = { version, ...Object.fromEntries(counts.map(({ tier, accounts }) => [`tier${tier}`, accounts])) };
  const entry = { at, actor: 'the weekly analysis', action, subject: subjectOf(book), details };
  await store.transaction((transaction) => addAudit(transaction, entry));
}

function countsIn(at: number, details: Readonly<Record<string, unknown>>): DigestCounts | null {
  const counts = ([1, 2, 3] as const).flatMap((tier) => {
    const accounts = details[`tier${tier}`];
    return typeof accounts === 'number' ? [{ tier, accounts }] : [];
  });
  return typeof details.version === 'number' && counts.length === 3 ? { at, version: details.version, counts } : null;
}

function subjectOf(book: string): string {
  return `book ${book}`;
}
