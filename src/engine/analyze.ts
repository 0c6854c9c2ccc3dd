import { IcpError } from '../errors.ts';
import type { Findings } from '../icp/findings.ts';
import type { FitVerdict } from '../icp/fit-verdict.ts';
import type { Hypothesis } from '../icp/hypothesis.ts';
import type { IcpModel } from '../icp/model.ts';
import { valuesOfModel, valuesToLearnBy } from '../icp/outcome-values.ts';
import { addAudit } from '../store/audit.ts';
import { type Book, declaredFields, latestImport } from '../store/books.ts';
import { addFindings, findingsBefore } from '../store/findings.ts';
import { readPackedHistories } from '../store/histories.ts';
import { activateModel, activeModel, addModel, contentHashOf } from '../store/models.ts';
import { settingOf } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Compute, Progress } from './compute/compute.ts';
import type { ScoreLine } from './compute/rescore-job.ts';
import { contextOf, findingInputs } from './finding-inputs.ts';
import type { Fence } from './with-lease.ts';

export interface Analyzed {
  book: string;
  verdict: FitVerdict;
  /** The version that is in force now: a new one where there was none before or the operator wants it so. */
  version: number;
  /** What was learnt, where that is another model than the one in force and waits for a decision. */
  candidateVersion: number | null;
  /** Whether another version is in force than before. */
  changed: boolean;
  /** What was learnt. */
  model: IcpModel;
  /** What was found; `null` where it was not looked for. */
  findings: Findings | null;
  /** The import up to which it was learnt. */
  importId: number;
  /** Every account's score under a new model in force, still to be kept; `null` where the old one stays. */
  lines: readonly ScoreLine[] | null;
}

/**
 * Learns a book's model anew and looks for what there is to find with it.
 *
 * The first model of a book comes into force at once, as the operator's own command. Any later one is a candidate, for people
 * to decide on, unless `activate` says that the operator puts it in force. `quick` learns and scores only, for somebody who
 * waits for a first answer.
 *
 * The same data on the same day gives the same model, and then no new version is made; on a later day rows grow old and signals fade. Nothing outside is written.
 */
export async function analyze(
  ports: { store: Store; compute: Compute; now: () => number; onProgress?: Progress; fence?: Fence },
  input: {
    book: Book;
    asOf: number;
    seed: number;
    hypothesis: Hypothesis | null;
    by: string;
    quick?: boolean;
    activate?: boolean;
  },
): Promise<Analyzed> {
  const { store, compute, now } = ports;
  const { book, asOf } = input;
  const importId = await latestImport(store, book.name);
  if (importId === null)
    throw new IcpError(
      'no_data',
      `analyze requires data in the book ${book.name}, found none; import some with lodestar import DIR`,
    );

  const before = await activeModel(store, book.name);
  const comesIntoForce = before === null || input.activate === true;
  const allowed = await settingOf(store, `fields.allowed.${book.name}`);
  const earlier = await findingsBefore(store, { book: book.name, importId, asOf });
  const inputs = await findingInputs(
    store,
    { book: book.name, importId, asOf },
    { seed: input.seed, hypothesis: input.hypothesis, inForce: comesIntoForce ? null : before.version },
  );
  const { model, catalogue, verdict, lines, findings, dataSet } = await compute.analyze(
    {
      book: book.name,
      timeKind: book.timeKind,
      asOf,
      seed: input.seed,
      values: valuesToLearnBy(valuesOfModel(before?.model ?? null), earlier?.findings.values ?? null),
      fields: await fieldRules(store, book.name),
      allowed: Array.isArray(allowed?.value) ? allowed.value.filter((field) => typeof field === 'string') : [],
      hypothesis: input.hypothesis,
      thenScore: comesIntoForce,
      ...(input.quick === true ? {} : { thenFind: await contextOf(store, book.name, inputs) }),
    },
    () => readPackedHistories(store, book.name, { importId }),
    ports.onProgress ?? (() => {}),
  );

  const learnt = { book: book.name, verdict, importId, findings: findings ?? null };
  const keep = async (modelVersion: number, within: Store): Promise<void> => {
    if (findings === undefined) return;
    const entry = { book: book.name, modelVersion, importId, asOf, inputs: { ...inputs, dataSet }, findings };
    await addFindings(within, entry, now());
  };
  const note = (tx: Store, version: number, changed: boolean) =>
    addAudit(tx, {
      ...{ at: now(), actor: input.by, action: 'analysis.finished', subject: `book ${book.name}` },
      details: { version, changed, importId, asOf: new Date(asOf).toISOString(), verdict: verdict.kind, dataSet },
    });
  if (before !== null && contentHashOf(before) === contentHashOf({ model, catalogue })) {
    await store.transaction(async (tx) => {
      await ports.fence?.(tx);
      await keep(before.version, tx);
      await note(tx, before.version, false);
    });
    return { ...learnt, version: before.version, candidateVersion: null, changed: false, model, lines: null };
  }
  const made = await store.transaction(async (tx) => {
    await ports.fence?.(tx);
    const version = await addModel(
      tx,
      { book: book.name, importId, asOf, model, catalogue, verdict: verdict.sentence },
      now(),
    );
    await keep(version, tx);
    await note(tx, version, comesIntoForce);
    if (comesIntoForce) {
      const kind = before === null ? 'first' : 'approved';
      await activateModel(tx, version, { by: input.by, at: now(), kind });
      await addAudit(tx, {
        ...{ at: now(), actor: input.by, action: 'model.activated', subject: `version ${version} of ${book.name}` },
        details: { kind, before: before?.version ?? null },
      });
    }
    return version;
  });
  return comesIntoForce
    ? { ...learnt, version: made, candidateVersion: null, changed: true, model, lines: lines ?? null }
    : { ...learnt, version: before.version, candidateVersion: made, changed: false, model, lines: null };
}

async function fieldRules(store: Store, book: string) {
  const declared = await declaredFields(store, book);
  return declared.map(({ field, layer, type, leftOut, label }) => ({
    field,
    layer,
    type,
    leftOut,
    ...(label === null ? {} : { label }),
  }));
}
