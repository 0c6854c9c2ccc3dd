// @ts-check

/**
 * Where the person is: an object's list as it is filtered, or a record. Kept in the address, so a link leads back.
 * @type {{ object: string, id: string, q: string, tier: string, sort: string, page: number }}
 */
export const place = { object: 'Account', id: '', q: '', tier: '', sort: '', page: 1 };

/** @type {Set<() => void>} */
const listeners = new Set();

/** @param {() => void} listener */
export function onMove(listener) {
  listeners.add(listener);
}

/**
 * @param {string} object
 * @param {string} [id]
 */
export function addressOf(object, id) {
  return id ? `#/${object}/${id}` : `#/${object}`;
}

/**
 * The list as it is, with a change; another filter begins at the first page.
 * @param {Partial<typeof place>} change
 * @param {boolean} [typing] keeps one entry in the browser's past for a word that is being typed
 */
export function narrow(change, typing = false) {
  const { object, q, tier, sort, page } = { ...place, page: 1, ...change };
  const given = Object.entries({ q, tier, sort, page: page > 1 ? String(page) : '' }).filter(
    ([, value]) => value !== '',
  );
  const search = new URLSearchParams(/** @type {any} */ (given)).toString();
  const hash = `${addressOf(object)}${search === '' ? '' : `?${search}`}`;
  if (hash === location.hash) return;
  if (typing) history.replaceState(null, '', hash);
  else history.pushState(null, '', hash);
  readPlace();
}

/**
 * @param {string} object
 * @param {string} [id]
 */
export function go(object, id) {
  history.pushState(null, '', addressOf(object, id));
  readPlace();
}

/** Takes the place from the address. */
export function readPlace() {
  const [path = '', search = ''] = location.hash.replace(/^#\//, '').split('?');
  const [object = '', id = ''] = path.split('/');
  const query = new URLSearchParams(search);
  Object.assign(place, {
    object: object || 'Account',
    id,
    q: query.get('q') ?? '',
    tier: query.get('tier') ?? '',
    sort: query.get('sort') ?? '',
    page: Math.max(1, Number(query.get('page')) || 1),
  });
  for (const listener of listeners) listener();
}

addEventListener('popstate', readPlace);
