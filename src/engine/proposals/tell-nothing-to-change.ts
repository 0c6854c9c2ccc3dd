import { IcpError } from '../../errors.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { tierAlarms } from '../../icp/proposals/tier-alarms.ts';
import type { Book } from '../../store/books.ts';
import { readPackedHistories } from '../../store/histories.ts';
import { modelOfVersion } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';
import type { Compute } from '../compute/compute.ts';
import { governanceChannel } from '../governance/governance-channel.ts';
import type { NothingToChange, Notifier, TierSince } from '../notifier.ts';
import { type DigestCounts, lastDigest, noteDigest } from './last-digest.ts';
import { proposalSettings } from './proposal-settings.ts';
import { worthNoting } from './worth-noting.ts';

interface QuietWeek {
  book: Book;
  asOf: number;
  importId: number;
  accounts: number;
  /** The version in force, which stays. */
  version: number;
  /** What was learnt would do this; `null` where it is the same. */
  dryRun: DryRun | null;
}

/**
 * Says that nothing would change, with what every digest says: the market by tier against the last digest, and what is to be
 * named besides. Silence could as well be a job that did not run.
 */
export async function tellNothingToChange(
  ports: {
    store: Store;
    compute: Pick<Compute, 'dryRun'>;
    now: () => number;
    notifier: Pick<Notifier, 'nothingToChange'>;
  },
  week: QuietWeek,
): Promise<void> {
  const { store, now, notifier } = ports;
  const channel = await governanceChannel(store);
  if (channel === null) return;
  const { book, asOf, importId, accounts, version, dryRun } = week;
  const at = now();
  const { band } = await proposalSettings(store);
  const { tam } = dryRun ?? (await asItIs(ports, week, band));
  const counts = tam.map(({ tier, before }) => ({ tier, accounts: before }));
  const last = await lastDigest(store, book.name);
  const tiers = tiersSince(tam, last);
  const about = { book: book.name, importId, asOf, baseVersion: version, draftedAt: at };
  const told: NothingToChange = {
    ...{ book: book.name, asOf, accounts, version, tiers },
    moved: (dryRun?.moves ?? []).reduce((sum, move) => sum + move.accounts, 0),
    since: last === null ? null : { at: last.at, version: last.version },
    alarms: tierAlarms(
      tiers.map(({ before, after, share }) => ({ before: before ?? 0, after, shareAfter: share })),
      band,
      'has come',
    ),
    ...(await worthNoting(store, about, at)),
  };
  if ((await notifier.nothingToChange(told, channel)) === null) return;
  await noteDigest(store, book.name, { at, version, counts });
}

/** The market as the version in force has it: a dry run of that version in its own place. */
async function asItIs(
  { store, compute }: { store: Store; compute: Pick<Compute, 'dryRun'> },
  { book, asOf, importId, version }: QuietWeek,
  band: DryRun['band'],
): Promise<DryRun> {
  const stored = await modelOfVersion(store, version);
  if (stored === null) throw new IcpError('no_model', `version ${version} of ${book.name} is not there`);
  const { model: base, catalogue } = stored;
  const [same] = await compute.dryRun(
    { base, variants: [base], catalogue, timeKind: book.timeKind, band, asOf, importId },
    () => readPackedHistories(store, book.name, { importId }),
  );
  return same!;
}

function tiersSince(tam: DryRun['tam'], last: DigestCounts | null): TierSince[] {
  return tam.map(({ tier, before: after, shareBefore: share }) => {
    const before = last?.counts.find((one) => one.tier === tier)?.accounts ?? null;
    return { tier, before, after, share };
  });
}
