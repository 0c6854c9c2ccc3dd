// @ts-check
import { byId, fill, h } from '../../page/dom.js';
import { icon } from '../../page/icons.js';
import { addressOf, place } from './place.js';
import { counted } from './values.js';
import { drawWho } from './who.js';

/** @param {any} org */
export function drawHead(org) {
  const { backName, backPath } = document.body.dataset;
  fill(
    byId('head'),
    backPath && h('a', { class: 'back', href: backPath }, icon('back'), backName),
    h(
      'span',
      { class: 'brand' },
      icon('cloud'),
      h('strong', {}, `Local Salesforce${org.isSandbox ? ', sandbox' : ''}`),
    ),
    h('span', { class: 'org' }, `${org.name}. Nothing leaves this machine.`),
    drawWho(),
  );
}

/** @param {any} org */
export function drawTabs(org) {
  fill(
    byId('tabs'),
    h(
      'ul',
      {},
      ...org.tabs.map((/** @type {any} */ tab) =>
        h(
          'li',
          {},
          h(
            'a',
            { href: addressOf(tab.object), 'aria-current': place.object === tab.object ? 'page' : undefined },
            tab.label,
          ),
        ),
      ),
    ),
  );
}

/** @param {any} counters */
export function drawStrip({ calls, dailyCalls, triggers }) {
  byId('strip').textContent =
    `API calls today ${counted(calls)} of ${counted(dailyCalls)}, triggers ran ${counted(triggers)} times`;
}
