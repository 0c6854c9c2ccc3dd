// @ts-check
import { read } from '../../page/calls.js';
import { byId, fill, h, isNews } from '../../page/dom.js';
import { narrow, place } from './place.js';
import { drawTable } from './table.js';
import { counted, many } from './values.js';

const PAGE = 50;

/**
 * Shows the list of the place, or brings it up to date.
 * @param {() => number} now the org's clock
 */
export async function showList(now) {
  const { object, q, tier, sort, page } = place;
  const from = location.hash;
  const offset = (page - 1) * PAGE;
  const list = await read('salesforce/records', { object, q, tier, sort, offset: String(offset), limit: String(PAGE) });
  // Another place was gone to meanwhile.
  if (location.hash !== from) return;
  const view = byId('view');
  if (view.dataset.shows !== `list of ${object}`) {
    view.dataset.shows = `list of ${object}`;
    document.title = `${list.label} | Salesforce (local workbench)`;
    fill(view, h('section', { class: 'card' }, drawTop(list), h('div', { id: 'rows' })));
  }
  drawState(list);
  if (isNews(byId('rows'), list, page)) drawRows(list, now());
}

/** @param {any} list */
function drawTop(list) {
  const search = h('input', {
    ...{ type: 'search', id: 'search', value: place.q, autocomplete: 'off', placeholder: 'Search by name' },
    ...{ 'aria-label': 'Search by name' },
    oninput: (/** @type {any} */ event) => narrow({ q: event.target.value }, true),
  });
  const tiers = [
    ['', 'All tiers'],
    ...list.tiers.map((/** @type {string} */ one) => [one, tierName(one)]),
    ['none', 'No tier'],
  ];
  const sorts = list.columns
    .filter((/** @type {any} */ column) => column.sortable)
    .flatMap((/** @type {any} */ { name, label }) => [
      [name, `${label}, smallest first`],
      [`-${name}`, `${label}, largest first`],
    ]);
  return h(
    'header',
    { class: 'top' },
    badge(list.object),
    h('h1', {}, list.label, h('small', { id: 'total' })),
    h(
      'div',
      { class: 'filters', role: 'search' },
      search,
      list.tiers.length > 0 && choice('tier', 'Tier', tiers, (value) => narrow({ tier: value })),
      choice('sort', 'Sort', sorts, (value) => narrow({ sort: value })),
    ),
  );
}

/** @param {string} object */
export function badge(object) {
  return h('span', { class: `badge ${object.toLowerCase()}`, 'aria-hidden': 'true' }, object[0] ?? '');
}

/** @param {string} tier */
function tierName(tier) {
  return /^\d/.test(tier) ? `Tier ${tier}` : tier;
}

/**
 * @param {string} id
 * @param {string} label
 * @param {string[][]} options
 * @param {(value: string) => void} chosen
 */
function choice(id, label, options, chosen) {
  return h(
    'select',
    { id, 'aria-label': label, onchange: (/** @type {any} */ event) => chosen(event.target.value) },
    ...options.map(([value, text]) => h('option', { value }, text)),
  );
}

/**
 * What the filters say, wherever the place was changed.
 * @param {any} list
 */
function drawState(list) {
  const filtered = place.q !== '' || place.tier !== '';
  byId('total').textContent = filtered
    ? `${counted(list.total)} of ${many(list.all, 'record')}`
    : many(list.all, 'record');
  for (const [id, value] of Object.entries({ search: place.q, tier: place.tier, sort: list.sort })) {
    const control = document.getElementById(id);
    if (control instanceof HTMLSelectElement) control.value = value;
    if (control instanceof HTMLInputElement && control !== document.activeElement) control.value = value;
  }
}

/**
 * @param {any} list
 * @param {number} now
 */
function drawRows(list, now) {
  const focused = document.activeElement?.getAttribute('data-focus');
  fill(
    byId('rows'),
    list.scored === 0 && drawUnscored(),
    list.total === 0
      ? h(
          'p',
          { class: 'empty' },
          list.all === 0 ? 'There are no records here yet.' : 'No record matches. Change the name or the tier.',
        )
      : h('div', { class: 'scroll' }, drawTable(list, now)),
    list.total > PAGE && drawPager(list),
  );
  const again = focused && byId('rows').querySelector(`[data-focus="${focused}"]`);
  if (again instanceof HTMLElement) again.focus();
}

function drawUnscored() {
  const { backName, backPath } = document.body.dataset;
  const where = backPath ? h('a', { href: backPath }, backName) : 'Slack';
  return h(
    'p',
    { class: 'hint' },
    'No scores yet: approve a proposal in ',
    where,
    ' or run ',
    h('code', {}, 'lodestar publish'),
    '.',
  );
}

/** @param {any} list */
function drawPager(list) {
  const last = Math.ceil(list.total / PAGE);
  const step = (/** @type {string} */ text, /** @type {number} */ page) =>
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        'data-focus': text,
        disabled: page < 1 || page > last,
        onclick: () => narrow({ page }),
      },
      text,
    );
  return h(
    'nav',
    { class: 'pager', 'aria-label': 'Pages' },
    step('Previous', place.page - 1),
    h('span', {}, `Page ${counted(place.page)} of ${counted(last)}`),
    step('Next', place.page + 1),
  );
}
