import type { Crm } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { mostByCall } from '../../icp/publishing/estimate-calls.ts';
import { addAudit } from '../../store/audit.ts';
import { leaveOutWaiting } from '../../store/publication-rows.ts';
import { movePublication, type Publication, type PublicationState, publicationOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import type { Fence } from '../with-lease.ts';
import type { Fault, FaultPoint } from './fault-points.ts';

export interface SendPorts {
  store: Store;
  crm: Crm;
  now: () => number;
  /** Waits for so many milliseconds. */
  sleep: (ms: number) => Promise<void>;
  /** A number from 0 to 1, for waits that differ. */
  random?: () => number;
  log?: (what: string, about: Readonly<Record<string, unknown>>) => void;
  onProgress?: (what: string, done?: number, total?: number) => void;
  fence?: Fence;
  fault?: Fault;
  /** The usual unless given. */
  sizes?: Partial<SendSizes>;
}

export interface SendSizes {
  /** Up to so many rows go by the call; more go as a job. */
  byCall: number;
  /** So many results are written down at once. */
  atOnce: number;
}

/** One visit to a publication that is being sent. */
export interface Sending extends SendPorts {
  sizes: SendSizes;
  publication: Publication;
  at: (point: FaultPoint) => Promise<void>;
  /** A step that is written down whole or not at all, and only while the lease is held. */
  commit: (work: (transaction: Store) => Promise<void>) => Promise<void>;
  /** Makes sure that it is still wanted. @throws {Halt} `stopping` where a person has asked meanwhile that it stops */
  requireWanted: (store?: Store) => Promise<void>;
  /** Calls since the last time that they were written down. */
  spent: () => number;
}

export function beginSending(ports: SendPorts, publication: Publication): Sending {
  let before = ports.crm.writer.calls();
  return {
    ...ports,
    sizes: { byCall: mostByCall, atOnce: 2_000, ...ports.sizes },
    publication,
    at: async (point) => {
      await ports.fault?.(point);
    },
    commit: (work) =>
      ports.store.transaction(async (transaction) => {
        await ports.fence?.(transaction);
        await work(transaction);
      }),
    async requireWanted(store = ports.store) {
      if ((await publicationOf(store, publication.id))?.state === 'stopping') throw new Halt('stopping', askedWords);
    },
    spent() {
      const calls = ports.crm.writer.calls();
      const since = calls - before;
      before = calls;
      return since;
    },
  };
}

const askedWords = 'a person has asked that it stops';

/** Why a sending does not go on for now, or at all. */
export class Halt extends Error {
  readonly state: Extract<PublicationState, 'paused' | 'stopping' | 'stopped' | 'superseded'>;
  /** Not before so many milliseconds from now; `null`: not before a person asks. */
  readonly forMs: number | null;
  /** What is written down in the same moment. */
  readonly also: (transaction: Store) => Promise<void>;

  constructor(state: Halt['state'], reason: string, forMs: Halt['forMs'] = 0, also: Halt['also'] = async () => {}) {
    super(reason);
    this.name = 'Halt';
    this.state = state;
    this.forMs = forMs;
    this.also = also;
  }
}

const minute = 60_000;
export const soonMs = 5 * minute;
export const laterMs = 60 * minute;

/** What an error of the CRM means for a sending; `null` for one that is ours, which is not swallowed. */
export function haltOf(error: unknown): Halt | null {
  if (error instanceof Halt) return error;
  if (!(error instanceof IcpError)) return null;
  // Where waiting is only what follows from a trouble, the trouble is the reason: it stays the same from visit to visit.
  const reason = error.cause instanceof IcpError ? error.cause.message : error.message;
  switch (error.code) {
    case 'crm_retry':
      return new Halt('paused', reason, soonMs);
    case 'crm_limit':
    case 'crm_stop':
    case 'crm_signed_out':
    case 'crm_not_ready':
      return new Halt('paused', reason, laterMs);
    default:
      return null;
  }
}

/**
 * Moves a publication on with the calls that were spent; `false` where a person has asked meanwhile that it stops, which goes
 * before.
 */
export async function moveOn(
  { publication: { id }, spent }: Sending,
  transaction: Store,
  to: Omit<Parameters<typeof movePublication>[2], 'calls'>,
): Promise<boolean> {
  const calls = spent();
  if (await movePublication(transaction, id, { ...to, calls })) return true;
  await movePublication(transaction, id, { state: 'stopping', calls });
  return false;
}

/** Writes down why it does not go on. What was not sent yet waits where it is paused, and is left out where it is over. */
export async function leave(sending: Sending, { state, message, forMs, also }: Halt): Promise<void> {
  const { publication, now } = sending;
  const isOver = state === 'stopped' || state === 'superseded';
  const isNews = publication.state !== state || publication.reason !== message;
  await sending.commit(async (tx) => {
    const resumeAt = isOver || forMs === null ? null : now() + forMs;
    const ended = isOver ? { finishedAt: now() } : {};
    if (!(await moveOn(sending, tx, { state, reason: message, resumeAt, ...ended }))) return;
    await also(tx);
    if (isOver) await leaveOutWaiting(tx, publication.id, message);
    // A pause for the same reason as before is not said again.
    if (isNews)
      await addAudit(tx, {
        ...{
          at: now(),
          actor: publication.by,
          action: `publication.${state}`,
          subject: `publication ${publication.id}`,
        },
        details: { reason: message },
      });
  });
  sending.log?.(`publication ${state}`, { id: publication.id, reason: message });
}
