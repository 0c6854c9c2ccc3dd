import { IcpError, UsageError } from '../../errors.ts';
import type { Role } from '../../icp/types.ts';
import { addAudit } from '../../store/audit.ts';
import { addEvent, beginEvents, type CompanyEvent, endEvent, eventOf } from '../../store/company-events.ts';
import type { Store } from '../../store/store.ts';
import { type Actor, requireRole } from '../actor.ts';

/** An event changes scores, so it is no matter of whoever wants to see another one. */
const recorders: readonly Role[] = ['leader', 'revops', 'cs', 'admin'];
const ofOurs: readonly Role[] = ['leader', 'revops', 'admin'];

const longestKind = 60;
const longestNote = 200;

interface Ports {
  store: Store;
  now: () => number;
}

export interface EventWanted {
  book: string;
  /** `null`: our own company. */
  accountId: string | null;
  /** In a word or two: `acquired`. */
  kind: string;
  /** The day from which on things count again. */
  on: number;
  note: string | null;
  actor: Actor;
}

/**
 * Records that something happened to an account, or to our own company, which makes what is older misleading.
 *
 * It is seen from the next scoring on: signals and usage of an account that were observed before its day are muted when the
 * account is read as of a later one. What was answered before keeps its answer.
 *
 * @throws {IcpError} `not_allowed` for a role that may not
 */
export async function recordEvent({ store, now }: Ports, wanted: EventWanted): Promise<CompanyEvent> {
  const { book, accountId, on } = wanted;
  const roles = accountId === null ? ofOurs : recorders;
  const who = await requireRole(store, wanted.actor, { what: 'recording an event', roles });
  const kind = wordsOf(wanted.kind, 'the kind of an event', 2, longestKind);
  const note = wanted.note === null ? null : wordsOf(wanted.note, 'the note of an event', 2, longestNote);
  return store.transaction(async (tx) => {
    const { importId, at } = await beginEvents(tx, book, now());
    const event = await addEvent(tx, {
      ...{ book, accountId, kind, on, note, by: who.by, byName: who.byName, recordedAt: at },
    });
    await addAudit(tx, {
      ...{ at: now(), actor: who.recorded, action: 'event.recorded', subject: subjectOf(event) },
      details: { id: event.id, kind, note, on: new Date(on).toISOString().slice(0, 10), importId },
    });
    return event;
  });
}

/**
 * Takes an event back: what it muted counts again from the next scoring on.
 *
 * @returns `changed` is false when it had been taken back before
 * @throws {IcpError} `not_allowed`; `no_event` when there is none of that number
 */
export async function takeBackEvent(
  { store, now }: Ports,
  { eventId, actor }: { eventId: number; actor: Actor },
): Promise<{ event: CompanyEvent; changed: boolean }> {
  const event = await eventOf(store, eventId);
  if (event === null)
    throw new IcpError('no_event', `no event has the number ${eventId}; lodestar events lists those that stand`);
  const roles = event.accountId === null ? ofOurs : recorders;
  const who = await requireRole(store, actor, { what: 'taking an event back', roles });
  if (event.endedAt !== null) return { event, changed: false };
  const changed = await store.transaction(async (tx) => {
    const { importId, at } = await beginEvents(tx, event.book, now());
    if (!(await endEvent(tx, eventId, who.by, at))) return false;
    await addAudit(tx, {
      ...{ at: now(), actor: who.recorded, action: 'event.taken back', subject: subjectOf(event) },
      details: { id: eventId, importId },
    });
    return true;
  });
  return { event: (await eventOf(store, eventId)) ?? event, changed };
}

function subjectOf({ accountId, book }: CompanyEvent): string {
  return accountId === null ? `our company in ${book}` : `account ${accountId} of ${book}`;
}

function wordsOf(typed: string, what: string, shortest: number, longest: number): string {
  const words = typed.trim().replace(/\s+/g, ' ');
  if (words.length < shortest || words.length > longest)
    throw new UsageError(`${what} has ${shortest} to ${longest} characters, got ${words.length}`);
  return words;
}
