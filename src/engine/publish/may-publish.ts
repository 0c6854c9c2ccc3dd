import { IcpError } from '../../errors.ts';
import { type Activation, activationsOf, activeModel, contentHashOf, type StoredModel } from '../../store/models.ts';
import { type ScoreRun, scoreRunOf } from '../../store/scores.ts';
import { settingOf } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

/** The setting by which a person says that a book is published: `{ on: true }`, with `first: true` also by a first model. */
export const publishPrefix = 'publish.';

/** Who asks for a publication where nobody does. */
export const theSchedule = 'the schedule';

/** What a person has said of publishing a book: whether it is, and whether also by a first model, which nobody decided on. */
export async function publishing(store: Store, book: string): Promise<{ on: boolean; first: boolean }> {
  const value = (await settingOf(store, `${publishPrefix}${book}`))?.value;
  if (typeof value !== 'object' || value === null || !('on' in value) || value.on !== true)
    return { on: false, first: false };
  return { on: true, first: 'first' in value && value.first === true };
}

/**
 * The model by which scores of a book may be published: the one in force, by the word of a person, as that person saw it.
 *
 * @param by who asks; a first model, which nobody decided on, is published only when a person asks or has asked once for all
 * @throws {IcpError} `no_model`, `not_approved`, `model_changed`
 */
export async function requireApprovedModel(
  store: Store,
  book: string,
  by: string,
): Promise<{ model: StoredModel; activation: Activation }> {
  const model = await activeModel(store, book);
  const activation = (await activationsOf(store, book)).at(-1);
  if (model === null || activation === undefined)
    throw new IcpError(
      'no_model',
      `publishing needs a model in force in the book ${book}, and there is none; make one with lodestar analyze`,
    );
  if (activation.version !== model.version || activation.contentHash !== contentHashOf(model))
    throw new IcpError(
      'model_changed',
      `publishing needs model ${model.version} as it came into force, and its content has another hash now; lodestar verify says what was changed`,
    );
  if (activation.kind === 'first' && by === theSchedule && !(await publishing(store, book)).first)
    throw new IcpError(
      'not_approved',
      `publishing needs a model that a person approved, and model ${model.version} of the book ${book} is the first one, which nobody decided on; run lodestar publish, or set ${publishPrefix}${book} to {"on":true,"first":true}`,
    );
  return { model, activation };
}

/** @throws {IcpError} `scores_behind` where the scores are not those of the model in force */
export async function requireScores(store: Store, book: string, version: number): Promise<ScoreRun> {
  const run = await scoreRunOf(store, book);
  if (run === null || run.modelVersion !== version)
    throw new IcpError(
      'scores_behind',
      `publishing needs scores of model ${version}, which is in force, and those of the book ${book} are ${run === null ? 'not there' : `of model ${run.modelVersion}`}; run lodestar score`,
    );
  return run;
}
