import type { ModalView } from '@slack/types';
import { IcpError } from '../../errors.ts';
import type { LineValue } from '../buttons/line-value.ts';
import { withPatience } from '../conversation/status.ts';
import type { Desk } from '../desk.ts';
import { errorSentence } from '../error-sentence.ts';
import { writeLineMetadata } from '../listeners/places.ts';
import { type Place, post } from '../post.ts';
import { detailsModal, linesModal, readingModal, simulationModal } from '../views/proposal-modals.ts';
import { noProposalMessage, simulationMessages } from '../views/proposal-notices.ts';
import { receiptText } from '../views/receipt-card.ts';
import { proposalsOf } from './proposal-deps.ts';

/** Posts the digest of a proposal, or of those that are open, where somebody asked for it; it follows what is decided. */
export async function showProposals(desk: Desk, place: Place, id: number | null): Promise<void> {
  const proposals = proposalsOf(desk.deps);
  await desk.findPerson(place.user);
  const { living, newest } = await proposals.list();
  const wanted = id === null ? living : [(await proposals.show(id)).state];
  if (wanted.length === 0) await post(desk.client, place, noProposalMessage(newest));
  for (const state of wanted) {
    const at = await desk.board.post(state, (message) => post(desk.client, place, message));
    if (at !== null) await proposals.posted(state.id, at);
  }
}

/** Posts what lines of a proposal would do together. */
export async function showSimulation(
  desk: Desk,
  place: Place,
  { id, lines }: { id: number; lines: readonly number[] | null },
): Promise<void> {
  await desk.findPerson(place.user);
  const asked = { proposalId: id, ...(lines === null ? {} : { lines }) };
  const simulated = await withPatience(desk, place, proposalsOf(desk.deps).simulate(asked));
  for (const message of simulationMessages(simulated)) await post(desk.client, place, message);
}

/** Opens a modal over a message, or on top of the modal in which the button was pressed. */
export async function openOver(desk: Desk, place: Place, view: ModalView, inModal: boolean): Promise<string | null> {
  if (place.triggerId === undefined) throw new IcpError('no_trigger', 'this opens from a button of the proposal');
  const asked = { trigger_id: place.triggerId, view };
  const opened = inModal ? await desk.client.views.push(asked) : await desk.client.views.open(asked);
  return opened.view?.id ?? null;
}

/** Puts a view in the place of one that is open; one that somebody has closed, or that is newer, stays as it is. */
export async function replaceView(
  { client, deps }: Desk,
  viewId: string | null,
  view: ModalView,
  hash?: string,
): Promise<string | null> {
  if (viewId === null) return null;
  try {
    const replaced = await client.views.update({ view_id: viewId, view, ...(hash === undefined ? {} : { hash }) });
    return replaced.view?.hash ?? null;
  } catch (error) {
    deps.log.info({ err: error, view: viewId }, 'a view was closed or replaced before it was brought up to date');
    return null;
  }
}

/** Everything that is known of one line. */
export async function openDetails(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  const metadata = writeLineMetadata(place, value);
  const title = `Line ${value.line}`;
  const viewId = await openOver(desk, place, readingModal(title, metadata, ['Looking it up, a moment.']), inModal);
  await orSaid(desk, viewId, { title, metadata }, async () => {
    await desk.findPerson(place.user);
    const { state, changes } = await proposalsOf(desk.deps).show(value.proposalId);
    const line = state.changes.find(({ number }) => number === value.line);
    const change = changes.find(({ number }) => number === value.line)?.change;
    if (line === undefined || change === undefined)
      throw new IcpError('no_line', `proposal ${state.id} has no line ${value.line}`);
    await replaceView(desk, viewId, detailsModal(line, change, metadata));
  });
}

/** Where the figures of a proposal, or of one line of it, came from: they are worked out again. */
export async function openReceipt(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  const metadata = writeLineMetadata(place, value);
  const title = value.line === 0 ? `Receipt of proposal ${value.proposalId}` : `Receipt of line ${value.line}`;
  const working = readingModal(title, metadata, ['Working every figure out again, a moment.']);
  const viewId = await openOver(desk, place, working, inModal);
  await orSaid(desk, viewId, { title, metadata }, async () => {
    await desk.findPerson(place.user);
    const { state } = await proposalsOf(desk.deps).show(value.proposalId);
    const { questions } = desk.deps;
    const { receipt } = await questions.report('changes', { about: String(state.id), book: state.book });
    const lines = receiptText(await questions.receipt(receipt), value.line);
    await replaceView(desk, viewId, readingModal(title, metadata, lines));
  });
}

/** What all lines would do together as they stand, with a choice of which. */
export async function openSimulation(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  const { title, metadata } = simulationNames(place, value);
  const viewId = await openOver(desk, place, readingModal(title, metadata, ['Working it out, a moment.']), inModal);
  await simulateIn(desk, place, value, viewId);
}

/** Works out what lines would do together, and shows it in an open view; the newest question wins. */
export async function simulateIn(
  desk: Desk,
  place: Place,
  value: LineValue,
  viewId: string | null,
  lines: readonly number[] | null = null,
): Promise<void> {
  const { title, metadata } = simulationNames(place, value);
  await orSaid(desk, viewId, { title, metadata }, async () => {
    await desk.findPerson(place.user);
    const proposals = proposalsOf(desk.deps);
    const { state } = await proposals.show(value.proposalId);
    const usual = state.changes.filter(({ standing }) => standing === 'open' || standing === 'approved');
    const wanted = lines ?? usual.map(({ number }) => number);
    const working = simulationModal(state, { lines: wanted, dryRun: null }, metadata);
    const hash = await replaceView(desk, viewId, working);
    const { dryRun } = await proposals.simulate({ proposalId: state.id, lines: wanted });
    await replaceView(desk, viewId, simulationModal(state, { lines: wanted, dryRun }, metadata), hash ?? undefined);
  });
}

function simulationNames(place: Place, value: LineValue): { title: string; metadata: string } {
  return { title: `Simulate proposal ${value.proposalId}`, metadata: writeLineMetadata(place, value) };
}

/** The lines that found no room in the message. */
export async function openLines(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  const from = { ...value, from: value.line };
  const metadata = writeLineMetadata(place, from);
  const title = `Lines of proposal ${value.proposalId}`;
  const viewId = await openOver(desk, place, readingModal(title, metadata, ['Looking it up, a moment.']), inModal);
  await redrawLines(desk, place, viewId, from);
}

/** Lets the modal with the lines from one on say how they stand; nothing where a line stands in a message. */
export async function redrawLines(desk: Desk, place: Place, viewId: string | null, value: LineValue): Promise<void> {
  if (viewId === null || value.from === 0) return;
  const shown = await proposalsOf(desk.deps).show(value.proposalId);
  const metadata = writeLineMetadata(place, { ...value, line: value.from });
  await replaceView(desk, viewId, linesModal(shown, value.from, metadata));
}

/** What goes wrong behind an open view is said in it: nobody looks for it anywhere else. */
async function orSaid(
  desk: Desk,
  viewId: string | null,
  { title, metadata }: { title: string; metadata: string },
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await replaceView(desk, viewId, readingModal(title, metadata, [errorSentence(error)]));
    if (!(error instanceof IcpError)) throw error;
  }
}
