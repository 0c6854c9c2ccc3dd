// @ts-check
import { h } from './dom.js';

const STAR = 'M12 2l2.2 7.8L22 12l-7.8 2.2L12 22l-2.2-7.8L2 12l7.8-2.2z';
const COLORS = ['#1264a3', '#1b7f56', '#a85a00', '#7c3aed', '#c2185b', '#0f766e'];

/**
 * A rounded square with initials; a star for the app.
 * @param {{ id: string, name: string, kind?: string, color?: string }} person
 * @param {string} [size]
 */
export function avatar(person, size = '') {
  const element = h('span', { class: `avatar ${size} ${person.kind ?? 'person'}`, 'aria-hidden': 'true' });
  if (person.kind === 'app' || person.kind === 'slack') {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('viewBox', '0 0 24 24');
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    path.setAttribute('d', STAR);
    svg.append(path);
    element.append(svg);
    return element;
  }
  element.textContent = initials(person.name);
  element.style.background = person.color ?? COLORS[person.id.charCodeAt(person.id.length - 1) % COLORS.length] ?? '';
  return element;
}

/** @param {string} name */
function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ''].map((word) => word?.[0] ?? '').join('');
}
