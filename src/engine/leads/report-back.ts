import type { ModelChange } from '../../icp/proposals/model-change.ts';
import type { ChangeState, ProposalState } from '../../icp/proposals/proposal-state.ts';
import { listPeople } from '../../store/people.ts';
import { addProposalEvent, proposalsOnAnswers } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import type { Notifier } from '../notifier.ts';

/** Proposals further back than this have been reported long ago. */
const mostProposals = 20;

/**
 * Tells the people whose answers a change stands on what was decided about it: each person once for each change.
 *
 * It may be called at any time: what was told before is not told again. A person whom Slack does not know is passed over.
 *
 * @returns how many people were told
 */
export async function reportBack(
  { store, notifier, now }: { store: Store; notifier: Pick<Notifier, 'reportBack'>; now: () => number },
  book: string,
): Promise<number> {
  const people = new Map((await listPeople(store)).map((person) => [person.email.toLowerCase(), person]));
  let told = 0;
  for (const proposal of await proposalsOnAnswers(store, book, mostProposals)) {
    for (const line of proposal.changes) {
      const decided = decidedChange(proposal, line);
      if (decided === null) continue;
      const addresses = new Set((decided.change.because?.answers ?? []).map(({ by }) => by.toLowerCase()));
      for (const address of addresses) {
        const person = people.get(address);
        if (person === undefined) continue;
        const isOurs = await addProposalEvent(store, proposal.id, `reported back ${line.number} ${address}`, {
          ...{ kind: 'reported back', change: line.number, at: now(), by: 'the clock', byName: 'the clock' },
          details: {},
        });
        if (isOurs && (await notifier.reportBack(decided, person)) !== null) told += 1;
      }
    }
  }
  return told;
}

function decidedChange({ scheduled }: ProposalState, { drafted, standing, decided }: ChangeState) {
  if (standing !== 'approved' && standing !== 'rejected') return null;
  if (decided === null || !standsOnAnswers(drafted)) return null;
  const effectiveAt = standing === 'approved' ? (scheduled?.effectiveAt ?? null) : null;
  return { change: drafted, standing, decided, effectiveAt };
}

function standsOnAnswers(change: ModelChange): change is Extract<ModelChange, { kind: 'anti-pattern added' }> {
  return change.kind === 'anti-pattern added' && change.because !== undefined;
}
