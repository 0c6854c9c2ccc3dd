// @ts-check
import { byId, h, isNews } from './dom.js';
import { icon } from './icons.js';
import { toggleInspector } from './inspector.js';
import { avatar } from './people.js';
import { go, place } from './place.js';

/** The parts of the workbench: what stands beside Slack on the same port is a page of its own. */
/** @type {{ name: string, icon: 'home' | 'cloud', path?: string }[]} */
const SURFACES = [{ name: 'Slack', icon: 'home' }];

/** @param {any} workspace */
export function drawRail(workspace) {
  byId('rail').replaceChildren(
    h('span', { class: 'team', title: workspace.team.name }, workspace.team.name[0] ?? ''),
    ...[...SURFACES, ...(workspace.beside ? [{ ...workspace.beside, icon: 'cloud' }] : [])].map((surface) =>
      h(
        surface.path ? 'a' : 'button',
        surface.path
          ? { class: 'surface', href: surface.path }
          : { type: 'button', class: 'surface', 'aria-current': 'page', onclick: () => toggleSidebar(true) },
        h('span', { class: 'glyph', 'aria-hidden': 'true' }, icon(surface.icon)),
        surface.name,
      ),
    ),
    h('span', { class: 'spring' }),
    h(
      'button',
      { type: 'button', class: 'surface', id: 'open-inspector', onclick: () => toggleInspector() },
      h('span', { class: 'glyph', 'aria-hidden': 'true' }, icon('traffic')),
      'Traffic',
    ),
  );
}

/** @param {boolean} [open] */
export function toggleSidebar(open) {
  document.body.classList.toggle('with-sidebar', open);
}

/** @param {any} workspace */
export function drawSidebar(workspace) {
  const { revision, ...shown } = workspace;
  if (!isNews(byId('sidebar'), shown, place.user, place.channel)) return;
  const me = workspace.users.find((/** @type {any} */ user) => user.id === place.user) ?? workspace.users[0];
  const focused = document.activeElement?.getAttribute('data-place');
  const open = byId('sidebar').querySelector('details')?.open ?? false;
  const channels = workspace.channels.filter((/** @type {any} */ one) => one.members.includes(me.id));
  byId('sidebar').replaceChildren(
    h('h1', {}, workspace.team.name),
    drawActAs(workspace, me, open),
    h('h2', {}, 'Channels'),
    h(
      'ul',
      {},
      ...channels.map((/** @type {any} */ one) =>
        drawEntry(one.id, one.isPrivate ? icon('lock') : '#', one.name, one.unread),
      ),
    ),
    h('h2', {}, 'Direct messages'),
    h('ul', {}, ...workspace.users.map((/** @type {any} */ user) => drawPerson(user, user.id === me.id))),
    h('h2', {}, 'Apps'),
    h('ul', {}, drawApp(me, workspace)),
    h('p', { class: 'local' }, 'A local Slack. Nothing leaves this machine.'),
  );
  const again = focused && byId('sidebar').querySelector(`[data-place="${focused}"]`);
  if (again instanceof HTMLElement) again.focus();
}

/**
 * @param {any} workspace
 * @param {any} me
 * @param {boolean} open
 */
function drawActAs(workspace, me, open) {
  return h(
    'details',
    {
      class: 'act-as',
      open,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === 'Escape') byId('sidebar').querySelector('details')?.removeAttribute('open');
      },
    },
    h(
      'summary',
      { 'aria-label': `Act as ${me.realName}, ${me.title}; change` },
      avatar({ ...me, name: me.realName }),
      h('span', { class: 'who' }, h('small', {}, 'Acting as'), h('strong', {}, me.realName), h('small', {}, me.title)),
      h('span', { class: 'chevron', 'aria-hidden': 'true' }, '\u25BE'),
    ),
    h(
      'div',
      { class: 'people', role: 'menu', 'aria-label': 'Act as' },
      ...workspace.users.map((/** @type {any} */ user) =>
        h(
          'button',
          {
            type: 'button',
            role: 'menuitemradio',
            'aria-checked': String(user.id === me.id),
            onclick: () => actAs(workspace, me, user),
          },
          avatar({ ...user, name: user.realName }, 'small'),
          h('span', {}, h('strong', {}, user.realName), h('small', {}, user.title)),
          user.id === me.id && h('span', { class: 'tick', 'aria-hidden': 'true' }, '\u2713'),
        ),
      ),
    ),
  );
}

/**
 * Stays in the conversation if the other person is in it; a direct message becomes theirs.
 * @param {any} workspace
 * @param {any} from
 * @param {any} to
 */
function actAs(workspace, from, to) {
  byId('sidebar').querySelector('details')?.removeAttribute('open');
  const channel = workspace.channels.find((/** @type {any} */ one) => one.id === place.channel);
  if (place.channel === from.directMessage || place.channel === to.between)
    go({ user: to.id, channel: place.channel === to.between ? to.between : to.directMessage, tab: place.tab });
  else if (channel?.members.includes(to.id)) go({ user: to.id, channel: channel.id, thread: place.thread });
  else go({ user: to.id, channel: firstChannel(workspace, to) });
}

/**
 * @param {any} workspace
 * @param {any} user
 * @returns {string}
 */
export function firstChannel(workspace, user) {
  return workspace.channels.find((/** @type {any} */ one) => one.members.includes(user.id))?.id ?? user.directMessage;
}

/**
 * @param {string} id
 * @param {string | Node} sign
 * @param {string} name
 * @param {boolean} unread
 */
function drawEntry(id, sign, name, unread) {
  const given = {
    type: 'button',
    'data-place': id,
    class: unread ? 'entry unread' : 'entry',
    'aria-current': place.channel === id ? 'page' : undefined,
    onclick: () => open(id),
  };
  return h(
    'li',
    {},
    h('button', given, h('span', { class: 'sign', 'aria-hidden': 'true' }, sign), h('span', { class: 'name' }, name)),
  );
}

/**
 * @param {any} user
 * @param {boolean} isMe
 */
function drawPerson(user, isMe) {
  const face = avatar({ ...user, name: user.realName }, 'tiny');
  const name = h('span', { class: 'name' }, user.realName, isMe && h('small', {}, ' you'));
  if (isMe) return h('li', {}, h('span', { class: 'entry self' }, face, name));
  const given = {
    type: 'button',
    'data-place': user.between,
    class: user.unread ? 'entry unread' : 'entry',
    'aria-current': place.channel === user.between ? 'page' : undefined,
    onclick: () => open(user.between),
  };
  return h('li', {}, h('button', given, face, name));
}

/**
 * @param {any} me
 * @param {any} workspace
 */
function drawApp(me, workspace) {
  const { app } = workspace;
  const given = {
    type: 'button',
    'data-place': me.directMessage,
    class: me.unread ? 'entry unread' : 'entry',
    'aria-current': place.channel === me.directMessage ? 'page' : undefined,
    onclick: () => open(me.directMessage),
  };
  const dot = h('span', {
    class: app.connected ? 'presence on' : 'presence',
    title: app.connected ? 'Connected' : 'Not connected',
  });
  return h(
    'li',
    {},
    h(
      'button',
      given,
      avatar({ id: app.botUserId, name: app.botName, kind: 'app' }, 'tiny'),
      h('span', { class: 'name' }, app.botName),
      dot,
    ),
  );
}

/** @param {string} channel */
function open(channel) {
  toggleSidebar(false);
  go({ channel });
}
