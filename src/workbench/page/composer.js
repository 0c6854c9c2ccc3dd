// @ts-check
import { act } from './calls.js';
import { byId, h } from './dom.js';
import { icon } from './icons.js';
import { mentionable, withMentions } from './mentions.js';
import { avatar } from './people.js';
import { go, place } from './place.js';
import { expectAnswer } from './reading.js';

/**
 * The box one types into, with help for commands after a slash and for people after an at sign.
 * Enter sends, Shift+Enter makes a new line.
 * @param {HTMLFormElement} form
 * @param {() => any} workspace
 * @param {boolean} inThread
 */
export function setUpComposer(form, workspace, inThread) {
  const menuId = `${form.id}-suggestions`;
  const label = inThread ? 'Reply in thread' : 'Message';
  const box = /** @type {HTMLTextAreaElement} */ (
    h('textarea', { rows: 1, 'aria-label': label, 'aria-autocomplete': 'list', 'aria-controls': menuId })
  );
  const menu = h('div', {
    class: 'suggestions',
    id: menuId,
    role: 'listbox',
    'aria-label': 'Suggestions',
    hidden: true,
  });
  const send = h('button', { type: 'submit', class: 'send', 'aria-label': 'Send', disabled: true }, icon('send'));
  const insert = (/** @type {string} */ sign) => () => {
    const separated = box.value && !box.value.endsWith(' ') ? ' ' : '';
    box.value = sign === '/' ? `/${box.value}` : `${box.value}${separated}${sign}`;
    box.focus();
    suggest();
  };
  form.replaceChildren(
    menu,
    box,
    h(
      'div',
      { class: 'tools' },
      !inThread &&
        h(
          'button',
          {
            type: 'button',
            class: 'quiet',
            'aria-label': 'Run a command',
            title: 'Run a command',
            onclick: insert('/'),
          },
          '/',
        ),
      h(
        'button',
        {
          type: 'button',
          class: 'quiet',
          'aria-label': 'Mention someone',
          title: 'Mention someone',
          onclick: insert('@'),
        },
        '@',
      ),
      h('span', { class: 'keys' }, 'Enter to send, Shift+Enter for a new line'),
      send,
    ),
  );
  /** @type {{ insert: string, element: HTMLElement }[]} */
  let offers = [];
  let chosen = 0;

  function suggest() {
    send.toggleAttribute('disabled', box.value.trim() === '');
    box.style.height = 'auto';
    box.style.height = `${Math.min(box.scrollHeight, 200)}px`;
    offers = inThread && box.value.startsWith('/') ? [] : offersFor(box.value, workspace());
    chosen = 0;
    menu.hidden = offers.length === 0;
    menu.replaceChildren(...offers.map((offer) => offer.element));
    for (const [i, offer] of offers.entries()) {
      offer.element.addEventListener('mousedown', (event) => {
        event.preventDefault();
        take(i);
      });
    }
    mark();
  }

  function mark() {
    for (const [i, offer] of offers.entries()) {
      offer.element.id = `${menuId}-${i}`;
      offer.element.setAttribute('aria-selected', String(i === chosen));
    }
    if (offers[chosen] && !menu.hidden) box.setAttribute('aria-activedescendant', `${menuId}-${chosen}`);
    else box.removeAttribute('aria-activedescendant');
    offers[chosen]?.element.scrollIntoView({ block: 'nearest' });
  }

  /** @param {number} i */
  function take(i) {
    box.value = offers[i]?.insert ?? box.value;
    suggest();
    close();
    box.focus();
  }

  function close() {
    offers = [];
    menu.hidden = true;
    mark();
  }

  box.addEventListener('input', suggest);
  box.addEventListener('blur', close);
  box.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const exact = offers[chosen]?.insert.trim() === box.value.trim();
    if (offers.length > 0 && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + offers.length) % offers.length;
      mark();
    } else if (offers.length > 0 && !exact && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault();
      take(chosen);
    } else if (event.key === 'Escape' && offers.length > 0) {
      event.stopPropagation();
      close();
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = '';
    suggest();
    void say(withMentions(text, workspace()), inThread ? place.thread : undefined);
  });
}

/**
 * @param {string} text
 * @param {string} [thread]
 */
export async function say(text, thread) {
  expectAnswer(byId(thread ? 'replies' : 'messages'));
  const said = await act('say', { user: place.user, channel: place.channel, text, ...(thread ? { thread } : {}) });
  if (said?.ts && !thread && place.channel.startsWith('D')) asked = said.ts;
}

let asked = '';

/**
 * An app answers in a thread; in its direct message that thread opens by itself when the answer comes, as in Slack.
 * @param {any[]} messages
 */
export function followAnswer(messages) {
  const mine = messages.find((message) => message.ts === asked);
  if (!mine || mine.replies.count === 0) return;
  asked = '';
  go({ thread: mine.ts });
  expectAnswer(byId('replies'), mine.ts);
}

/**
 * @param {string} typed
 * @param {any} workspace
 * @returns {{ insert: string, element: HTMLElement }[]}
 */
function offersFor(typed, workspace) {
  if (!workspace) return [];
  if (/^\/\S*$/.test(typed)) {
    return workspace.app.commands
      .filter((/** @type {any} */ command) => command.name.startsWith(typed.toLowerCase()))
      .map((/** @type {any} */ command) => ({
        insert: `${command.name} `,
        element: h(
          'div',
          { role: 'option', class: 'offer' },
          avatar({ id: workspace.app.botUserId, name: workspace.app.botName, kind: 'app' }, 'small'),
          h(
            'span',
            {},
            h('strong', {}, command.name),
            ' ',
            h('code', {}, command.usageHint),
            h('small', {}, command.description),
          ),
        ),
      }));
  }
  const at = /(^|\s)@([^@\s]*)$/.exec(typed);
  if (!at) return [];
  const wanted = (at[2] ?? '').toLowerCase();
  return mentionable(workspace)
    .filter((one) => one.name.toLowerCase().startsWith(wanted) || one.handle.startsWith(wanted))
    .slice(0, 8)
    .map((one) => ({
      insert: `${typed.slice(0, typed.length - wanted.length - 1)}@${one.name} `,
      element: h(
        'div',
        { role: 'option', class: 'offer' },
        avatar(one, 'small'),
        h('span', {}, h('strong', {}, one.name), h('small', {}, one.title)),
      ),
    }));
}
