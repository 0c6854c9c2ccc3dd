// @ts-check
/**
 * Where a list of messages stands. Every message it draws has `data-ts`.
 *
 * What a person asks for is shown from its beginning: an answer taller than the window starts at its first line, not at
 * its last. Until the person scrolls by hand, the list keeps to that while more arrives.
 */

/** How near to where the list was put it still counts as not having been scrolled. */
const NEAR = 60;

/** @type {WeakMap<HTMLElement, { place: string, since: string, top: number }>} */
const stands = new WeakMap();

/**
 * Something was asked for: whatever comes after what is there now is its answer.
 * @param {HTMLElement} list
 * @param {string} [since] the message after which the answer comes; the newest when not given
 */
export function expectAnswer(list, since) {
  const newest = messagesIn(list).at(-1)?.dataset.ts ?? '0';
  stands.set(list, { place: location.hash, since: since ?? newest, top: list.scrollTop });
}

/**
 * Draws with `draw`, then puts the list where the person wants to read.
 * @param {HTMLElement} list
 * @param {() => void} draw
 */
export function keepPlace(list, draw) {
  const stand = stands.get(list);
  const moved = stand?.place !== location.hash;
  const untouched = stand !== undefined && Math.abs(list.scrollTop - stand.top) < NEAR;
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR;
  draw();
  if (!moved && !untouched && !atEnd) return;
  if (moved) stands.set(list, { place: location.hash, since: '', top: 0 });
  settle(list);
  for (const image of list.querySelectorAll('img')) {
    if (!image.complete) image.addEventListener('load', () => settleIfUntouched(list), { once: true });
  }
}

/** @param {HTMLElement} list */
function settleIfUntouched(list) {
  if (Math.abs(list.scrollTop - (stands.get(list)?.top ?? 0)) < NEAR) settle(list);
}

/**
 * The end of the list, or the first line of the answer where that is further up; nowhere while there is no answer.
 * @param {HTMLElement} list
 */
function settle(list) {
  const stand = stands.get(list);
  if (!stand) return;
  const messages = messagesIn(list);
  const first = stand.since ? messages.find((one) => (one.dataset.ts ?? '') > stand.since) : messages.at(-1);
  if (first) list.scrollTop = Math.min(list.scrollHeight - list.clientHeight, first.offsetTop - list.offsetTop);
  stand.top = list.scrollTop;
}

/**
 * @param {HTMLElement} list
 * @returns {HTMLElement[]}
 */
function messagesIn(list) {
  return [...list.children].flatMap((one) => (one instanceof HTMLElement && one.dataset.ts ? [one] : []));
}
