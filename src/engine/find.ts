import { IcpError } from '../errors.ts';
import type { Findings } from '../icp/findings.ts';
import type { Hypothesis } from '../icp/hypothesis.ts';
import { type Book, latestImport } from '../store/books.ts';
import { addFindings, findingsAt } from '../store/findings.ts';
import { readPackedHistories } from '../store/histories.ts';
import { activeModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import type { Compute, Progress } from './compute/compute.ts';
import { contextOf, findingInputs } from './finding-inputs.ts';
import type { Fence } from './with-lease.ts';

/** What was found with the model in force, beside what the analysis before it had found. */
export interface Found {
  /** What they are kept under. */
  id: number;
  findings: Findings;
  before: Findings | null;
}

/**
 * Looks anew with the model in force, without learning: what moves from day to day is found between two analyses.
 *
 * @throws {IcpError} `no_model` where nothing was learnt yet
 */
export async function find(
  ports: { store: Store; compute: Compute; now: () => number; onProgress?: Progress; fence?: Fence },
  { book, asOf, seed, hypothesis }: { book: Book; asOf: number; seed: number; hypothesis: Hypothesis | null },
): Promise<Found> {
  const { store, compute, now } = ports;
  const importId = await latestImport(store, book.name);
  const active = await activeModel(store, book.name);
  if (importId === null || active === null)
    throw new IcpError(
      'no_model',
      `looking requires a model for the book ${book.name}; make one with lodestar analyze`,
    );
  const inputs = await findingInputs(
    store,
    { book: book.name, importId, asOf },
    { seed, hypothesis, inForce: active.version },
  );
  const before = await findingsAt(store, { book: book.name, importId, asOf });
  const findings = await compute.find(
    {
      ...{ book: book.name, timeKind: book.timeKind, asOf, model: active.model, catalogue: active.catalogue },
      context: await contextOf(store, book.name, inputs),
    },
    () => readPackedHistories(store, book.name, { importId }),
    ports.onProgress ?? (() => {}),
  );
  const id = await store.transaction(async (tx) => {
    await ports.fence?.(tx);
    const entry = { book: book.name, modelVersion: active.version, importId, asOf, inputs, findings };
    return addFindings(tx, entry, now());
  });
  return { id, findings, before: before?.findings ?? null };
}
