// @ts-check
import { read } from '../../page/calls.js';
import { byId, fill, h } from '../../page/dom.js';
import { drawHead, drawStrip, drawTabs } from './head.js';
import { showList } from './list.js';
import { onMove, place, readPlace } from './place.js';
import { showRecord } from './record.js';
import { ageRows } from './table.js';
import { many } from './values.js';
import { setUsers } from './who.js';

const EVERY = 2_000;
const MOMENT = 60_000;

/** @type {any} */
let org = null;
/** How far the org's clock is ahead of ours. */
let ahead = 0;
let writes = '';

const now = () => Date.now() + ahead;

async function show() {
  try {
    if (place.id === '') await showList(now);
    else await showRecord(place.object, place.id);
  } catch (error) {
    const shows = `${place.object}/${place.id}`;
    const message = error instanceof TypeError ? 'The local Salesforce did not answer.' : sentence(error);
    byId('view').dataset.shows = `no ${shows}`;
    fill(byId('view'), h('section', { class: 'card' }, h('p', { class: 'empty' }, message)));
  }
}

/** @param {unknown} error */
function sentence(error) {
  const message = error instanceof Error ? error.message : 'Something went wrong';
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
}

/** Asks what has changed, and shows it. */
async function look() {
  try {
    if (org === null) await start();
    const changes = await read('salesforce/changes', { since: String(now() - MOMENT) });
    ahead = changes.now - Date.now();
    const isBack = !byId('banner').hidden;
    say(false);
    drawStrip(changes);
    drawNews(changes.changed[place.object]);
    const written = JSON.stringify(changes.writes);
    if (isBack || (written !== writes && writes !== '')) await show();
    ageRows(now());
    writes = written;
  } catch {
    say(true);
  } finally {
    setTimeout(look, EVERY);
  }
}

/** @param {number | undefined} changed */
function drawNews(changed) {
  const word = org.tabs.find((/** @type {any} */ tab) => tab.object === place.object)?.object.toLowerCase() ?? 'record';
  const text = changed && place.id === '' ? `${many(changed, word).replace('ys', 'ies')} changed a moment ago` : '';
  if (byId('news').textContent !== text) byId('news').textContent = text;
}

/** @param {boolean} isGone */
function say(isGone) {
  byId('banner').hidden = !isGone;
  byId('banner').textContent = isGone
    ? 'The local Salesforce does not answer. Is it still running? Trying again every 2 seconds.'
    : '';
}

async function start() {
  org = await read('salesforce/org');
  setUsers(await read('salesforce/users'));
  drawHead(org);
  onMove(() => {
    drawTabs(org);
    byId('news').textContent = '';
    void show();
  });
  readPlace();
}

void look();
