import { IcpError } from '../../errors.ts';
import type { ChangeEdit, ModelChange } from '../../icp/proposals/model-change.ts';
import { type LineValue, writeLine } from '../buttons/line-value.ts';
import type { Desk } from '../desk.ts';
import { errorSentence } from '../error-sentence.ts';
import { writeLineMetadata } from '../listeners/places.ts';
import type { Place } from '../post.ts';
import { standingOf } from '../views/change-line.ts';
import { type EditMode, editModal, modesOf, noEditModal, type Outcome, readEdit } from '../views/edit-line.ts';
import { refreshOnRefusal } from './decide-on-lines.ts';
import { proposalsOf } from './proposal-deps.ts';
import { openOver, replaceView } from './show-proposal.ts';

/** What was entered, and by which fields. */
export interface Entered {
  mode: EditMode;
  values: Readonly<Record<string, string>>;
}

/** Opens the fields of a line, with what it does as it stands. */
export async function openEdit(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  const waiting = noEditModal(value.line, 'Looking it up, a moment.', writeLineMetadata(place, value));
  const viewId = await openOver(desk, place, waiting, inModal);
  await orSaidInstead(desk, place, viewId, value, async () => {
    await desk.findPerson(place.user);
    const line = await lineToEdit(desk, value);
    const [mode] = modesOf(line.change);
    if (mode === undefined) throw new IcpError('bad_edit', `line ${value.line} can be approved or rejected as it is`);
    const seen = { ...value, seen: line.edits };
    await replaceView(desk, viewId, modal(place, seen, line.change, mode, { kind: 'run', dryRun: line.dryRun }));
  });
}

/**
 * Works out what a line does with what is entered, in its open modal. Whatever is entered last is what is shown last: an
 * answer to an older question finds that the view has another hash, and is dropped.
 */
export async function workOut(
  desk: Desk,
  place: Place,
  value: LineValue,
  viewId: string,
  entered: Entered,
): Promise<void> {
  await orSaidInstead(desk, place, viewId, value, async () => {
    await desk.findPerson(place.user);
    const line = await lineToEdit(desk, value);
    const draw = (outcome: Outcome, hash?: string) =>
      replaceView(desk, viewId, modal(place, value, line.change, entered.mode, outcome), hash);
    const read = readEdit(line.change, entered.mode, entered.values);
    if ('errors' in read) {
      await draw({ kind: 'refused', sentence: Object.values(read.errors).join(' ') });
      return;
    }
    const hash = (await draw({ kind: 'working' })) ?? undefined;
    await draw(await outcomeOf(desk, value, read.edit), hash);
  });
}

/** Puts other fields before the person: the weight of a criterion, or its points. */
export async function switchFields(
  desk: Desk,
  place: Place,
  value: LineValue,
  viewId: string,
  mode: EditMode,
): Promise<void> {
  await orSaidInstead(desk, place, viewId, value, async () => {
    const { change, dryRun } = await lineToEdit(desk, value);
    await replaceView(desk, viewId, modal(place, value, change, mode, { kind: 'run', dryRun }));
  });
}

/** Keeps an edit, and lets the messages of the proposal say so. */
export async function keepEdit(desk: Desk, place: Place, value: LineValue, { mode, values }: Entered): Promise<void> {
  const by = await desk.findPerson(place.user);
  const proposals = proposalsOf(desk.deps);
  const { change } = await lineToEdit(desk, value);
  const read = readEdit(change, mode, values);
  if ('errors' in read) throw new IcpError('bad_edit', Object.values(read.errors).join(' '));
  const { proposalId, line } = value;
  const { proposal } = await refreshOnRefusal(desk, proposalId, () =>
    proposals.edit({ proposalId, line, edit: read.edit, by }),
  );
  await desk.board.refresh(proposal);
}

/** A line that nobody has decided, as it would be applied. */
async function lineToEdit(desk: Desk, { proposalId, line }: LineValue) {
  const { state, changes } = await proposalsOf(desk.deps).show(proposalId);
  const found = state.changes.find(({ number }) => number === line);
  const change = changes.find(({ number }) => number === line)?.change;
  if (found === undefined || change === undefined)
    throw new IcpError('no_line', `proposal ${proposalId} has no line ${line}`);
  if (state.standing !== 'open' || found.standing !== 'open')
    throw new IcpError('too_late', `line ${line} cannot be edited any more: ${standingOf(state, found)}`);
  return { change, dryRun: found.dryRun, edits: found.edits.length };
}

async function outcomeOf(desk: Desk, { proposalId, line }: LineValue, edit: ChangeEdit): Promise<Outcome> {
  try {
    const asked = { proposalId, lines: [line], edit: { line, edit } };
    return { kind: 'run', dryRun: (await proposalsOf(desk.deps).simulate(asked)).dryRun };
  } catch (error) {
    if (!(error instanceof IcpError)) throw error;
    return { kind: 'refused', sentence: errorSentence(error) };
  }
}

function modal(place: Place, value: LineValue, change: ModelChange, mode: EditMode, outcome: Outcome) {
  const metadata = writeLineMetadata(place, value);
  return editModal({ line: value.line, change, mode, outcome, metadata, value: writeLine(value) });
}

async function orSaidInstead(
  desk: Desk,
  place: Place,
  viewId: string | null,
  value: LineValue,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await replaceView(desk, viewId, noEditModal(value.line, errorSentence(error), writeLineMetadata(place, value)));
    if (!(error instanceof IcpError)) throw error;
  }
}
