import { SlackApiError } from './api-error.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { checkView } from './methods/views.ts';
import { common, type Entries, findElement, heldBy } from './presses.ts';
import type { LocalSlack } from './slack.ts';
import { type OpenView, wireView } from './view-state.ts';

/**
 * A person submits a modal; returns what is wrong with it, or nothing.
 *
 * Required inputs are checked here, before the app hears of it. The acknowledgement may carry `response_action`:
 * `errors` beside inputs, `update`, `push`, or `clear` for all views; without one the view closes.
 *
 * @see https://docs.slack.dev/surfaces/modals#handling_submissions
 */
export async function submitView(slack: LocalSlack, view: OpenView, entries: Entries): Promise<Record<string, string>> {
  const blocks = asObjects(view.given.blocks);
  const missing: Record<string, string> = {};
  for (const block of blocks.filter((one) => one.type === 'input')) {
    const blockId = asText(block.block_id);
    const element = asObject(block.element);
    const actionId = asText(element.action_id);
    const entered = entries[blockId]?.[actionId] ?? '';
    if (entered.length === 0 && block.optional !== true) missing[blockId] = 'Please complete this required field.';
    else if (entered.length > 0) Object.assign(missing, wrongNumber(element, blockId, entered));
    view.values[blockId] = { [actionId]: { type: element.type ?? '', ...heldBy(element, entered) } };
  }
  if (Object.keys(missing).length > 0) return refuse(slack, view, missing);
  const result = await slack.sockets.deliver({
    type: 'interactive',
    name: `view_submission ${asText(view.given.callback_id)}`,
    acceptsResponse: true,
    payload: {
      ...common(slack, view.user, 'view_submission'),
      trigger_id: slack.triggers.issue(view.user, view.id),
      view: wireView(slack.state, view),
      response_urls: [],
    },
  });
  if (result.outcome !== 'acknowledged') {
    return refuse(slack, view, { '': 'We had some trouble connecting. Try again?' });
  }
  return applyResponse(slack, view, result.payload);
}

/** Slack checks a number against its bounds before the app hears of it. @see https://docs.slack.dev/reference/block-kit/block-elements/number-input-element */
function wrongNumber(element: JsonObject, blockId: string, entered: string | string[]): Record<string, string> {
  if (element.type !== 'number_input') return {};
  const v = Number(entered);
  const [least, most] = [asText(element.min_value), asText(element.max_value)];
  if (!Number.isFinite(v)) return { [blockId]: 'Please enter a valid number.' };
  if (element.is_decimal_allowed !== true && !Number.isInteger(v)) return { [blockId]: 'Please enter a whole number.' };
  if (least !== '' && v < Number(least)) return { [blockId]: `Please enter ${least} or more.` };
  return most !== '' && v > Number(most) ? { [blockId]: `Please enter ${most} or less.` } : {};
}

function applyResponse(slack: LocalSlack, view: OpenView, answer: JsonObject): Record<string, string> {
  try {
    switch (asText(answer.response_action)) {
      case 'errors': {
        const errors = Object.entries(asObject(answer.errors)).map(([block, words]) => [block, asText(words)]);
        return refuse(slack, view, Object.fromEntries(errors));
      }
      case 'update':
        slack.views.replace(view, checkView(slack.state, answer.view, 'modal'));
        return {};
      case 'push':
        slack.views.add(view.user, 'modal', checkView(slack.state, answer.view, 'modal'), view);
        return {};
      case 'clear':
        for (const open of slack.views.stack(view.user)) slack.views.remove(open);
        return {};
      default:
        slack.views.remove(view);
        return {};
    }
  } catch (error) {
    if (!(error instanceof SlackApiError)) throw error;
    const problems = JSON.stringify(error.details);
    slack.traffic.add({ kind: 'delivery', name: 'response_action', outcome: 'failed', note: problems, sent: answer });
    return refuse(slack, view, { '': 'We had some trouble connecting. Try again?' });
  }
}

function refuse(slack: LocalSlack, view: OpenView, errors: Record<string, string>): Record<string, string> {
  view.errors = errors;
  view.version += 1;
  slack.state.touch();
  return errors;
}

/** A person closes a modal; the app hears of it only with `notify_on_close`. */
export async function closeView(slack: LocalSlack, view: OpenView, all: boolean): Promise<void> {
  const isCleared = all || view.given.clear_on_close === true;
  const closing = isCleared ? slack.views.stack(view.user) : [view];
  for (const open of closing) slack.views.remove(open);
  await Promise.all(
    closing
      .filter((open) => open.given.notify_on_close === true)
      .map((open) =>
        slack.sockets.deliver({
          type: 'interactive',
          name: `view_closed ${asText(open.given.callback_id)}`,
          acceptsResponse: false,
          payload: {
            ...common(slack, open.user, 'view_closed'),
            view: wireView(slack.state, open),
            is_cleared: isCleared,
          },
        }),
      ),
  );
}

/** Asks the app for the options of an external select. @see https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export async function suggestOptions(
  slack: LocalSlack,
  view: OpenView,
  actionId: string,
  typed: string,
): Promise<{ text: string; value: string }[]> {
  const found = findElement(asObjects(view.given.blocks), { actionId });
  const result = await slack.sockets.deliver({
    type: 'interactive',
    name: `block_suggestion ${actionId}`,
    acceptsResponse: true,
    payload: {
      ...common(slack, view.user, 'block_suggestion'),
      action_id: actionId,
      block_id: found?.block.block_id ?? '',
      value: typed,
      view: wireView(slack.state, view),
      container: { type: 'view', view_id: view.id },
    },
  });
  if (result.outcome !== 'acknowledged') return [];
  return asObjects(result.payload.options).map((option) => ({
    text: asText(asObject(option.text).text),
    value: asText(option.value),
  }));
}
