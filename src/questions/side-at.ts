import { importAt } from '../store/books.ts';
import { activationsOf, modelInForceAt, type StoredModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import { words } from './draft.ts';
import type { Pin } from './pin.ts';
import type { Figure } from './types.ts';

/** What could be seen on an earlier day, and by which model it was scored. */
export interface SideAt {
  importId: number;
  model: StoredModel;
  /** False where no model was in force on that day, and the one of now stands in. */
  wasInForce: boolean;
}

/**
 * The time machine: the last import that was finished by a day, and the model that was in force on it.
 *
 * Where nothing had been imported by then, or no model was in force, those of now stand in: a book that was brought in later
 * has a past, but we had not scored it. What is dated after the day is for the reader of features to leave out.
 */
export async function sideAt(store: Store, pin: Pin, at: number): Promise<SideAt> {
  const model = await modelInForceAt(store, pin.book.name, at);
  const importId = await importAt(store, pin.book.name, at);
  return {
    importId: Math.min(importId ?? pin.importId, pin.importId),
    model: model ?? (await asFirstActivated(store, pin)),
    wasInForce: model !== null,
  };
}

/** The model of now with when it first came into force: it may come into force again, and an answer must stay as it was. */
async function asFirstActivated(store: Store, { book, model }: Pin): Promise<StoredModel> {
  const first = (await activationsOf(store, book.name)).find(({ version }) => version === model.version);
  return { ...model, activatedAt: first?.at ?? null, activatedBy: first?.by ?? null };
}

/** Which model it is, since when and by whom it is in force, in words for a receipt and for a person. */
export function standingInWords({ model, wasInForce }: Pick<SideAt, 'model' | 'wasInForce'>): string {
  const { version, activatedAt, activatedBy } = model;
  const day = activatedAt === null ? 'a day that is not known' : new Date(activatedAt).toISOString().slice(0, 10);
  const who = activatedBy ?? 'nobody known';
  return wasInForce
    ? `model version ${version}, in force on that day: activated on ${day} by ${who}`
    : `no model was in force on that day: version ${version} stands in, activated on ${day} by ${who}`;
}

/** What the sentence about an earlier day names of the model. */
export function inForceFigures({ model: { activatedAt, activatedBy } }: Pick<SideAt, 'model'>): Figure[] {
  const v = activatedAt === null ? null : new Date(activatedAt).toISOString();
  return [
    { key: 'activatedOn', label: 'The model was activated on', v, unit: 'date' },
    words('activatedBy', 'The model was activated by', activatedBy ?? 'nobody known'),
  ];
}

/** The earlier day that an answer is about, the version and who put it in force; `prefix` is that of the account's figures. */
export function inForceText({ wasInForce }: Pick<SideAt, 'wasInForce'>, prefix = ''): string {
  const [day, version] = [`{{${prefix}asOf}}`, `{{${prefix}modelVersion}}`];
  return wasInForce
    ? `That is as it was known on ${day}, under model version ${version}, which was in force on that day: activated on {{activatedOn}} by {{activatedBy}}.`
    : `That is as it was known on ${day}; no model was in force on that day, so version ${version} stands in, activated on {{activatedOn}} by {{activatedBy}}.`;
}
