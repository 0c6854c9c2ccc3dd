// @ts-check
import { act, read } from './calls.js';
import { followAnswer, say, setUpComposer } from './composer.js';
import { drawModals } from './dialogs.js';
import { byId, drawn, fill, h, isNews } from './dom.js';
import { icon } from './icons.js';
import { refreshInspector } from './inspector.js';
import { drawMessages } from './messages.js';
import { avatar } from './people.js';
import { go, onMove, place, readPlace } from './place.js';
import { listenForPresses } from './presses.js';
import { drawRail, drawSidebar, firstChannel, toggleSidebar } from './sidebar.js';

/** @type {any} */
let workspace = null;
let busy = false;
let again = false;
let lost = false;

/** Fetches and draws everything this person can see now. Runs once at a time; a change meanwhile runs it again. */
async function refresh() {
  again = busy;
  if (busy) return;
  busy = true;
  try {
    const { user, channel, thread } = place;
    workspace = await read('workspace', { user });
    const [main, replies, modals] = await Promise.all([
      read('conversation', { user, channel }),
      thread ? read('conversation', { user, channel, thread }) : null,
      read('modals', { user }),
    ]);
    if (user === place.user && channel === place.channel && thread === place.thread) draw(main, replies, modals);
    if (place.tab === 'home') await drawHome();
    await refreshInspector();
  } catch {
    lost = true;
    drawBanner();
  } finally {
    busy = false;
    if (again) void refresh();
  }
}

/**
 * @param {any} main
 * @param {any} replies
 * @param {any} modals
 */
function draw(main, replies, modals) {
  drawSidebar(workspace);
  drawHead();
  drawBanner();
  drawMessages(byId('messages'), main.messages, { inThread: false, empty: drawEmpty });
  drawStatus(byId('status'), main, place.channel);
  drawPrompts(main);
  const opens = Boolean(replies) && byId('thread').hidden;
  const closes = !replies && byId('thread').contains(document.activeElement);
  byId('thread').hidden = !replies;
  document.body.classList.toggle('with-thread', Boolean(replies));
  if (replies) {
    const gone = () => h('p', {}, 'This message is no longer there.');
    drawMessages(byId('replies'), replies.messages, { inThread: true, empty: gone });
    drawStatus(byId('thread-status'), replies, place.thread);
  }
  if (opens) focusUnlessTyping('composer-thread');
  if (closes) focusUnlessTyping('composer-main');
  drawModals(modals);
  followAnswer(main.messages);
}

/**
 * Goes on in a message box, unless somebody is writing in the other one.
 * @param {string} id
 */
function focusUnlessTyping(id) {
  const active = document.activeElement;
  if (active instanceof HTMLTextAreaElement && active.value !== '') return;
  byId(id).querySelector('textarea')?.focus({ preventScroll: true });
}

function here() {
  const channel = workspace.channels.find((/** @type {any} */ one) => one.id === place.channel);
  const person = workspace.users.find((/** @type {any} */ one) => one.between === place.channel);
  if (person) return { ...person, name: person.realName, isPerson: true, purpose: person.title, members: [] };
  return channel ?? { ...workspace.app, name: workspace.app.botName, isApp: true, members: [] };
}

function drawHead() {
  const at = here();
  const title = at.isApp || at.isPerson ? at.name : `#${at.name}`;
  document.title = `${title} - ${workspace.team.name}`;
  byId('home').hidden = place.tab !== 'home';
  byId('main').classList.toggle('at-home', place.tab === 'home');
  if (!isNews(byId('place'), at, place.tab)) return;
  const hadFocus = byId('place').contains(document.activeElement);
  const tab = (/** @type {'messages' | 'home'} */ name, /** @type {string} */ label) =>
    h(
      'button',
      {
        type: 'button',
        role: 'tab',
        'aria-selected': String(place.tab === name),
        onclick: () => go({ channel: place.channel, tab: name }),
      },
      label,
    );
  fill(
    byId('place'),
    h(
      'button',
      { type: 'button', class: 'quiet burger', 'aria-label': 'Channels', onclick: () => toggleSidebar() },
      icon('menu'),
    ),
    at.isApp || at.isPerson
      ? avatar(at.isApp ? { id: at.botUserId, name: at.name, kind: 'app' } : at, 'small')
      : h('span', { class: 'sign', 'aria-hidden': 'true' }, at.isPrivate ? icon('lock') : '#'),
    h('h2', {}, at.name),
    at.isApp && h('span', { class: 'badge' }, 'APP'),
    at.isApp && at.home
      ? h('div', { role: 'tablist', class: 'tabs' }, tab('home', 'Home'), tab('messages', 'Messages'))
      : h('p', { class: 'purpose' }, at.purpose ?? ''),
    at.members.length > 0 && h('span', { class: 'members', title: 'Members' }, `${at.members.length} members`),
  );
  const chosen = byId('place').querySelector('[aria-selected="true"]');
  if (hadFocus && chosen instanceof HTMLElement) chosen.focus();
  const box = byId('composer-main').querySelector('textarea');
  box?.setAttribute('placeholder', `Message ${title}`);
  byId('composer-thread').querySelector('textarea')?.setAttribute('placeholder', 'Reply\u2026');
}

