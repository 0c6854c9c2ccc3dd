import { everyFindings, hashOfFindings } from '../../store/findings.ts';
import { activationsOf, contentHashOf, modelsOf } from '../../store/models.ts';
import { scheduledModels } from '../../store/scheduled-models.ts';
import type { Store } from '../../store/store.ts';
import type { Checked } from './verify.ts';

/** Every model is what it was when it was put into the registry, and what came into force is what was approved. */
export async function verifyModels(store: Store, book: string): Promise<Checked[]> {
  const hashes = new Map<number, string>();
  let models: Checked = { what: `models of ${book}`, checked: 0, bad: null };
  for (const model of await modelsOf(store, book)) {
    const hash = contentHashOf(model);
    hashes.set(model.version, hash);
    models = { ...models, checked: models.checked + 1 };
    if (models.bad === null && model.contentHash !== null && model.contentHash !== hash)
      models = { ...models, bad: `model ${model.version} was changed after it was made: its content has another hash` };
  }
  return [models, await verifyActivations(store, book, hashes)];
}

async function verifyActivations(store: Store, book: string, hashes: ReadonlyMap<number, string>): Promise<Checked> {
  const activations = await activationsOf(store, book);
  const scheduled = await scheduledModels(store, book);
  const what = `activations of ${book}`;
  for (const { version, contentHash, kind, proposalId, at } of activations) {
    const named = `the activation of model ${version} on ${new Date(at).toISOString().slice(0, 10)}`;
    const bad = (why: string): Checked => ({ what, checked: activations.length, bad: `${named} ${why}` });
    if (!hashes.has(version)) return bad('is of a model that is not in the registry');
    if (hashes.get(version) !== contentHash) return bad('put another content in force than the model has now');
    if (kind !== 'approved') continue;
    const approved = scheduled.filter((one) => one.proposalId === proposalId);
    if (approved.length === 0) return bad(`names proposal ${proposalId ?? 'none'}, which was not approved`);
    if (!approved.some((one) => one.contentHash === contentHash && one.version === version))
      return bad(`is not what was approved in proposal ${proposalId}`);
  }
  return { what, checked: activations.length, bad: null };
}

/** All that was ever found is what it was. */
export async function verifyFindings(store: Store, book: string): Promise<Checked> {
  let checked = 0;
  for await (const { id, findings, contentHash } of everyFindings(store, book)) {
    checked++;
    if (hashOfFindings(findings) !== contentHash)
      return { what: `findings of ${book}`, checked, bad: `the findings ${id} were changed after they were kept` };
  }
  return { what: `findings of ${book}`, checked, bad: null };
}
