import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, gte, sql } from 'drizzle-orm';
import { inOrder } from './in-order.ts';
import { auditLog } from './schema/audit.ts';
import type { Store } from './store.ts';

/** Something that somebody did. */
export interface AuditEntry {
  at: number;
  actor: string;
  /** A noun and what was done to it: `proposal.approved`. */
  action: string;
  subject: string;
  details: Readonly<Record<string, unknown>>;
}

export interface AuditRow extends AuditEntry {
  seq: number;
  previousHash: string;
  hash: string;
}

/** What the first row stands on. */
export const auditStart = '0'.repeat(64);

/**
 * Adds a row to the audit log, sealed over the row before it. Call it in the transaction that does the thing, last, since it
 * holds up everybody else who writes.
 */
export async function addAudit(store: Store, entry: AuditEntry): Promise<AuditRow> {
  await store.db.execute(sql`lock table audit_log in share row exclusive mode`);
  const [last] = await store.db
    .select({ seq: auditLog.seq, hash: auditLog.hash })
    .from(auditLog)
    .orderBy(desc(auditLog.seq))
    .limit(1);
  const unsealed = { ...entry, seq: (last?.seq ?? 0) + 1, previousHash: last?.hash ?? auditStart };
  const row: AuditRow = { ...unsealed, hash: sealOf(unsealed) };
  await store.db.insert(auditLog).values({ ...row, at: new Date(row.at) });
  return row;
}

/** The seal of a row: SHA-256 over all that it says and the seal before it. */
export function sealOf({ seq, at, actor, action, subject, details, previousHash }: Omit<AuditRow, 'hash'>): string {
  const said = JSON.stringify([seq, at, actor, action, subject, inOrder(details), previousHash]);
  return createHash('sha256').update(said).digest('hex');
}

/** Rows after a number, oldest first. */
export async function auditAfter(store: Store, seq: number, limit: number): Promise<AuditRow[]> {
  const rows = await store.db
    .select()
    .from(auditLog)
    .where(gt(auditLog.seq, seq))
    .orderBy(asc(auditLog.seq))
    .limit(limit);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** The newest rows, newest first. */
export async function latestAudit(store: Store, limit: number): Promise<AuditRow[]> {
  return auditSince(store, 0, limit);
}

/** The newest rows of what happened from an instant on, newest first. */
export async function auditSince(store: Store, since: number, limit: number): Promise<AuditRow[]> {
  const rows = await store.db
    .select()
    .from(auditLog)
    .where(gte(auditLog.at, new Date(since)))
    .orderBy(desc(auditLog.seq))
    .limit(limit);
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}

/** What was done of one kind to one thing, oldest first. */
export async function auditOf(store: Store, action: string, subject: string): Promise<AuditRow[]> {
  const rows = await store.db
    .select()
    .from(auditLog)
    .where(and(eq(auditLog.action, action), eq(auditLog.subject, subject)))
    .orderBy(asc(auditLog.seq));
  return rows.map((row) => ({ ...row, at: row.at.getTime() }));
}
