// @ts-check
import { act, read } from '../../page/calls.js';
import { byId, fill, h } from '../../page/dom.js';
import { go } from './place.js';
import { shown } from './values.js';
import { me } from './who.js';

/**
 * @param {string} title
 * @param {string} word what the button says
 * @param {(Node | string)[]} body
 * @param {() => Promise<boolean>} confirmed whether it is done
 */
function ask(title, word, body, confirmed) {
  const close = () => dialog.close();
  const dialog = /** @type {HTMLDialogElement} */ (
    h(
      'dialog',
      { 'aria-labelledby': 'dialog-title', onclose: () => dialog.remove() },
      h('h2', { id: 'dialog-title' }, title),
      h('div', { class: 'body' }, ...body),
      h(
        'div',
        { class: 'acts' },
        h('button', { type: 'button', class: 'button', onclick: close }, 'Cancel'),
        h(
          'button',
          {
            type: 'button',
            class: 'button danger',
            onclick: async () => {
              if (await confirmed()) close();
            },
          },
          word,
        ),
      ),
    )
  );
  byId('dialogs').append(dialog);
  dialog.showModal();
}

/** @param {any} record */
export function askDelete(record) {
  const along = record.object === 'Account' ? ' with its contacts and opportunities' : '';
  const text = `${record.name} goes to the bin${along}.`;
  ask(`Delete ${record.name}?`, 'Delete', [text], async () => {
    const done = await act('salesforce/delete', { object: record.object, id: record.id, by: me()?.id });
    if (done) go(record.object);
    return done !== null;
  });
}

/** @param {any} record */
export function askMerge(record) {
  /** @type {string | null} */
  let winner = null;
  const found = h('div', { class: 'found', role: 'radiogroup', 'aria-label': 'Accounts' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const look = async (/** @type {string} */ q) => {
    const asked = { object: record.object, q, sort: 'Name', limit: '8' };
    const list = await read('salesforce/records', asked).catch(() => null);
    problem.textContent = list === null ? 'The local Salesforce did not answer. Is it still running?' : '';
    if (list === null) return;
    const owner = list.columns.findIndex((/** @type {any} */ column) => column.name === 'OwnerId');
    const others = list.rows.filter((/** @type {any} */ row) => row.id !== record.id);
    fill(
      found,
      others.length === 0 && h('p', { class: 'none' }, 'No other account matches.'),
      ...others.map((/** @type {any} */ row) =>
        h(
          'label',
          {},
          h('input', {
            ...{ type: 'radio', name: 'winner', value: row.id, checked: row.id === winner },
            onchange: () => {
              winner = row.id;
            },
          }),
          h('span', {}, row.cells[0], h('small', {}, shown(row.cells[owner], { type: 'string' }))),
        ),
      ),
    );
  };
  const search = h('input', {
    ...{
      type: 'search',
      'aria-label': 'Search for the account that stays',
      placeholder: 'Search for the account that stays',
    },
    oninput: (/** @type {any} */ event) => void look(event.target.value),
  });
  const text = `Its contacts, opportunities and the like move to the account that stays; ${record.name} goes to the bin.`;
  void look('');
  ask(`Merge ${record.name} into another account`, 'Merge', [text, search, found, problem], async () => {
    if (winner === null) {
      problem.textContent = 'Choose the account that stays.';
      return false;
    }
    const done = await act('salesforce/merge', { object: record.object, winner, loser: record.id, by: me()?.id });
    if (done) go(record.object, winner);
    return done !== null;
  });
}
