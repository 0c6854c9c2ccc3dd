import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Message as BlockKit, type MessageProps } from 'slack-blocks-to-jsx';
import { attributes, escapeHtml, withSafeAddresses } from './html.ts';
import { asObject, asObjects, asText, type JsonObject } from './json.ts';
import { type Names, renderMrkdwn, renderPlain } from './mrkdwn.ts';
import { plain, renderElement } from './render-elements.ts';
import { renderTable } from './render-tables.ts';
import type { State } from './state.ts';

/** What a view's inputs hold and what is wrong with them. */
export interface Filled {
  values: { [blockId: string]: { [actionId: string]: JsonObject } };
  errors: { [blockId: string]: string };
}

/**
 * Blocks as HTML.
 *
 * slack-blocks-to-jsx draws rich text, Markdown, cards, plans and charts. What is used (buttons, menus, inputs) is ours,
 * since the library's controls need React in the browser; so are mrkdwn (see mrkdwn.ts), tables, because it draws nothing for `data_table` and throws on
 * `raw_number`, and pictures, because `slack_file` needs our own address.
 */
export function renderBlocks(state: State, blocks: JsonObject[], filled?: Filled): string {
  return blocks
    .map((block) => `<div class="block block-${name(block)}">${renderBlock(state, block, filled)}</div>`)
    .join('');
}

const name = (block: JsonObject) => asText(block.type).replace(/[^a-z_]/g, '');

function renderBlock(state: State, block: JsonObject, filled?: Filled): string {
  const id = asText(block.block_id);
  const held = (element: JsonObject) => filled?.values[id]?.[asText(element.action_id)];
  switch (block.type) {
    case 'actions':
    case 'context_actions':
      return `<div class="actions">${asObjects(block.elements)
        .map((element) => renderElement(state, element, id, held(element)))
        .join('')}</div>`;
    case 'section':
      return renderSection(state, block, id, held);
    case 'header':
      return `<h3>${renderPlain(plain(block.text), namesIn(state))}</h3>`;
    case 'divider':
      return '<hr>';
    case 'input':
      return renderInputBlock(state, block, filled);
    case 'image':
      return renderImage(withPicture(state, block));
    case 'context':
      return `<div class="context">${asObjects(block.elements)
        .map((one) =>
          one.type === 'image' ? renderElement(state, withPicture(state, one), id) : renderTextObject(state, one),
        )
        .join('')}</div>`;
    case 'table':
    case 'data_table':
      return renderTable(block, (cell) => draw(state, [cell]));
    case 'container':
      return `${plain(block.title) ? `<strong>${escapeHtml(plain(block.title))}</strong>` : ''}${renderBlocks(state, asObjects(block.child_blocks), filled)}`;
    case 'card': {
      const { actions, ...rest } = block;
      return `${draw(state, [rest])}${renderBlock(state, { type: 'actions', block_id: id, elements: actions ?? [] }, filled)}`;
    }
    default:
      return draw(state, [block]);
  }
}

function renderSection(
  state: State,
  block: JsonObject,
  id: string,
  held: (element: JsonObject) => JsonObject | undefined,
): string {
  const text = block.text ? renderTextObject(state, block.text) : '';
  const fields = asObjects(block.fields).map((field) => `<div>${renderTextObject(state, field)}</div>`);
  const words = `${text}${fields.length > 0 ? `<div class="section-fields">${fields.join('')}</div>` : ''}`;
  if (!block.accessory) return words;
  const accessory = withPicture(state, asObject(block.accessory));
  const drawn = renderElement(state, accessory, id, held(accessory));
  return `<div class="with-accessory"><div>${words}</div><div class="accessory">${drawn}</div></div>`;
}

function renderTextObject(state: State, text: unknown): string {
  const { type, text: words } = asObject(text);
  if (type === 'mrkdwn') return renderText(state, asText(words));
  return `<p>${renderPlain(asText(words), namesIn(state))}</p>`;
}

/** Message text that came without blocks, or a text object with markup. */
export function renderText(state: State, text: string): string {
  return renderMrkdwn(text, namesIn(state));
}

