// @ts-check
import { h } from '../../page/dom.js';
import { addressOf, narrow } from './place.js';
import { shown, tierMark } from './values.js';

const MOMENT = 60_000;

/**
 * The records of a list.
 * @param {any} list
 * @param {number} now the org's clock
 */
export function drawTable(list, now) {
  return h(
    'table',
    { role: 'table', 'aria-label': list.label },
    h(
      'thead',
      { role: 'rowgroup' },
      h('tr', { role: 'row' }, ...list.columns.map((/** @type {any} */ column) => drawHeading(column, list.sort))),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      ...list.rows.map((/** @type {any} */ row) => {
        const isFresh = now - Date.parse(row.modifiedAt) < MOMENT;
        return h(
          'tr',
          { role: 'row', class: isFresh ? 'fresh' : undefined, 'data-modified': row.modifiedAt },
          ...list.columns.map((/** @type {any} */ column, /** @type {number} */ at) =>
            drawCell(list.object, column, row, at, isFresh),
          ),
        );
      }),
    ),
  );
}

/**
 * @param {any} column
 * @param {string} sort
 */
function drawHeading({ name, label, sortable }, sort) {
  if (!sortable) return h('th', { role: 'columnheader', scope: 'col', class: name }, label);
  const direction = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : undefined;
  const next =
    direction === undefined ? (name === 'Name' ? name : `-${name}`) : direction === 'descending' ? name : `-${name}`;
  return h(
    'th',
    { role: 'columnheader', scope: 'col', class: name, 'aria-sort': direction },
    h(
      'button',
      { type: 'button', 'data-focus': `sort ${name}`, onclick: () => narrow({ sort: next }) },
      label,
      h(
        'span',
        { 'aria-hidden': 'true' },
        direction === undefined ? '' : direction === 'ascending' ? ' \u2191' : ' \u2193',
      ),
    ),
  );
}

/**
 * @param {string} object
 * @param {any} column
 * @param {any} row
 * @param {number} at
 * @param {boolean} isFresh
 */
function drawCell(object, column, row, at, isFresh) {
  const value = row.cells[at];
  const given = { role: 'cell', class: column.name, 'data-label': column.label };
  switch (column.name) {
    case 'Name':
      return h(
        'td',
        given,
        h('a', { href: addressOf(object, row.id), 'data-focus': row.id }, value ?? row.id),
        isFresh && h('span', { class: 'moment' }, 'changed a moment ago'),
      );
    case 'Company':
      return h('td', given, h('a', { href: addressOf(object, row.id) }, value));
    case 'ICP_Tier__c':
      return h('td', given, tierMark(value, row.override, row.isDetractor));
    case 'ICP_Reasons__c':
      return h('td', { ...given, title: value }, h('span', { class: 'clipped' }, value));
    default:
      return h('td', given, shown(value, column));
  }
}

/**
 * What changed a moment ago did so for a moment.
 * @param {number} now
 */
export function ageRows(now) {
  for (const row of document.querySelectorAll('tr.fresh')) {
    if (now - Date.parse(row.getAttribute('data-modified') ?? '') < MOMENT) continue;
    row.classList.remove('fresh');
    row.querySelector('.moment')?.remove();
  }
}
