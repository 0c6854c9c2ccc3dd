// @ts-check

/**
 * An element with attributes, listeners (`onclick` and so on) and children; strings become text, never markup.
 * @param {string} tag
 * @param {Record<string, any>} [given]
 * @param {...(Node | string | null | undefined | false)} children
 */
export function h(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else element.setAttribute(name, String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Puts these children in place of all others; what is absent is left out.
 * @param {Element} parent
 * @param {...(Node | string | null | undefined | false)} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren(...children.filter((child) => child !== null && child !== undefined && child !== false));
}

/**
 * Blocks that the workbench server has drawn and escaped.
 * @param {string} html
 * @param {string} [className]
 */
export function drawn(html, className = 'drawn') {
  const element = h('div', { class: className });
  element.innerHTML = html;
  for (const link of element.querySelectorAll('a[data-link]')) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  }
  return element;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`the page needs an element #${id}; see index.html`);
  return element;
}

/**
 * Makes the children of a list match, leaving those that have not changed where they are.
 * @param {HTMLElement} list
 * @param {{ key: string, signature: string, draw: () => HTMLElement }[]} items
 */
export function reconcile(list, items) {
  /** @type {Map<string, HTMLElement>} */
  const known = new Map();
  for (const child of list.children) {
    if (child instanceof HTMLElement && child.dataset.key) known.set(child.dataset.key, child);
  }
  /** @type {HTMLElement | null} */
  let previous = null;
  for (const item of items) {
    let element = known.get(item.key);
    if (!element || element.dataset.signature !== item.signature) {
      const fresh = item.draw();
      fresh.dataset.key = item.key;
      fresh.dataset.signature = item.signature;
      if (element) element.replaceWith(fresh);
      element = fresh;
    }
    known.delete(item.key);
    /** @type {ChildNode | null} */
    const place = previous ? previous.nextSibling : list.firstChild;
    if (element !== place) list.insertBefore(element, place);
    previous = element;
  }
  for (const gone of known.values()) gone.remove();
}

/**
 * False when this element was last drawn from the same data: then it is left alone, and keeps its focus.
 * @param {HTMLElement} element
 * @param {...unknown} data
 */
export function isNews(element, ...data) {
  const signature = hash(JSON.stringify(data));
  if (element.dataset.signature === signature) return false;
  element.dataset.signature = signature;
  return true;
}

/** @param {string} text */
export function hash(text) {
  let value = 5381;
  for (let i = 0; i < text.length; i += 1) value = ((value << 5) + value + text.charCodeAt(i)) | 0;
  return `${text.length}.${value}`;
}
