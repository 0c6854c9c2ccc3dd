// @ts-check

/**
 * Where the person is: who they act as, which conversation, thread and tab. Kept in the address, so a link leads back.
 * @type {{ user: string, channel: string, thread?: string, tab: 'messages' | 'home' }}
 */
export const place = { user: '', channel: '', tab: 'messages' };

/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {() => void} listener */
export function onMove(listener) {
  listeners.add(listener);
}

/** @param {Partial<typeof place>} change */
export function go(change) {
  const moved = { ...place, ...change };
  if (change.channel && change.channel !== place.channel && !('thread' in change)) moved.thread = undefined;
  if (change.channel && !change.tab) moved.tab = 'messages';
  const { user, channel, thread, tab } = moved;
  const hash = `#/${[user, channel, tab === 'home' ? 'home' : (thread ?? '')].filter(Boolean).join('/')}`;
  if (hash === location.hash) return;
  history.pushState(null, '', hash);
  readPlace();
}

/** Takes the place from the address. */
export function readPlace() {
  const [, user = '', channel = '', last = ''] = location.hash.split('/');
  Object.assign(place, {
    user: user || place.user,
    channel: channel || place.channel,
    thread: last && last !== 'home' ? last : undefined,
    tab: last === 'home' ? 'home' : 'messages',
  });
  for (const listener of listeners) listener();
}

addEventListener('popstate', readPlace);