function namesIn(state: State): Names {
  const { users, channels, app, usergroups } = state.workspace;
  return {
    user: (id) => (id === app.botUserId ? app.botName : users.find((user) => user.id === id)?.realName),
    channel: (id) => channels.find((channel) => channel.id === id)?.name,
    usergroup: (id) => usergroups?.find((group) => group.id === id)?.handle,
    emoji: (name) => emojiNamed(state, name),
    timeZone: users[0]?.tz ?? 'Etc/UTC',
  };
}

const emojiKnown = new Map<string, string | undefined>();

/** The library brings the table of emoji; it leaves a name that it does not know as it was. */
function emojiNamed(state: State, name: string): string | undefined {
  if (!emojiKnown.has(name)) {
    const elements = [{ type: 'rich_text_section', elements: [{ type: 'emoji', name }] }];
    const drawn = draw(state, [{ type: 'rich_text', elements }]).replace(/<[^>]*>/g, '');
    emojiKnown.set(name, drawn.includes(name) ? undefined : drawn);
  }
  return emojiKnown.get(name);
}

function draw(state: State, blocks: JsonObject[]): string {
  const { users, channels, app, usergroups } = state.workspace;
  const data = {
    users: [...users.map((user) => ({ id: user.id, name: user.realName })), { id: app.botUserId, name: app.botName }],
    channels: channels.map((channel) => ({ id: channel.id, name: channel.name })),
    user_groups: (usergroups ?? []).map((group) => ({ id: group.id, name: group.handle })),
  };
  try {
    const properties: MessageProps = {
      // checkBlocks has looked at them when they came in; the library's types are narrower than JSON.
      blocks: blocks as unknown as MessageProps['blocks'],
      logo: '',
      name: '',
      theme: 'light',
      withoutWrapper: true,
      data,
    };
    // The library gives every drawing the same id, and its style sheet selects by it; ours selects by class.
    const html = renderToStaticMarkup(createElement(BlockKit, properties));
    return withSafeAddresses(html).replaceAll('id="slack_blocks_to_jsx"', 'data-blocks');
  } catch (error) {
    const why = error instanceof Error ? error.message : 'unknown';
    return `<p class="undrawn">This block could not be drawn here (${escapeHtml(why)}).</p>`;
  }
}

/** What stands for a picture whose address no picture can have. */
const BLANK = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
const isPictureAddress = (address: string) => /^(https?:\/\/|\/files\/)/i.test(address);

/** `slack_file` names an uploaded file; the page gets it from us. @see https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
function withPicture(state: State, image: JsonObject): JsonObject {
  const file = state.files.get(asText(asObject(image.slack_file).id));
  if (!file) return isPictureAddress(asText(image.image_url)) ? image : { ...image, image_url: BLANK };
  const { slack_file, ...rest } = image;
  return { ...rest, image_url: `/files/${file.id}/${encodeURIComponent(file.name)}` };
}

function renderImage(image: JsonObject): string {
  const alt = asText(image.alt_text);
  const title = plain(image.title);
  return withSafeAddresses(
    `<figure>${title ? `<figcaption>${escapeHtml(title)}</figcaption>` : ''}${picture(asText(image.image_url), alt)}</figure>`,
  );
}

/** A picture that opens larger. */
export function picture(src: string, alt: string): string {
  return `<button type="button" class="picture"${attributes({ 'aria-label': `Enlarge: ${alt}` })}><img${attributes({ src, alt, loading: 'lazy' })}></button>`;
}

function renderInputBlock(state: State, block: JsonObject, filled?: Filled): string {
  const id = asText(block.block_id);
  const element = asObject(block.element);
  const error = filled?.errors[id];
  const held = filled?.values[id]?.[asText(element.action_id)];
  const optional = block.optional === true ? ' <span class="optional">(optional)</span>' : '';
  const control = renderElement(
    state,
    block.dispatch_action === true ? { ...element, tells: true } : element,
    id,
    held,
  );
  const hint = block.hint ? `<p class="hint">${escapeHtml(plain(block.hint))}</p>` : '';
  const wrong = error ? `<p class="field-error" role="alert">${escapeHtml(error)}</p>` : '';
  return `<label class="field${error ? ' wrong' : ''}"><span>${escapeHtml(plain(block.label))}${optional}</span>${control}</label>${wrong}${hint}`;
}
