import { asObject, asObjects, asText, type Json, type JsonObject } from './json.ts';
import { wireMessage } from './payloads.ts';
import type { LocalSlack } from './slack.ts';
import type { Message, State } from './state.ts';
import { type OpenView, wireView } from './view-state.ts';

/** What a person did with an element: pressed it, or picked these options, dates or people. */
export interface Press {
  actionId: string;
  blockId?: string;
  /** The option's value, the date, the time, the user id; several for a multi-select. */
  value?: string | string[];
}

interface Found {
  block: JsonObject;
  element: JsonObject;
}

/** Finds the pressed element among blocks, those inside cards, containers and carousels too. */
export function findElement(blocks: JsonObject[], press: Press): Found | undefined {
  for (const block of blocks) {
    const inside = ['elements', 'actions', 'child_blocks'].flatMap((key) => asObjects(block[key]));
    const own = [...inside, asObject(block.accessory), asObject(block.element)];
    const matches = !press.blockId || block.block_id === press.blockId;
    const element = matches ? own.find((one) => one.action_id === press.actionId) : undefined;
    if (element) return { block, element };
    const nested = findElement([...asObjects(block.child_blocks), ...asObjects(block.elements)].filter(isBlock), press);
    if (nested) return nested;
  }
  return undefined;
}

const isBlock = (one: JsonObject) =>
  one.elements !== undefined || one.actions !== undefined || one.block_id !== undefined;

/** The action as `block_actions` carries it. @see `BlockElementAction` in @slack/bolt */
function wireAction(state: State, { block, element }: Found, press: Press): JsonObject {
  const type = asText(element.type);
  return {
    type,
    action_id: press.actionId,
    block_id: block.block_id ?? '',
    action_ts: state.ids.timestamp(),
    ...(type === 'button' ? { text: element.text ?? null } : {}),
    ...heldBy(element, press.value),
  };
}

/** What an element holds, in the field that belongs to its type. @see `ViewStateValue` in @slack/bolt */
export function heldBy(element: JsonObject, value: string | string[] | undefined): JsonObject {
  const one = Array.isArray(value) ? value[0] : value;
  const many = Array.isArray(value) ? value : value ? [value] : [];
  const options = [
    ...asObjects(element.options),
    ...asObjects(element.option_groups).flatMap((g) => asObjects(g.options)),
  ];
  const option = options.find((candidate) => candidate.value === one) ?? null;
  switch (asText(element.type)) {
    case 'button':
      return { value: element.value ?? '' };
    case 'feedback_buttons': {
      const chosen = [asObject(element.positive_button), asObject(element.negative_button)];
      return { value: chosen.find((button) => button.value === one)?.value ?? chosen[0]?.value ?? '' };
    }
    case 'static_select':
    case 'external_select':
    case 'radio_buttons':
    case 'overflow':
      return { selected_option: option };
    case 'multi_static_select':
    case 'checkboxes':
      return { selected_options: options.filter((candidate) => many.includes(asText(candidate.value))) };
    case 'users_select':
      return { selected_user: one || null };
    case 'multi_users_select':
      return { selected_users: many };
    case 'conversations_select':
      return { selected_conversation: one || null };
    case 'channels_select':
      return { selected_channel: one || null };
    case 'datepicker':
      return { selected_date: one || null };
    case 'timepicker':
      return { selected_time: one || null };
    default:
      return { value: one || null };
  }
}

/**
 * A person presses a button or picks something in a message; true when the app acknowledged.
 *
 * Not acknowledged in three seconds, the page shows that the app did not respond, where Slack shows a warning sign.
 *
 * @see https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
 */
export async function pressInMessage(
  slack: LocalSlack,
  user: string,
  message: Message,
  press: Press,
): Promise<boolean> {
  const { state } = slack;
  const found = findElement(message.blocks ?? [], press);
  if (!found) return false;
  // What was picked earlier travels with every later press. @see "state" in https://docs.slack.dev/reference/interaction-payloads/block_actions-payload
  if (!['button', 'overflow', 'feedback_buttons'].includes(asText(found.element.type))) {
    const block = asText(found.block.block_id);
    const held = { type: found.element.type ?? '', ...heldBy(found.element, press.value) };
    message.values = { ...message.values, [block]: { ...message.values?.[block], [press.actionId]: held } };
  }
  const conversation = state.conversations.get(message.channel);
  const about = {
    user,
    channel: message.channel,
    message,
    ...(message.threadTs ? { threadTs: message.threadTs } : {}),
  };
  const container: JsonObject = {
    type: 'message',
    message_ts: message.ts,
    channel_id: message.channel,
    is_ephemeral: message.ephemeralTo !== undefined,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
  };
  const result = await slack.sockets.deliver({
    type: 'interactive',
    name: `block_actions ${press.actionId}`,
    acceptsResponse: false,
    payload: {
      ...common(slack, user, 'block_actions'),
      container,
      trigger_id: slack.triggers.issue(user),
      channel: { id: message.channel, name: conversation?.withUser ? 'directmessage' : (conversation?.name ?? '') },
      // Recorded ephemeral presses carry no message: the app can only answer through response_url.
      ...(message.ephemeralTo ? {} : { message: wireMessage(state, message) }),
      state: { values: message.values ?? {} },
      response_url: slack.responseUrls.issue(slack.origin(), about),
      actions: [wireAction(state, found, press)],
    },
  });
  const ok = result.outcome === 'acknowledged';
  if (ok) delete message.failure;
  else message.failure = `${state.workspace.app.botName} did not respond to "${press.actionId}". Try again.`;
  state.touch(message);
  return ok;
}

/** What a person typed, by block and action, as plain strings. */
export type Entries = Record<string, Record<string, string | string[]>>;

/** Keeps what is in the inputs of a view. */
export function fillIn(view: OpenView, entries: Entries): void {
  for (const block of asObjects(view.given.blocks).filter(({ type }) => type === 'input')) {
    const blockId = asText(block.block_id);
    const element = asObject(block.element);
    const entered = entries[blockId]?.[asText(element.action_id)];
    if (entered === undefined) continue;
    view.values[blockId] = { [asText(element.action_id)]: { type: element.type ?? '', ...heldBy(element, entered) } };
  }
}

/** A person presses something in a modal or on the Home tab; the view travels along, with all that is filled in. */
export async function pressInView(
  slack: LocalSlack,
  user: string,
  view: OpenView,
  press: Press,
  entries: Entries = {},
): Promise<boolean> {
  const { state } = slack;
  fillIn(view, entries);
  const found = findElement(asObjects(view.given.blocks), press);
  if (!found) return false;
  const blockId = asText(found.block.block_id);
  const action = wireAction(state, found, press);
  view.values[blockId] = {
    ...view.values[blockId],
    [press.actionId]: { type: action.type ?? '', ...heldBy(found.element, press.value) },
  };
  const result = await slack.sockets.deliver({
    type: 'interactive',
    name: `block_actions ${press.actionId}`,
    acceptsResponse: false,
    payload: {
      ...common(slack, user, 'block_actions'),
      container: { type: 'view', view_id: view.id },
      trigger_id: slack.triggers.issue(user),
      view: wireView(state, view),
      actions: [action],
    },
  });
  return result.outcome === 'acknowledged';
}

/** What every interaction payload begins with. */
export function common(slack: LocalSlack, user: string, type: string): Record<string, Json> {
  const { app, team, users } = slack.state.workspace;
  const name = users.find((one) => one.id === user)?.name ?? '';
  return {
    type,
    user: { id: user, username: name, name, team_id: team.id },
    api_app_id: app.id,
    token: 'local',
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}
