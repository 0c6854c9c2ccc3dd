// @ts-check
import { act } from './calls.js';
import { drawn, h, hash, reconcile } from './dom.js';
import { icon } from './icons.js';
import { avatar } from './people.js';
import { go, place } from './place.js';
import { keepPlace } from './reading.js';
import { ago, clockTime, dateOf, dayName, dayOf, fullTime } from './times.js';

const QUICK = ['thumbsup', 'white_check_mark', 'eyes'];
const GLYPHS = { thumbsup: '\u{1F44D}', white_check_mark: '\u2705', eyes: '\u{1F440}' };

/**
 * Draws the messages of a conversation or a thread, and stays where the person reads.
 * @param {HTMLElement} list
 * @param {any[]} messages
 * @param {{ inThread: boolean, empty: () => HTMLElement }} how
 */
export function drawMessages(list, messages, how) {
  const items = [];
  let previous = null;
  for (const message of messages) {
    if (!how.inThread && (!previous || dayOf(previous.ts) !== dayOf(message.ts))) {
      const day = dayName(message.ts);
      const label = h('span', {}, day);
      items.push({ key: `day ${dayOf(message.ts)}`, signature: day, draw: () => h('li', { class: 'day' }, label) });
      previous = null;
    }
    const follows = isFollowing(previous, message);
    const parent = how.inThread && message === messages[0];
    const signature = hash(`${follows}${place.user}${JSON.stringify(message)}`);
    items.push({ key: message.ts, signature, draw: () => drawMessage(message, follows, how.inThread) });
    if (parent && messages.length > 1) {
      const count = messages.length - 1;
      const words = `${count} ${count === 1 ? 'reply' : 'replies'}`;
      items.push({ key: 'count', signature: words, draw: () => h('li', { class: 'count' }, h('span', {}, words)) });
      previous = null;
    } else previous = message;
  }
  if (messages.length === 0)
    items.push({ key: 'empty', signature: location.hash, draw: () => h('li', { class: 'empty' }, how.empty()) });
  keepPlace(list, () => reconcile(list, items));
}

/**
 * Slack leaves name and picture out when the same person goes on within five minutes.
 * @param {any} previous
 * @param {any} message
 */
function isFollowing(previous, message) {
  return (
    previous !== null &&
    previous.author.id === message.author.id &&
    previous.author.name === message.author.name &&
    previous.isEphemeral === message.isEphemeral &&
    previous.replies.count === 0 &&
    dateOf(message.ts).getTime() - dateOf(previous.ts).getTime() < 5 * 60_000
  );
}

/**
 * @param {any} message
 * @param {boolean} follows
 * @param {boolean} inThread
 */
function drawMessage(message, follows, inThread) {
  const { author, ts } = message;
  const classes = [
    'message',
    follows && 'follows',
    message.isEphemeral && 'ephemeral',
    message.streaming && 'streaming',
  ];
  const time = h('time', { datetime: dateOf(ts).toISOString(), title: fullTime(ts) }, clockTime(ts));
  const head = h(
    'div',
    { class: 'head' },
    h('strong', { class: 'author' }, author.name),
    author.kind === 'app' && h('span', { class: 'badge' }, 'APP'),
    time,
  );
  return h(
    'li',
    { class: classes.filter(Boolean).join(' '), 'data-ts': ts },
    h('div', { class: 'gutter' }, follows ? time.cloneNode(true) : avatar(author)),
    h(
      'div',
      { class: 'body' },
      message.isEphemeral && h('div', { class: 'only-you' }, icon('eye'), ' Only visible to you'),
      !follows && head,
      drawn(message.html),
      message.edited && h('span', { class: 'edited' }, '(edited)'),
      message.failure && h('div', { class: 'failure', role: 'alert' }, icon('warning'), ' ', message.failure),
      drawReactions(message),
      !inThread && message.replies.count > 0 && drawReplies(message),
    ),
    !message.isEphemeral && drawToolbar(message, inThread),
  );
}

/** @param {any} message */
function drawReactions(message) {
  if (message.reactions.length === 0) return null;
  return h(
    'div',
    { class: 'reactions' },
    ...message.reactions.map((/** @type {any} */ one) =>
      h(
        'button',
        {
          type: 'button',
          class: one.mine ? 'reaction mine' : 'reaction',
          'aria-label': `${one.name}, ${one.count}`,
          onclick: () => toggle(message, one.name),
        },
        drawn(one.html, 'emoji'),
        h('span', {}, String(one.count)),
      ),
    ),
  );
}

/** @param {any} message */
function drawReplies(message) {
  const { count, latest, authors } = message.replies;
  return h(
    'button',
    { type: 'button', class: 'replies', onclick: () => go({ thread: message.ts }) },
    ...authors.slice(0, 4).map((/** @type {any} */ one) => avatar(one, 'small')),
    h('span', { class: 'link' }, `${count} ${count === 1 ? 'reply' : 'replies'}`),
    h('span', { class: 'latest' }, `Last reply ${ago(latest)}`),
  );
}

/**
 * @param {any} message
 * @param {boolean} inThread
 */
function drawToolbar(message, inThread) {
  return h(
    'div',
    { class: 'toolbar' },
    ...QUICK.map((name) =>
      h(
        'button',
        {
          type: 'button',
          'aria-label': `React with ${name}`,
          title: `:${name}:`,
          onclick: () => toggle(message, name),
        },
        GLYPHS[/** @type {keyof typeof GLYPHS} */ (name)],
      ),
    ),
    !inThread &&
      h(
        'button',
        {
          type: 'button',
          'aria-label': 'Reply in thread',
          title: 'Reply in thread',
          onclick: () => go({ thread: message.threadTs ?? message.ts }),
        },
        icon('thread'),
      ),
  );
}

/**
 * @param {any} message
 * @param {string} name
 */
function toggle(message, name) {
  void act('react', { user: place.user, channel: place.channel, ts: message.ts, name });
}
