import { type AuditRow, auditAfter, auditStart, sealOf } from '../../store/audit.ts';
import type { Store } from '../../store/store.ts';

const pageSize = 1_000;
/** So many numbers are tried for a row whose seal does not hold, to tell a moved row from a changed one. */
const mostTried = 20_000;

/** Whether the audit log is as it was written: the last row, or the first that is not, by number, and what is wrong with it. */
export interface AuditChecked {
  rows: number;
  head: { seq: number; hash: string } | null;
  bad: { row: number; why: string } | null;
}

/** A head of the log that somebody has seen before: `12:ab34…`. */
export interface KnownHead {
  seq: number;
  /** The hash, or as much of its beginning as was told. */
  hash: string;
}

/**
 * Walks the audit log from its first row: every row is sealed over what it says and over the row before it, so a row that was
 * changed, taken out, put in or moved is found where it is.
 *
 * Rows that were cut off at the end leave no gap. They show against a head that was seen before, such as the one that is told
 * in the governance channel every day.
 */
export async function verifyAudit(store: Store, known: KnownHead | null = null): Promise<AuditChecked> {
  let before: Pick<AuditRow, 'seq' | 'hash'> = { seq: 0, hash: auditStart };
  let rows = 0;
  for (;;) {
    const page = await auditAfter(store, before.seq, pageSize);
    for (const row of page) {
      const why = wrongWith(row, before);
      if (why !== null) return { rows, head: headOf(before), bad: { row: before.seq + 1, why } };
      if (known !== null && row.seq === known.seq && !row.hash.startsWith(known.hash)) {
        const was = `it is not what it was when its seal ${known.hash} was told: the log was written anew from here or before`;
        return { rows, head: headOf(before), bad: { row: row.seq, why: was } };
      }
      before = row;
      rows++;
    }
    if (page.length < pageSize) break;
  }
  if (known !== null && before.seq < known.seq)
    return {
      ...{ rows, head: headOf(before) },
      bad: { row: before.seq + 1, why: `it is missing: the log once reached row ${known.seq}, and now ends before` },
    };
  return { rows, head: headOf(before), bad: null };
}

function wrongWith(row: AuditRow, before: Pick<AuditRow, 'seq' | 'hash'>): string | null {
  if (row.seq > before.seq + 1) return `it is missing: after row ${before.seq} comes row ${row.seq}`;
  if (sealOf(row) !== row.hash) {
    const place = placeBefore(row);
    return place === null
      ? 'it was changed after it was written: its seal does not hold'
      : `it was moved: it was written as row ${place}`;
  }
  if (row.previousHash !== before.hash)
    return 'it does not stand on the row before it: that row was changed and sealed anew, or rows were taken out or moved';
  return null;
}

/** The number under which the seal of a row holds; `null` where it holds under none near it. */
function placeBefore(row: AuditRow): number | null {
  for (let far = 1; far <= mostTried; far++)
    for (const seq of [row.seq - far, row.seq + far]) if (seq > 0 && sealOf({ ...row, seq }) === row.hash) return seq;
  return null;
}

function headOf({ seq, hash }: Pick<AuditRow, 'seq' | 'hash'>): AuditChecked['head'] {
  return seq === 0 ? null : { seq, hash };
}
