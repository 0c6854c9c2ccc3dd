import type { IncomingMessage, ServerResponse } from 'node:http';
import { UsageError } from '../errors.ts';
import type { People } from './people.ts';
import { describeConversation, describeHome, describeModals, describeWorkspace, type Seen } from './screens.ts';
import { asObject, asText, type JsonObject, parseJson } from './slack/json.ts';
import { suggestOptions } from './slack/modals.ts';
import { wireMessage } from './slack/payloads.ts';
import type { Entries } from './slack/presses.ts';
import type { LocalSlack } from './slack/slack.ts';
import { readBody, sendJson } from './slack/wire.ts';

export interface Control {
  answer(path: string, request: IncomingMessage, response: ServerResponse, query: URLSearchParams): Promise<void>;
  close(): void;
}

/**
 * The people's side as JSON under `/control/`: what the page and the browser tests call.
 *
 * GET `workspace`, `conversation`, `messages`, `modals`, `home`, `traffic`, `changes` (server-sent events);
 * POST `say`, `command`, `press`, `open`, `submit`, `close`, `react`, `stop`, `options`, `faults`, `disconnect`, `reset`.
 */
export function createControl(
  slack: LocalSlack,
  people: People,
  beside: { name: string; path: string } | null,
): Control {
  const { state } = slack;
  const watching = new Set<ServerResponse>();
  const seen: Seen = new Map();
  let due: NodeJS.Timeout | undefined;

  const forget = state.onChange(() => {
    // Many changes come together; the page is told at most every 30 ms.
    due ??= setTimeout(() => {
      due = undefined;
      for (const response of watching) response.write(`data: ${state.revision}\n\n`);
    }, 30);
  });

  function read(path: string, query: URLSearchParams): unknown {
    const user = query.get('user') ?? '';
    const channel = query.get('channel') ?? '';
    const threadTs = query.get('thread') || undefined;
    switch (path) {
      case 'workspace':
        return { ...describeWorkspace(slack, seen, user), beside };
      case 'conversation':
        seen.set(`${user}:${channel}`, people.messages(channel, user).at(-1)?.ts ?? '');
        return describeConversation(slack, user, channel, threadTs);
      case 'messages':
        return people
          .messages(threadTs ? { channel, threadTs } : channel, user)
          .map((message) => ({ ...wireMessage(state, message), is_ephemeral: message.ephemeralTo !== undefined }));
      case 'modals':
        return describeModals(slack, user);
      case 'home':
        return describeHome(slack, user);
      case 'traffic':
        return slack.traffic.since(Number(query.get('after') ?? 0));
      default:
        throw new UsageError(`the workbench has no /control/${path}; see src/workbench/README.md for what there is`);
    }
  }

  async function act(path: string, body: JsonObject): Promise<unknown> {
    const user = asText(body.user);
    const channel = asText(body.channel);
    const text = asText(body.text);
    const ts = asText(body.ts);
    const threadTs = asText(body.thread) || undefined;
    const viewId = asText(body.view);
    switch (path) {
      case 'say': {
        const message = await people.say(user, channel, text, threadTs);
        return { ts: message?.ts };
      }
      case 'command':
        await people.command(user, channel, text, threadTs);
        return {};
      case 'press': {
        const value = Array.isArray(body.value) ? body.value.map(asText) : asText(body.value) || undefined;
        const press = { actionId: asText(body.action), ...(body.block ? { blockId: asText(body.block) } : {}) };
        if (viewId)
          return {
            acknowledged: await people.pressInView(
              user,
              viewId,
              value ? { ...press, value } : press,
              asEntries(body.entries),
            ),
          };
        return { acknowledged: await people.press(user, ts, press.actionId, value, press.blockId) };
      }
      case 'open':
        await people.openApp(user, body.tab === 'home' ? 'home' : 'messages');
        return {};
      case 'submit':
        return { errors: await people.submitView(user, viewId, asEntries(body.entries)) };
      case 'close':
        await people.closeView(user, viewId, body.all === true);
        return {};
      case 'options': {
        const view = slack.views.byId.get(viewId);
        return { options: view ? await suggestOptions(slack, view, asText(body.action), text) : [] };
      }
      case 'react':
        people.toggleReaction(user, channel, ts, asText(body.name));
        return {};
      case 'stop':
        await people.stop(user, channel, threadTs ?? ts);
        return {};
      case 'faults':
        slack.faults.plan(body);
        return {};
      case 'reset':
        people.reset();
        return {};
      case 'disconnect':
        if (body.how === 'cut') slack.sockets.drop();
        else slack.sockets.disconnect('refresh_requested');
        return {};
      default:
        throw new UsageError(`the workbench has no /control/${path}; see src/workbench/README.md for what there is`);
    }
  }

  return {
    async answer(path, request, response, query) {
      if (path === 'changes') {
        response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
        response.write(`data: ${state.revision}\n\n`);
        watching.add(response);
        response.on('close', () => watching.delete(response));
        return;
      }
      if (request.method !== 'POST') return sendJson(response, read(path, query));
      const body = asObject(parseJson((await readBody(request)).toString()));
      sendJson(response, { ok: true, ...asObject(await act(path, body)) });
    },
    close() {
      clearTimeout(due);
      forget();
      for (const response of watching) response.end();
    },
  };
}

/** What was typed into a form, by block and action; anything that is not text is left out. */
function asEntries(value: unknown): Entries {
  const blocks = Object.entries(asObject(value)).map(([block, actions]) => {
    const entered = Object.entries(asObject(actions)).map(([action, typed]) => {
      return [action, Array.isArray(typed) ? typed.map(asText) : asText(typed)] as const;
    });
    return [block, Object.fromEntries(entered)] as const;
  });
  return Object.fromEntries(blocks);
}
