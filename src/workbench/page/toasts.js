// @ts-check
import { byId, h } from './dom.js';
import { icon } from './icons.js';

/**
 * A message in the corner that goes away by itself.
 * @param {string} text
 */
export function toast(text) {
  const close = () => element.remove();
  const element = h(
    'div',
    { class: 'toast' },
    h('span', {}, text),
    h('button', { type: 'button', class: 'quiet', 'aria-label': 'Dismiss', onclick: close }, icon('close')),
  );
  byId('toasts').append(element);
  setTimeout(close, 8000);
}
