import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { checkBlocks } from '../block-limits.ts';
import { asObject, asObjects, asText, type JsonObject } from '../json.ts';
import type { LocalSlack } from '../slack.ts';
import type { State } from '../state.ts';
import { type OpenView, wireView } from '../view-state.ts';
import { nameBlocks, required } from './arguments.ts';

/** Slack keeps at most three views in a stack. @see https://docs.slack.dev/surfaces/modals#view-stack */
const DEEPEST = 3;

/** Modals and the Home tab. @see https://docs.slack.dev/reference/methods?family=views */
export const viewMethods: Record<string, Method> = {
  'views.open': (slack, args) => {
    const { user } = slack.triggers.exchange(required(args, 'trigger_id'));
    const given = checkView(slack.state, args.view, 'modal');
    for (const view of slack.views.stack(user)) slack.views.remove(view);
    return { view: wireView(slack.state, slack.views.add(user, 'modal', given)) };
  },

  'views.push': (slack, args) => {
    const { user } = slack.triggers.exchange(required(args, 'trigger_id'));
    const given = checkView(slack.state, args.view, 'modal');
    const stack = slack.views.stack(user);
    if (stack.length >= DEEPEST) throw new SlackApiError('push_limit_reached');
    return { view: wireView(slack.state, slack.views.add(user, 'modal', given, stack.at(-1))) };
  },

  /** With a `hash`, only the version that the app last saw is replaced. */
  'views.update': (slack, args) => {
    const view = findView(slack, args);
    const given = checkView(slack.state, args.view, view.kind);
    if (args.hash && args.hash !== view.hash) throw new SlackApiError('hash_conflict');
    slack.views.replace(view, given);
    return { view: wireView(slack.state, view) };
  },

  'views.publish': (slack, args) => {
    const user = required(args, 'user_id');
    if (!slack.state.workspace.users.some((one) => one.id === user)) throw new SlackApiError('user_not_found');
    const given = checkView(slack.state, args.view, 'home');
    const known = slack.views.home(user);
    if (known) slack.views.replace(known, given);
    const view = known ?? slack.views.add(user, 'home', given);
    return { view: wireView(slack.state, view) };
  },
};

function findView(slack: LocalSlack, args: JsonObject): OpenView {
  const externalId = asText(args.external_id);
  const found = externalId
    ? [...slack.views.byId.values()].find((view) => view.given.external_id === externalId)
    : slack.views.byId.get(required(args, 'view_id'));
  if (!found) throw new SlackApiError('not_found');
  return found;
}

/**
 * A view that Slack would take, with ids for its blocks.
 *
 * Modals need a title of at most 24 characters, and a submit button when they hold an input.
 *
 * @see https://docs.slack.dev/reference/views/modal-views
 */
export function checkView(state: State, view: unknown, kind: OpenView['kind']): JsonObject {
  const given = asObject(view);
  const problems = checkBlocks(given.blocks, 'view', '/view/blocks');
  if (given.type !== kind) problems.push(`[ERROR] must be ${kind} [json-pointer:/view/type]`);
  if (kind === 'modal') {
    const title = asText(asObject(given.title).text);
    if (!title) problems.push('[ERROR] missing required field: title [json-pointer:/view]');
    if (title.length > 24) problems.push('[ERROR] must be less than 25 characters [json-pointer:/view/title/text]');
    if (asObjects(given.blocks).some((block) => block.type === 'input') && !given.submit) {
      problems.push('[ERROR] submit required when inputs are present [json-pointer:/view]');
    }
  }
  if (asText(given.private_metadata).length > 3000) {
    problems.push('[ERROR] must be less than 3001 characters [json-pointer:/view/private_metadata]');
  }
  if (problems.length > 0) throw new SlackApiError('invalid_arguments', { response_metadata: { messages: problems } });
  return { ...given, blocks: nameBlocks(state, asObjects(given.blocks)) };
}
