import { IcpError } from '../../errors.ts';
import type { Vote } from '../../icp/proposals/proposal-event.ts';
import type { ChangeState } from '../../icp/proposals/proposal-state.ts';
import type { Person } from '../../icp/types.ts';
import type { LineValue } from '../buttons/line-value.ts';
import type { Desk } from '../desk.ts';
import { type Place, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { standingOf } from '../views/change-line.ts';
import { standingLine } from '../views/digest.ts';
import { type LinesDecided, type LineVerdict, proposalsOf } from './proposal-deps.ts';

/** Decides on a line, or on all (line 0), and lets every message of the proposal say so. Whoever comes second is told who won. */
export async function decideOnLines(
  desk: Desk,
  place: Place,
  { proposalId, line, seen }: LineValue,
  decision: LineVerdict,
): Promise<void> {
  const proposals = proposalsOf(desk.deps);
  const by = await desk.findPerson(place.user);
  const lines = line === 0 ? ('all' as const) : [line];
  const outcome = await refreshOnRefusal(desk, proposalId, () =>
    proposals.decide({ proposalId, lines, seenEdits: seen, ...decision, by }),
  );
  await desk.board.refresh(outcome.proposal);
  const told = lost(outcome, by) ?? unseen(outcome, place);
  if (told !== null) await whisper(desk.client, place, { text: told, blocks: [context(told)] });
}

/** Keeps a vote in the sales check; everybody sees how many there are. */
export async function voteOnProposal(desk: Desk, place: Place, { proposalId }: LineValue, vote: Vote): Promise<void> {
  const by = await desk.findPerson(place.user);
  await desk.board.refresh(await proposalsOf(desk.deps).vote({ proposalId, vote, by }));
}

/** A refusal may be news to the message as well: it was decided, edited or overtaken meanwhile. */
export async function refreshOnRefusal<T>(desk: Desk, proposalId: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof IcpError) {
      const { state } = await proposalsOf(desk.deps).show(proposalId);
      await desk.board.refresh(state);
    }
    throw error;
  }
}

/** What the second of two who decide is told; `null` for whoever decided something, or the same before. */
function lost({ proposal, decided, already }: LinesDecided, by: Person): string | null {
  if (decided.length > 0) return null;
  const before = already.length > 0 ? already : proposal.changes.filter((line) => line.decided !== null);
  const others = before.filter((line) => line.decided?.by !== by.email);
  if (others.length === 0) return null;
  return `It was decided before you. ${summary(others, proposal)}`;
}

function summary(lines: readonly ChangeState[], proposal: LinesDecided['proposal']): string {
  const said = lines.slice(0, 5).map((line) => `Line ${line.number}: ${standingOf(proposal, line)}.`);
  const more = lines.length > 5 ? ` And ${lines.length - 5} more.` : '';
  return `${said.join(' ')}${more} ${standingLine(proposal)}`;
}

/** Where no message shows what became of it, whoever decided is told. */
function unseen({ proposal, decided }: LinesDecided, { channel }: Place): string | null {
  if (decided.length === 0 || proposal.posts.length === 0 || proposal.posts.some((one) => one.channel === channel))
    return null;
  const lines = proposal.changes.filter(({ number }) => decided.includes(number));
  return summary(lines, proposal);
}
