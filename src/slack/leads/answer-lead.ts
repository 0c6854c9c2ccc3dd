import { IcpError } from '../../errors.ts';
import type { LeadStanding, LeadVerdict } from '../../icp/leads/lead-standing.ts';
import type { LeadValue } from '../buttons/lead-value.ts';
import type { SlackDeps } from '../deps.ts';
import type { Desk } from '../desk.ts';
import { type Place, whisper } from '../post.ts';
import { context } from '../views/blocks.ts';
import { leadMessage, leadStandingLine } from '../views/lead-card.ts';

type Lead = Pick<LeadValue, 'book' | 'leadId'>;

/** Keeps what somebody said of a lead, and lets its messages say so. */
export async function answerLead(
  desk: Desk,
  place: Place,
  { book, leadId }: Lead,
  said: { answer: LeadVerdict; reason: string | null },
): Promise<void> {
  const by = await desk.findPerson(place.user);
  const leads = leadsOf(desk.deps);
  const { state, changed } = await leads.answer({ book, leadId, by, ...said });
  await showLead(desk, place, { book, leadId });
  const own = state.answer?.by === by.email;
  if (changed || (own && state.standing === said.answer)) return;
  const first = own ? 'You had answered already, and that stands: take it back first.' : 'Somebody was before you.';
  await tell(desk, place, `${first} ${leadStandingLine(state) ?? ''}`);
}

/** Takes an answer back. A button that comes too late goes. */
export async function undoLead(desk: Desk, place: Place, { book, leadId }: Lead): Promise<void> {
  const by = await desk.findPerson(place.user);
  let state: LeadStanding | null = null;
  try {
    ({ state } = await leadsOf(desk.deps).undo({ book, leadId, by }));
  } finally {
    await showLead(desk, place, { book, leadId }, state !== null);
  }
}

/** What the house does with leads. @throws {IcpError} where it does nothing */
export function leadsOf({ leads }: SlackDeps): NonNullable<SlackDeps['leads']> {
  if (leads === undefined) throw new IcpError('not_here', 'nobody keeps leads here; tell whoever runs Lodestar');
  return leads;
}

/** Draws every message that shows a lead anew. Whoever pressed on another one, such as one that only they see, gets it below. */
async function showLead(desk: Desk, place: Place, { book, leadId }: Lead, whispers = true): Promise<void> {
  const { client, deps } = desk;
  const leads = leadsOf(deps);
  const posts = await leads.posts(book, leadId);
  for (const { channel, ts, leadIds } of posts) {
    const message = leadMessage(await leads.describe(book, leadIds), deps.now());
    try {
      await client.chat.update({ channel, ts, ...message });
    } catch (error) {
      // The answer is kept, and a message that somebody deleted has nobody to tell.
      deps.log.warn({ err: error, channel, ts }, 'a lead card could not be updated');
    }
  }
  if (!whispers || posts.some(({ channel, ts }) => channel === place.channel && ts === place.threadTs)) return;
  await whisper(client, place, leadMessage(await leads.describe(book, [leadId]), deps.now()));
}

async function tell({ client }: Desk, place: Place, text: string): Promise<void> {
  await whisper(client, place, { text, blocks: [context(text)] });
}
