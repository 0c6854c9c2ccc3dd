import { and, eq, inArray, sql } from 'drizzle-orm';
import { type HeldTier, holdTier } from '../icp/hold-tier.ts';
import { heldTiers } from './schema/registry.ts';
import type { Store } from './store.ts';

const chunkRows = 2_000;

/** Brings the tiers that others are told up to date with a new run of scores. Call it in the transaction that keeps them. */
export async function followTiers(
  store: Store,
  book: string,
  scored: readonly { accountId: string; score: number; tier: number }[],
  under: { cuts: { primary: number; nurture: number }; at: number },
): Promise<void> {
  const before = await heldTiersOf(store, book);
  const changed = scored.flatMap(({ accountId, score, tier }) => {
    const old = before.get(accountId) ?? null;
    const held = holdTier(old, { score: Math.round(10 * score), tier: tierOf(tier) }, under.cuts);
    const isSame = old?.tier === held.tier && old.leaning === held.leaning && old.runs === held.runs;
    return isSame ? [] : [{ account_id: accountId, ...held }];
  });
  for (let from = 0; from < changed.length; from += chunkRows) {
    const rows = JSON.stringify(changed.slice(from, from + chunkRows));
    const at = new Date(under.at).toISOString();
    await store.rows(sql`
      insert into held_tiers (book, account_id, tier, since, leaning, runs)
      select ${book}, account_id, tier, ${at}::timestamptz, leaning, runs
      from jsonb_to_recordset(${rows}::jsonb) as row(account_id text, tier smallint, leaning smallint, runs smallint)
      on conflict (book, account_id) do update set leaning = excluded.leaning, runs = excluded.runs,
        since = case when held_tiers.tier = excluded.tier then held_tiers.since else excluded.since end, tier = excluded.tier`);
  }
}

/** The tiers that others are told, by account. */
export async function heldTiersOf(
  store: Store,
  book: string,
  accountIds?: readonly string[],
): Promise<Map<string, HeldTier & { since: number }>> {
  const rows = await store.db
    .select()
    .from(heldTiers)
    .where(
      and(
        eq(heldTiers.book, book),
        accountIds === undefined ? undefined : inArray(heldTiers.accountId, [...accountIds]),
      ),
    );
  return new Map(
    rows.map(({ accountId, tier, leaning, runs, since }) => [
      accountId,
      { tier: tierOf(tier), leaning: tierOf(leaning), runs, since: since.getTime() },
    ]),
  );
}

function tierOf(tier: number): 1 | 2 | 3 {
  if (tier === 1 || tier === 2 || tier === 3) return tier;
  throw new Error(`a tier is 1, 2 or 3, and the table has ${tier}`);
}
