import { IcpError } from '../../errors.ts';
import { editedChange } from '../../icp/proposals/edit-change.ts';
import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { modelOfVersion } from '../../store/models.ts';
import type { Store } from '../../store/store.ts';

/** The lines of a proposal with their edits, as they would be applied: what a person who decides has to read. */
export async function linesAsEdited(
  store: Store,
  { id, baseVersion, changes }: ProposalState,
): Promise<{ number: number; change: ModelChange }[]> {
  const base = await modelOfVersion(store, baseVersion);
  if (base === null)
    throw new IcpError('no_model', `proposal ${id} changes version ${baseVersion}, which is not there`);
  return changes.map((line) => ({ number: line.number, change: editedChange(line, base.model) }));
}
