/**
 * Block Kit's limits as Slack documents them, checked on the JSON that would go out.
 *
 * The figures are written out here and not taken from src/slack/limits.ts, or a wrong constant would prove itself.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
type Json = Record<string, unknown>;

export function complaintsAbout(message: { text: string; blocks: readonly object[] }, mostBlocks = 50): string[] {
  const complaints: string[] = [];
  const say = (condition: boolean, complaint: string) => {
    if (!condition) complaints.push(complaint);
  };
  say(message.text.length > 0 && message.text.length <= 4000, `text has ${message.text.length} characters`);
  say(message.blocks.length > 0 && message.blocks.length <= mostBlocks, `${message.blocks.length} blocks`);
  say(
    JSON.stringify(message.blocks).length <= 13_200,
    `blocks take ${JSON.stringify(message.blocks).length} characters`,
  );
  const ids: string[] = [];
  for (const [index, block] of message.blocks.entries()) checkBlock(block as Json, `block ${index}`, say, ids);
  say(new Set(ids).size === ids.length, `action ids repeat: ${ids.join(' ')}`);
  return complaints;
}

type Say = (condition: boolean, complaint: string) => void;

function checkBlock(block: Json, at: string, say: Say, ids: string[]): void {
  const known = ['section', 'context', 'actions', 'image', 'divider', 'header', 'input'];
  say(known.includes(String(block.type)), `${at} is a ${String(block.type)}`);
  const textIn = (value: unknown, most: number, where: string) => checkText(value, most, `${at} ${where}`, say);
  if (block.type === 'section') {
    say((block.text === undefined) !== (block.fields === undefined), `${at} has both or neither of text and fields`);
    if (block.text !== undefined) textIn(block.text, 3000, 'text');
    const fields = listOf(block.fields);
    say(fields.length <= 10, `${at} has ${fields.length} fields`);
    for (const field of fields) textIn(field, 2000, 'field');
    if (block.accessory) checkButton(block.accessory as Json, at, say, ids);
  }
  if (block.type === 'context') {
    const elements = listOf(block.elements);
    say(elements.length >= 1 && elements.length <= 10, `${at} has ${elements.length} elements`);
    for (const element of elements) textIn(element, 3000, 'element');
  }
  if (block.type === 'actions') {
    const elements = listOf(block.elements);
    say(elements.length >= 1 && elements.length <= 25, `${at} has ${elements.length} elements`);
    for (const element of elements) checkButton(element, at, say, ids);
  }
  if (block.type === 'image') say(lengthOf(block.alt_text) >= 1 && lengthOf(block.alt_text) <= 2000, `${at} alt text`);
}

function checkButton(button: Json, at: string, say: Say, ids: string[]): void {
  checkText(button.text, 75, `${at} button`, say);
  say(lengthOf(button.action_id) >= 1 && lengthOf(button.action_id) <= 255, `${at} action id`);
  say(lengthOf(button.value) >= 1 && lengthOf(button.value) <= 2000, `${at} button value ${lengthOf(button.value)}`);
  ids.push(String(button.action_id));
}

function checkText(value: unknown, most: number, at: string, say: Say): void {
  const text = (value as Json | undefined)?.text;
  say(lengthOf(text) >= 1 && lengthOf(text) <= most, `${at} has ${lengthOf(text)} characters of ${most}`);
  say(
    typeof text === 'string' && !/[\p{Cs}\u200b\u202a-\u202e\u2066-\u2069\u{E0000}-\u{E007F}]/u.test(text),
    `${at} hides`,
  );
  if ((value as Json).type !== 'mrkdwn') return;
  say((value as Json).verbatim === true, `${at} lets Slack make links of names`);
  // A moment in the reader's time zone is ours: nothing of it can come from a CRM.
  const words =
    typeof text === 'string' ? text.replaceAll(/<!date\^\d+\^\{date_short\} at \{time\}\|[\w: ]+>/g, '') : '<';
  say(!/[<>]/.test(words), `${at} holds a mention or link: ${String(text)}`);
  say(typeof text === 'string' && !/@(channel|here|everyone)/i.test(text), `${at} pings`);
}

function listOf(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

function lengthOf(value: unknown): number {
  return typeof value === 'string' ? value.length : 0;
}

/** Every text of a message, in reading order. */
export function readMessage(message: { blocks: readonly object[] }): string {
  const texts: string[] = [];
  const walk = (value: unknown) => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if ((key === 'text' || key === 'alt_text') && typeof inner === 'string') texts.push(inner);
        else walk(inner);
      }
    }
  };
  walk(message.blocks);
  return texts.join('\n');
}
