import { listBooks } from '../../store/books.ts';
import type { Store } from '../../store/store.ts';
import type { Compute, Progress } from '../compute/compute.ts';
import { type AuditChecked, type KnownHead, verifyAudit } from './verify-audit.ts';
import { verifyFindings, verifyModels } from './verify-models.ts';
import { verifyPublications } from './verify-publications.ts';
import { verifyScores } from './verify-scores.ts';

/** One kind of thing that was looked at. */
export interface Checked {
  what: string;
  checked: number;
  /** The first that is wrong, and how. */
  bad: string | null;
}

export interface Verified {
  checks: readonly Checked[];
  head: AuditChecked['head'];
  /** The first bad row of all; `null` when everything is as it was written. */
  bad: { what: string; why: string } | null;
}

/**
 * Checks that nothing was tampered with: the audit log, the models and what was approved of them, the findings, what was
 * published with its before-images, and the
 * arithmetic of every score. Reads only.
 */
export async function verify(
  ports: { store: Store; compute: Pick<Compute, 'rescore'>; onProgress: Progress },
  known: KnownHead | null = null,
): Promise<Verified> {
  const { store, onProgress } = ports;
  onProgress('walking the audit log');
  const audit = await verifyAudit(store, known);
  const checks: Checked[] = [
    {
      ...{ what: 'audit log', checked: audit.rows },
      bad: audit.bad === null ? null : `row ${audit.bad.row} of the audit log: ${audit.bad.why}`,
    },
  ];
  for (const book of await listBooks(store)) {
    onProgress(`${book.name}: models and findings`);
    checks.push(...(await verifyModels(store, book.name)), await verifyFindings(store, book.name));
    checks.push(await verifyPublications(store, book.name));
    checks.push(await verifyScores(ports, book));
  }
  const first = checks.find(({ bad }) => bad !== null);
  const bad = first?.bad == null ? null : { what: first.what, why: first.bad };
  return { checks, head: audit.head, bad };
}
