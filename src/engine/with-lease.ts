import { IcpError } from '../errors.ts';
import {
  databaseNow,
  holdLease,
  type Lease,
  leaseHolder,
  releaseLease,
  renewLease,
  takeLease,
} from '../store/leases.ts';
import type { Store } from '../store/store.ts';

/** Makes sure, inside a transaction that decides something, that the lease of the work is still held. */
export type Fence = (transaction: Store) => Promise<void>;

/** A holder that is silent for so long, in milliseconds, is taken to be dead. */
const leaseMs = 30_000;
const askAgainMs = 1_000;

/**
 * Does long work on something while nobody else may: waits for a holder that is dead, refuses while one is alive.
 *
 * @param lease.what in words: `the book main`
 * @param lease.holder this process, by a name that no other has
 * @throws {IcpError} `busy` when somebody else is at it and stays at it
 */
export async function withLease<Result>(
  store: Store,
  lease: { what: string; holder: string; onWait?: (what: string) => void },
  work: (fence: Fence) => Promise<Result>,
): Promise<Result> {
  const held = await take(store, lease);
  const heart = setInterval(() => void beat(store, held), leaseMs / 3);
  heart.unref();
  try {
    return await work((transaction) => holdLease(transaction, held));
  } finally {
    clearInterval(heart);
    await releaseLease(store, held);
  }
}

async function take(store: Store, { what, holder, onWait }: Parameters<typeof withLease>[1]): Promise<Lease> {
  const until = (await databaseNow(store)) + leaseMs + askAgainMs;
  for (;;) {
    const now = await databaseNow(store);
    const lease = await takeLease(store, what, { holder, now, ttlMs: leaseMs });
    if (lease !== null) return lease;
    if (now > until) {
      const other = await leaseHolder(store, what, now);
      const since = other === null ? '' : ` since ${new Date(other.takenAt).toISOString().slice(0, 16)} UTC`;
      throw new IcpError(
        'busy',
        `${what} needs to be left alone for this, and other work on it has been going on${since}; try again when that is done`,
      );
    }
    onWait?.(`waiting: ${what} is being worked on`);
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
  }
}

async function beat(store: Store, lease: Lease): Promise<void> {
  try {
    await renewLease(store, lease, { now: await databaseNow(store), ttlMs: leaseMs });
  } catch {
    // A heartbeat that fails costs nothing by itself: the fence decides whether the lease was lost.
  }
}
