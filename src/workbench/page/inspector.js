// @ts-check
import { read } from './calls.js';
import { byId, h } from './dom.js';
import { icon } from './icons.js';

/** @type {any[]} */
let entries = [];
let filter = '';
const FIRST = 0;

/** @param {boolean} [open] */
export function toggleInspector(open) {
  const drawer = byId('inspector');
  drawer.hidden = open === undefined ? !drawer.hidden : !open;
  document.body.classList.toggle('with-inspector', !drawer.hidden);
  if (drawer.hidden) return;
  setUp(drawer);
  void refreshInspector();
}

/** @param {HTMLElement} drawer */
function setUp(drawer) {
  if (drawer.childElementCount > 0) return;
  const search = h('input', { type: 'search', placeholder: 'Filter by name', 'aria-label': 'Filter by name' });
  search.addEventListener('input', () => {
    filter = /** @type {HTMLInputElement} */ (search).value.toLowerCase();
    draw();
  });
  drawer.append(
    h(
      'header',
      { class: 'pane-head' },
      h('h2', {}, 'Traffic'),
      h(
        'button',
        { type: 'button', class: 'quiet', 'aria-label': 'Close traffic', onclick: () => toggleInspector(false) },
        icon('close'),
      ),
    ),
    h('div', { class: 'filter' }, search, h('p', {}, '\u2192 the app calls Slack   \u2190 Slack tells the app')),
    h('ol', { id: 'traffic' }),
  );
}

/** Fetches and draws what crossed, if the drawer is open. */
export async function refreshInspector() {
  if (byId('inspector').hidden) return;
  entries = await read('traffic', { after: String(FIRST) });
  draw();
}

function draw() {
  const list = byId('traffic');
  const open = new Set([...list.querySelectorAll('details[open]')].map((one) => one.getAttribute('data-n')));
  const shown = entries
    .filter((entry) => entry.name.toLowerCase().includes(filter))
    .slice(-200)
    .reverse();
  list.replaceChildren(...shown.map((entry) => h('li', {}, drawEntry(entry, open.has(String(entry.n))))));
  if (shown.length === 0)
    list.append(h('li', { class: 'none' }, filter ? 'Nothing matches.' : 'Nothing has crossed yet.'));
}

const ARROWS = { request: '\u2192', delivery: '\u2190', connection: '\u2194' };

/**
 * @param {any} entry
 * @param {boolean} open
 */
function drawEntry(entry, open) {
  const error = entry.answer?.error ?? entry.note ?? '';
  const details = h(
    'details',
    { 'data-n': entry.n, class: `entry-${entry.outcome}`, open },
    h(
      'summary',
      {},
      h('span', { class: 'arrow', 'aria-hidden': 'true' }, ARROWS[/** @type {keyof typeof ARROWS} */ (entry.kind)]),
      h('span', { class: 'what' }, entry.name, entry.attempt ? h('em', {}, ` retry ${entry.attempt}`) : null),
      h(
        'span',
        { class: 'took' },
        entry.outcome === 'waiting' ? 'waiting' : entry.ms === undefined ? '' : `${entry.ms} ms`,
      ),
      entry.outcome === 'failed' || entry.note ? h('span', { class: 'why' }, String(error)) : null,
    ),
  );
  for (const [name, value] of [
    ['Sent', entry.sent],
    ['Answer', entry.answer],
  ]) {
    if (value !== undefined)
      details.append(h('h3', {}, String(name)), h('pre', { tabindex: 0 }, JSON.stringify(value, null, 2)));
  }
  return details;
}