function drawEmpty() {
  const at = here();
  if (at.isPerson)
    return h(
      'div',
      {},
      avatar(at, 'large'),
      h('h3', {}, at.name),
      h('p', {}, `Between you and ${at.name} only. The app hears nothing of it.`),
    );
  const commands = workspace.app.commands.map((/** @type {any} */ one) => one.name).join(', ');
  return at.isApp
    ? h(
        'div',
        {},
        avatar({ id: at.botUserId, name: at.name, kind: 'app' }, 'large'),
        h('h3', {}, at.name),
        h('p', {}, at.description ?? 'Ask a question, or pick a suggestion below.'),
      )
    : h(
        'div',
        {},
        h('h3', {}, `# ${at.name}`),
        h('p', {}, `This is the beginning of #${at.name}. ${at.purpose}`),
        h('p', {}, `Type ${commands} or mention @${workspace.app.botName}. For example:`),
        h('div', { class: 'tries' }, ...thingsToTry().map(drawTry)),
      );
}

/** What can be pressed in an empty channel: the app's own suggestions, as mentions, and the help of its commands. */
function thingsToTry() {
  const { app } = workspace;
  const asked = (app.suggestedPrompts ?? []).map((/** @type {any} */ one) => ({
    label: `@${app.botName} ${one.message}`,
    text: `<@${app.botUserId}> ${one.message}`,
  }));
  const helped = app.commands.map((/** @type {any} */ one) => ({
    label: `${one.name} help`,
    text: `${one.name} help`,
  }));
  return [...asked.slice(0, 3), ...helped];
}

/** @param {{ label: string, text: string }} one */
function drawTry({ label, text }) {
  return h('button', { type: 'button', class: 'prompt', onclick: () => say(text) }, label);
}

/**
 * @param {HTMLElement} element
 * @param {any} shown
 * @param {string | undefined} at
 */
function drawStatus(element, shown, at) {
  const said = shown.loadingMessages?.length
    ? shown.loadingMessages[Math.floor(Date.now() / 2000) % shown.loadingMessages.length]
    : shown.status;
  if (!isNews(element, said, shown.canStop, at)) return;
  const stop = () => act('stop', { user: place.user, channel: place.channel, thread: at });
  element.replaceChildren(
    ...(said
      ? [
          h('span', { class: 'dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
          h('span', {}, `${workspace.app.botName} ${said}`),
        ]
      : []),
    ...(shown.canStop ? [h('button', { type: 'button', class: 'button', onclick: stop }, 'Stop')] : []),
  );
}

/** @param {any} main */
function drawPrompts(main) {
  if (!isNews(byId('prompts'), main.prompts)) return;
  const offered = main.prompts?.prompts ?? [];
  byId('prompts').replaceChildren(
    ...(main.prompts?.title && offered.length > 0 ? [h('p', {}, main.prompts.title)] : []),
    ...offered.map((/** @type {any} */ one) =>
      h('button', { type: 'button', class: 'prompt', title: one.message, onclick: () => say(one.message) }, one.title),
    ),
  );
}

async function drawHome() {
  const home = await read('home', { user: place.user });
  const element = byId('home');
  const version = `${home.id} ${home.version}`;
  if (element.dataset.version === version && home.id) return;
  element.dataset.version = version;
  element.dataset.view = home.id ?? '';
  element.replaceChildren(
    home.html ? drawn(home.html) : h('p', { class: 'empty' }, `${workspace.app.botName} has not published a Home yet.`),
  );
}

function drawBanner() {
  const words = lost
    ? 'Connection to the workbench lost. Trying again\u2026'
    : workspace && !workspace.app.connected
      ? `${workspace.app.botName} is not connected. Commands and buttons will fail until it is.`
      : '';
  byId('banner').hidden = !words;
  byId('banner').className = lost ? 'lost' : '';
  byId('banner').textContent = words;
}

/** What happens when the person goes somewhere: opening the app's conversation is an event of its own. */
let opened = '';
function moved() {
  const me = workspace.users.find((/** @type {any} */ user) => user.id === place.user);
  const opening = me && place.channel === me.directMessage ? `${me.id} ${place.tab}` : '';
  if (opening && opening !== opened) void act('open', { user: place.user, tab: place.tab });
  opened = opening;
  void refresh();
}

async function start() {
  workspace = await read('workspace');
  drawRail(workspace);
  for (const name of ['main', 'thread']) {
    setUpComposer(/** @type {HTMLFormElement} */ (byId(`composer-${name}`)), () => workspace, name === 'thread');
  }
  listenForPresses();
  byId('close-thread').addEventListener('click', () => go({ thread: undefined }));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && place.thread && !document.querySelector('dialog[open]')) go({ thread: undefined });
  });
  readPlace();
  if (!workspace.users.some((/** @type {any} */ user) => user.id === place.user)) place.user = workspace.users[0].id;
  if (!place.channel) place.channel = firstChannel(workspace, workspace.users[0]);
  onMove(moved);
  moved();
  const changes = new EventSource('/control/changes');
  changes.onmessage = () => {
    lost = false;
    void refresh();
  };
  changes.onerror = () => {
    lost = true;
    drawBanner();
  };
  setInterval(() => document.querySelector('.status .dots') && refresh(), 2000);
}

await start();
