// @ts-check
import { h } from '../../page/dom.js';

const KEY = 'salesforce-user';
/** @type {any[]} */
let users = [];

/** @param {any[]} found */
export function setUsers(found) {
  users = found;
}

/** Everybody whom a record may belong to. */
export function everybody() {
  return users;
}

/** Who acts: the one chosen last, or the first. The integration user is no person. */
export function me() {
  const people = users.filter((user) => !user.isIntegration);
  const chosen = localStorage.getItem(KEY);
  return people.find((user) => user.id === chosen) ?? people[0] ?? users[0];
}

/** Chooses who acts. */
export function drawWho() {
  const now = me();
  return h(
    'label',
    { class: 'who' },
    h('span', {}, 'Acting as'),
    h(
      'select',
      { onchange: (/** @type {any} */ event) => localStorage.setItem(KEY, event.target.value) },
      ...users
        .filter((user) => !user.isIntegration)
        .map((user) => h('option', { value: user.id, selected: user.id === now?.id }, user.name)),
    ),
  );
}
