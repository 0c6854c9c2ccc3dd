import { checkBlocks } from './block-limits.ts';
import { announceChange, announceDeletion, announceMessage } from './events.ts';
import { asFlag, asObjects, asText, type JsonObject } from './json.ts';
import { wireMessage } from './payloads.ts';
import type { LocalSlack } from './slack.ts';
import { addMessage, type Message, type State } from './state.ts';

interface Issued {
  user: string;
  channel: string;
  /** The message whose button was pressed, which `replace_original` replaces. */
  message?: Message;
  threadTs?: string;
  at: number;
  uses: number;
}

export interface ResponseUrls {
  issue(origin: string, about: Pick<Issued, 'user' | 'channel' | 'message' | 'threadTs'>): string;
  find(id: string): Issued | undefined;
}

const MOST_USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** The addresses to which an app may answer a command or a press without a token. */
export function createResponseUrls(state: State): ResponseUrls {
  const issued = new Map<string, Issued>();
  return {
    issue(origin, about) {
      const id = state.ids.next('R');
      issued.set(id, { ...about, at: state.clock(), uses: 0 });
      return `${origin}/resp/${id}`;
    },
    find: (id) => issued.get(id),
  };
}

/**
 * Handles a POST to a response_url; the status is what the app's `respond` sees.
 *
 * It may be used up to five times within thirty minutes. The answer is ephemeral unless `response_type` says
 * `in_channel`; `replace_original` and `delete_original` act on the message whose button was pressed.
 *
 * @see https://docs.slack.dev/interactivity/handling-user-interaction/#message_responses
 */
export function respondThrough(slack: LocalSlack, id: string, body: JsonObject): { status: number; text: string } {
  const { state } = slack;
  const found = slack.responseUrls.find(id);
  if (!found) return { status: 404, text: 'no_such_response_url' };
  if (state.clock() - found.at > LIFETIME_MS) return { status: 404, text: 'expired_url' };
  if (found.uses >= MOST_USES) return { status: 404, text: 'used_url' };
  const problems = body.blocks === undefined ? [] : checkBlocks(body.blocks);
  if (problems.length > 0) return { status: 400, text: `invalid_blocks ${problems.join('; ')}` };
  if (!asText(body.text) && !asFlag(body.delete_original) && asObjects(body.blocks).length === 0) {
    return { status: 400, text: 'no_text' };
  }
  found.uses += 1;
  const original = found.message;
  if (asFlag(body.delete_original) && original) {
    state.messages.splice(state.messages.indexOf(original), 1);
    state.touch();
    if (!original.ephemeralTo) void announceDeletion(slack, original);
    return { status: 200, text: 'ok' };
  }
  if (asFlag(body.replace_original) && original) {
    const previous = wireMessage(state, original);
    replaceContent(original, body);
    original.editedTs = state.ids.timestamp();
    state.touch(original);
    if (!original.ephemeralTo) void announceChange(slack, original, previous);
    return { status: 200, text: 'ok' };
  }
  const isPublic = asText(body.response_type) === 'in_channel';
  const threadTs = asText(body.thread_ts) || found.threadTs;
  const message = addMessage(state, {
    channel: found.channel,
    user: state.workspace.app.botUserId,
    text: asText(body.text),
    ...(body.blocks === undefined ? {} : { blocks: asObjects(body.blocks) }),
    ...(threadTs ? { threadTs } : {}),
    ...(isPublic ? {} : { ephemeralTo: found.user }),
  });
  void announceMessage(slack, message);
  return { status: 200, text: 'ok' };
}

/** Puts new text and blocks in place of the old; blocks go when only text is given. */
function replaceContent(message: Message, body: JsonObject): void {
  message.text = asText(body.text);
  if (body.blocks === undefined) delete message.blocks;
  else message.blocks = asObjects(body.blocks);
}
