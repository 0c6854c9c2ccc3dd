// @ts-check
import { h } from '../../page/dom.js';
import { ago, fullTime } from '../../page/times.js';
import { addressOf } from './place.js';

/** @param {number} value */
export function counted(value) {
  return value.toLocaleString('en-US');
}

/**
 * The number and the word for it.
 * @param {number} value
 * @param {string} word
 */
export function many(value, word) {
  return `${counted(value)} ${word}${value === 1 ? '' : 's'}`;
}

/** @param {string} iso */
export function moment(iso) {
  const ts = String(Date.parse(iso) / 1000);
  const isRecent = Date.now() - Date.parse(iso) < 24 * 3_600_000;
  const day = new Date(iso).toLocaleDateString('en-US', { dateStyle: 'medium' });
  return h('time', { datetime: iso, title: fullTime(ts) }, isRecent ? ago(ts) : day);
}

/**
 * A value as people read it.
 * @param {any} value
 * @param {{ type: string, scale?: number }} field
 * @returns {Node | string}
 */
export function shown(value, { type, scale }) {
  if (value === null || value === '') return '';
  if (typeof value === 'object') {
    return value.object ? h('a', { href: addressOf(value.object, value.id) }, value.name) : value.name;
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (type === 'datetime') return moment(value);
  if (type === 'date') return new Date(`${value}T00:00:00`).toLocaleDateString('en-US', { dateStyle: 'medium' });
  if (type === 'percent') return `${counted(value)}%`;
  if (type === 'double') return value.toLocaleString('en-US', { minimumFractionDigits: Math.min(scale ?? 0, 2) });
  if (typeof value === 'number') return counted(value);
  return String(value);
}

/**
 * A tier as a mark; what a person has set stands beside the model's.
 * @param {string | null} tier
 * @param {string | null} override
 * @param {boolean} isDetractor
 */
export function tierMark(tier, override, isDetractor) {
  return h(
    'span',
    { class: 'marks' },
    tier !== null && h('span', { class: `tier tier-${tier.replace(/\W+/g, '-').toLowerCase()}` }, tier),
    override !== null &&
      h(
        'span',
        { class: 'mark', title: 'Set by a person; the tier of the model stands beside it' },
        `override ${override}`,
      ),
    isDetractor &&
      h('span', { class: 'mark warn', title: 'Looks like customers who left after real use' }, 'detractor'),
  );
}
