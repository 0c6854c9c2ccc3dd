import { sql } from 'drizzle-orm';
import { IcpError } from '../errors.ts';
import type { Store } from './store.ts';

/** The right to do some long work alone, for a while. A later holder has a higher token. */
export interface Lease {
  name: string;
  holder: string;
  token: number;
}

/** Time for leases is the database's: the clocks of two machines may differ, and either may jump. */
export async function databaseNow(store: Store): Promise<number> {
  const [row] = await store.rows<{ now: number }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::float8 as now`,
  );
  return Number(row?.now);
}

const instant = (at: number) => sql`${new Date(at).toISOString()}::timestamptz`;

/**
 * Takes a lease that nobody holds, or whose holder let it expire; `null` while another holds it.
 *
 * One that would last longer than any is given for was given by a clock that was ahead, and counts as expired.
 */
export async function takeLease(
  store: Store,
  name: string,
  { holder, now, ttlMs }: { holder: string; now: number; ttlMs: number },
): Promise<Lease | null> {
  const [row] = await store.rows<{ token: number }>(
    sql`insert into leases (name, holder, token, taken_at, expires_at)
        values (${name}, ${holder}, 1, ${instant(now)}, ${instant(now + ttlMs)})
        on conflict (name) do update set holder = excluded.holder, token = leases.token + 1,
          taken_at = excluded.taken_at, expires_at = excluded.expires_at
        where leases.expires_at <= ${instant(now)} or leases.expires_at > ${instant(now + ttlMs)} returning token`,
  );
  return row === undefined ? null : { name, holder, token: row.token };
}

/** The heartbeat: holds on to a lease for longer. False when somebody else has taken it meanwhile: stop working. */
export async function renewLease(
  store: Store,
  { name, token }: Lease,
  { now, ttlMs }: { now: number; ttlMs: number },
): Promise<boolean> {
  const rows = await store.rows(
    sql`update leases set expires_at = ${instant(now + ttlMs)} where name = ${name} and token = ${token} returning name`,
  );
  return rows.length > 0;
}

/** Lets go of a lease; nothing happens when somebody else has it. */
export async function releaseLease(store: Store, { name, token }: Lease): Promise<void> {
  await store.db.execute(sql`update leases set expires_at = to_timestamp(0) where name = ${name} and token = ${token}`);
}

/**
 * Lets go of every lease. Only for a process that has a database to itself: whoever else held one is dead.
 */
export async function releaseAllLeases(store: Store): Promise<void> {
  await store.db.execute(sql`update leases set expires_at = to_timestamp(0)`);
}

/**
 * The fence: inside a transaction, makes sure that a lease is still held, and that nobody takes it before the commit.
 *
 * @throws {IcpError} `lease_lost` when somebody else has taken it: what the transaction was about to write is void
 */
export async function holdLease(transaction: Store, { name, token }: Lease): Promise<void> {
  const rows = await transaction.rows(
    sql`select 1 as held from leases where name = ${name} and token = ${token} for update`,
  );
  if (rows.length === 0)
    throw new IcpError(
      'lease_lost',
      `${name} was taken over by another process while this one was silent; what it had begun was dropped`,
    );
}

/** Who holds a lease and since when; `null` when nobody does. */
export async function leaseHolder(
  store: Store,
  name: string,
  now: number,
): Promise<{ holder: string; takenAt: number } | null> {
  const [row] = await store.rows<{ holder: string; at: number }>(
    sql`select holder, (extract(epoch from taken_at) * 1000)::float8 as at from leases
        where name = ${name} and expires_at > ${instant(now)}`,
  );
  return row === undefined ? null : { holder: row.holder, takenAt: Number(row.at) };
}
