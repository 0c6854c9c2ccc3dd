import { importAt } from '../store/books.ts';
import { modelInForceAt, type StoredModel } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import type { Pin } from './pin.ts';

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
    model: model ?? pin.model,
    wasInForce: model !== null,
  };
}

/** Which model it is, since when and by whom it is in force, in words for a receipt. */
export function standingInWords({ model, wasInForce }: Pick<SideAt, 'model' | 'wasInForce'>): string {
  const { version, activatedAt, activatedBy } = model;
  const day = activatedAt === null ? 'a day that is not known' : new Date(activatedAt).toISOString().slice(0, 10);
  const who = activatedBy ?? 'nobody known';
  return wasInForce
    ? `model version ${version}, in force on that day: activated on ${day} by ${who}`
    : `no model was in force on that day: version ${version} stands in, activated on ${day} by ${who}`;
}
