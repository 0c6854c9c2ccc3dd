import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { claimList, releaseList } from '../../store/churn-alerts.ts';
import { addProposalEvent, eventCounts, proposalOf } from '../../store/proposals.ts';
import type { Store } from '../../store/store.ts';
import { governanceChannel } from '../governance/governance-channel.ts';
import type { Notifier } from '../notifier.ts';

interface Ports {
  store: Store;
  now: () => number;
  notifier: Pick<Notifier, 'proposal' | 'proposalChanged' | 'proposalEscalated'>;
}

/** Messages are looked after for so long after a proposal was drafted. */
const lookedAfterMs = 60 * 86_400_000;

/**
 * Brings the messages about a book's proposals up to date: an open one that nobody was told of is posted, once; one that
 * somebody has decided on, wherever, is shown as it stands; one that waited too long is put before everybody in the channel.
 *
 * @param seen how many events each proposal had when all was told of it; brought up to date
 */
export async function tellProposals(ports: Ports, book: string, seen: Map<number, number>): Promise<void> {
  const { store, now } = ports;
  for (const { id, events } of await eventCounts(store, book, now() - lookedAfterMs)) {
    if (seen.get(id) === events) continue;
    const proposal = await proposalOf(store, id);
    if (proposal !== null && (await tellOne(ports, proposal))) seen.set(id, events);
  }
}

/** Whether everybody who should be has been told. */
async function tellOne(ports: Ports, proposal: ProposalState): Promise<boolean> {
  const { posts, standing } = proposal;
  // Whoever asked for it has a message of it elsewhere, and those who decide have none for that.
  const posted = standing !== 'open' || (await postOnce(ports, proposal));
  if (posts.length > 0) await ports.notifier.proposalChanged(proposal);
  const escalated = proposal.escalatedAt === null || standing !== 'open' || (await escalateOnce(ports, proposal));
  return posted && escalated;
}

async function postOnce({ store, now, notifier }: Ports, proposal: ProposalState): Promise<boolean> {
  const channel = await governanceChannel(store);
  if (channel === null) return false;
  return once({ store, now }, proposal, 'digest', async () => {
    const told = await notifier.proposal(proposal, channel);
    if (told === null) return false;
    await addProposalEvent(store, proposal.id, `posted ${told.channel} ${told.ts}`, {
      ...{ kind: 'posted', change: null, at: now(), by: 'the clock', byName: 'the clock' },
      details: { channel: told.channel, ts: told.ts },
    });
    return true;
  });
}

async function escalateOnce({ store, now, notifier }: Ports, proposal: ProposalState): Promise<boolean> {
  const channel = await governanceChannel(store);
  if (channel === null) return false;
  return once({ store, now }, proposal, 'escalation', async () => {
    return (await notifier.proposalEscalated(proposal, channel)) !== null;
  });
}

/**
 * Claims a message before it is sent, so that nobody is told twice; one that surely was not sent may be tried again. False
 * where that is so.
 */
async function once(
  { store, now }: Pick<Ports, 'store' | 'now'>,
  { id, book }: ProposalState,
  what: string,
  tell: () => Promise<boolean>,
): Promise<boolean> {
  const claim = { book, list: `${what} of proposal ${id}`, week: 'once' };
  if (!(await claimList(store, claim, now()))) return true;
  if (await tell()) return true;
  await releaseList(store, claim);
  return false;
}
