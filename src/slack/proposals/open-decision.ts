import type { LineValue } from '../buttons/line-value.ts';
import type { Desk } from '../desk.ts';
import { writeLineMetadata } from '../listeners/places.ts';
import type { Place } from '../post.ts';
import { approveFromModal, rejectModal } from '../views/proposal-modals.ts';
import { openOver } from './show-proposal.ts';

/** Asks why a line is rejected. */
export async function openReject(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  await openOver(desk, place, rejectModal(value.line, writeLineMetadata(place, value)), inModal);
}

/** Asks from which day on all of it shall hold. */
export async function openApproveFrom(desk: Desk, place: Place, value: LineValue, inModal: boolean): Promise<void> {
  const today = new Date(desk.deps.now()).toISOString().slice(0, 10);
  const view = approveFromModal(value.proposalId, today, writeLineMetadata(place, value));
  await openOver(desk, place, view, inModal);
}
