import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { ProposalState } from '../../icp/proposals/proposal-state.ts';
import { onceProcessed, uploadPicture } from '../answers/pictures.ts';
import { reachPicture } from '../charts/reach-spec.ts';
import type { SlackDeps } from '../deps.ts';
import type { Posted } from '../post.ts';
import type { Message, Picture } from '../views/blocks.ts';
import { digestMessage } from '../views/digest.ts';
import { asDrafted, type ShownProposal } from './proposal-deps.ts';

/** Looks after the messages about proposals: each of them says how its proposal stands, whoever decided it where. */
export interface ProposalBoard {
  /** Posts a digest by `send`; the picture follows when it is drawn, since words never wait for it. */
  post<P extends Posted | null>(state: ProposalState, send: (message: Message) => Promise<P>): Promise<P>;
  /** Draws every message about a proposal anew, as it stands when that happens: of fifty calls at once a few remain. */
  refresh(state: ProposalState): Promise<void>;
}

type Ports = { client: WebClient } & Pick<SlackDeps, 'log' | 'drawPicture' | 'proposals'>;

interface Run {
  again: boolean;
  done: Promise<void>;
}

export function createProposalBoard({ client, log, drawPicture, proposals }: Ports): ProposalBoard {
  /** What this process posted: a message is known here before it is kept. */
  const posted = new Map<number, Posted[]>();
  const pictures = new Map<number, Promise<Picture | null>>();
  const drawn = new Map<number, Picture>();
  const runs = new Map<number, Run>();

  const shownNow = (state: ProposalState): Promise<ShownProposal> =>
    proposals === undefined ? Promise.resolve(asDrafted(state)) : proposals.show(state.id);

  const pictureOf = (state: ProposalState): Promise<Picture | null> => {
    const known = pictures.get(state.id) ?? draw(state);
    pictures.set(state.id, known);
    return known;
  };

  async function draw({ id, dryRun }: ProposalState): Promise<Picture | null> {
    const wanted = reachPicture(dryRun.tested);
    if (drawPicture === null || wanted === null) return null;
    try {
      const picture = await uploadPicture({ client, drawPicture }, wanted);
      if (picture !== null) drawn.set(id, picture);
      return picture;
    } catch (error) {
      log.warn({ err: error, proposal: id }, 'a proposal stays without its picture');
      return null;
    }
  }

  async function redraw(given: ProposalState): Promise<void> {
    const picture = await pictureOf(given);
    const shown = await shownNow(given);
    const { text, blocks } = digestMessage(shown, picture);
    for (const { channel, ts } of postsOf(shown.state)) {
      try {
        await onceProcessed(() => client.chat.update({ channel, ts, text, blocks }));
      } catch (error) {
        // What was decided is kept, and a message that somebody deleted has nobody to tell.
        if (isGone(error)) await forget(given.id, { channel, ts });
        else log.warn({ err: error, channel, ts }, 'a proposal could not be updated');
      }
    }
  }

  async function forget(proposal: number, at: Posted): Promise<void> {
    const others = (posted.get(proposal) ?? []).filter(({ channel, ts }) => channel !== at.channel || ts !== at.ts);
    posted.set(proposal, others);
    log.warn({ proposal, ...at }, 'a message about a proposal is gone from Slack, and nobody looks after it any more');
    await proposals?.gone(proposal, at);
  }

  function postsOf({ id, posts }: ProposalState): Posted[] {
    const all = [...posts, ...(posted.get(id) ?? [])];
    return all.filter(({ channel, ts }, at) => all.findIndex((one) => one.channel === channel && one.ts === ts) === at);
  }

  function refresh(state: ProposalState): Promise<void> {
    const running = runs.get(state.id);
    if (running !== undefined) {
      running.again = true;
      return running.done;
    }
    const run: Run = { again: true, done: Promise.resolve() };
    runs.set(state.id, run);
    run.done = (async () => {
      try {
        while (run.again) {
          run.again = false;
          await redraw(state);
        }
      } finally {
        runs.delete(state.id);
      }
    })();
    return run.done;
  }

  return {
    refresh,
    async post(state, send) {
      const ready = drawn.get(state.id) ?? null;
      const at = await send(digestMessage(await shownNow(state), ready));
      if (at === null) return at;
      posted.set(state.id, [...(posted.get(state.id) ?? []), { channel: at.channel, ts: at.ts }]);
      if (ready === null)
        void pictureOf(state).then(
          (picture) => (picture === null ? undefined : refresh(state)),
          () => undefined,
        );
      return at;
    },
  };
}

/** Deleted, or in a workspace that is not this one: it does not come back. */
function isGone(error: unknown): boolean {
  return error instanceof WebAPIPlatformError && /^(message|channel)_not_found$/.test(error.data.error);
}
