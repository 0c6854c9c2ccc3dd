import { stopSettled } from '../../engine/publish/carry-out-stop.ts';
import { type PlanPorts, type PlanWanted, planPublication } from '../../engine/publish/plan-publication.ts';
import type { PublicationPlan } from '../../engine/publish/planned.ts';
import { requirePublication } from '../../engine/publish/require-publication.ts';
import { sendPublication } from '../../engine/publish/send-publication.ts';
import type { SendPorts } from '../../engine/publish/sending.ts';
import { askToStop } from '../../engine/publish/stop-publication.ts';
import { tellPublication } from '../../engine/publish/tell-publication.ts';
import { type UndoPlan, undoPublication } from '../../engine/publish/undo-publication.ts';
import { withLease } from '../../engine/with-lease.ts';
import { IcpError } from '../../errors.ts';
import { type Publication, publicationsLike, publicationUnderWay } from '../../store/publications.ts';
import type { Lodestar } from '../open-lodestar.ts';
import { requireCrm } from './open-crm.ts';

/** What publishing needs of the house; how it waits and in what parts it sends may be given otherwise. */
export type PublishingHouse = Pick<Lodestar, 'store' | 'now' | 'holder' | 'crm'> & {
  log: Pick<Lodestar['log'], 'info'>;
  tellers: Parameters<typeof tellPublication>[0]['notifier'] | null;
} & Pick<PlanPorts, 'compute'> &
  Partial<Pick<SendPorts, 'sleep' | 'sizes' | 'fault'>>;
type House = PublishingHouse;
type Progress = (what: string, done?: number, total?: number) => void;

/**
 * Plans a publication of a book and sends it, or goes on with the one that is under way, while nobody else writes to the CRM.
 *
 * @param wanted.evenIfPaused a person asks: a publication that waits goes on now
 * @returns `plan` is null where an earlier one was gone on with
 */
export async function publishBook(
  house: House,
  wanted: PlanWanted & { evenIfPaused?: boolean },
  onProgress: Progress = () => {},
): Promise<{ plan: PublicationPlan | null; publication: Publication | null }> {
  const crm = await requireCrm(house);
  return withLease(house.store, leaseOf(house, wanted.book.name, onProgress), async (fence) => {
    const ports = { ...house, crm, fence, onProgress };
    const underWay = wanted.dryRun === true ? null : await publicationUnderWay(house.store, wanted.book.name);
    if (underWay !== null) {
      const publication = await send(house, { ...ports, id: underWay.id, evenIfPaused: wanted.evenIfPaused === true });
      // What was superseded makes room for a new plan; anything else is for a person to look at first.
      if (publication.state !== 'superseded') return { plan: null, publication };
    }
    const plan = await planPublication(ports, wanted);
    if (!plan.kept) return { plan, publication: null };
    return { plan, publication: await send(house, { ...ports, id: plan.id, evenIfPaused: true }) };
  });
}

/** Gives every record of a publication back what it had, where nobody has touched it since. */
export async function undoBook(
  house: House,
  { run, by, dryRun }: { run: string; by: string; dryRun: boolean },
  onProgress: Progress = () => {},
): Promise<{ plan: UndoPlan; publication: Publication | null }> {
  const crm = await requireCrm(house);
  const { id, book } = await publicationNamed(house, run);
  return withLease(house.store, leaseOf(house, book, onProgress), async (fence) => {
    const ports = { ...house, crm, fence, onProgress };
    const plan = await undoPublication(ports, { id, by, dryRun });
    if (!plan.kept) return { plan, publication: null };
    return { plan, publication: await send(house, { ...ports, id: plan.id, evenIfPaused: true }) };
  });
}

/** Where a stop is carried out later: somebody else sends just now, or no CRM can be asked. */
const laterCodes = new Set(['busy', 'crm_not_connected', 'crm_signed_out']);

/**
 * Writes down that a person wants no more of a publication sent, and ends it where nobody is at it just now; whoever is does it
 * otherwise.
 *
 * @returns the publication as it stands now; `stopping` where it could not be ended yet
 * @throws {IcpError} `no_publication`, `publication_over`
 */
export async function stopBook(
  house: House,
  { run, by }: { run: string; by: string },
  onProgress: Progress = () => {},
): Promise<Publication> {
  const { store } = house;
  const { id, book } = await publicationNamed(house, run);
  const giveUp = (await askToStop(house, { id, by })).state === 'stopping';
  try {
    return await withLease(store, leaseOf(house, book, onProgress), async (fence) => {
      if (await stopSettled({ ...house, fence }, id)) return told(house, id);
      const crm = await requireCrm(house);
      return send(house, { ...house, crm, fence, onProgress, id, evenIfPaused: true, giveUp });
    });
  } catch (error) {
    if (error instanceof IcpError && laterCodes.has(error.code)) return requirePublication(store, id);
    throw error;
  }
}

/**
 * The publication that somebody named by its id or the beginning of it.
 *
 * @throws {IcpError} `no_publication` where none or several begin like that
 */
export async function publicationNamed({ store }: Pick<House, 'store'>, typed: string): Promise<Publication> {
  const found = await publicationsLike(store, typed);
  const [only] = found;
  if (only === undefined) return requirePublication(store, typed);
  if (found.length === 1 && typed.length >= 4) return only;
  throw new IcpError(
    'no_publication',
    `a publication is named by its id or the beginning of it, four characters at least, and ${found.length} begin with ${typed}; lodestar publications lists them`,
  );
}

async function send(
  house: House,
  {
    id,
    evenIfPaused,
    giveUp = false,
    sleep = (ms) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
    ...ports
  }: Omit<SendPorts, 'sleep' | 'log'> &
    Partial<Pick<SendPorts, 'sleep'>> & { id: string; evenIfPaused: boolean; giveUp?: boolean },
): Promise<Publication> {
  const log = (what: string, about: Readonly<Record<string, unknown>>) => house.log.info(about, what);
  await sendPublication({ ...ports, sleep, log }, id, { evenIfPaused, giveUp });
  return told(house, id);
}

/** A publication as it stands now, once people were told of it. */
async function told({ store, tellers }: House, id: string): Promise<Publication> {
  if (tellers !== null) await tellPublication({ store, notifier: tellers }, id);
  return requirePublication(store, id);
}

function leaseOf({ holder }: House, book: string, onWait: (what: string) => void) {
  return { what: `publishing ${book}`, holder, onWait };
}
