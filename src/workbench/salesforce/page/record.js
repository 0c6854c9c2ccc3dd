// @ts-check
import { read } from '../../page/calls.js';
import { byId, fill, h, isNews } from '../../page/dom.js';
import { askDelete, askMerge } from './dialogs.js';
import { edit, isEditing } from './edit.js';
import { badge } from './list.js';
import { pencil } from './pencil.js';
import { addressOf, place } from './place.js';
import { counted, moment, shown, tierMark } from './values.js';

const SECTIONS = { icp: 'ICP', details: 'Details', system: 'System' };
/** What each field said when it was drawn last, so that a change can be shown. */
/** @type {Map<string, string>} */
let before = new Map();

/**
 * Shows a record, or brings it up to date; a field that is being edited is left in peace.
 * @param {string} object
 * @param {string} id
 */
export async function showRecord(object, id) {
  const record = await read('salesforce/record', { object, id });
  if (place.id !== id || isEditing()) return;
  const view = byId('view');
  const shows = `${object}/${id}`;
  const isSame = view.dataset.shows === shows;
  if (!isNews(view, record) && isSame) return;
  view.dataset.shows = shows;
  document.title = `${record.name} | Salesforce (local workbench)`;
  const changed = new Set(
    record.fields
      .filter(
        (/** @type {any} */ field) =>
          isSame && field.section !== 'system' && before.get(field.name) !== JSON.stringify(field.value),
      )
      .map((/** @type {any} */ field) => field.name),
  );
  before = new Map(record.fields.map((/** @type {any} */ field) => [field.name, JSON.stringify(field.value)]));
  const focused = document.activeElement?.getAttribute('data-focus');
  const again = () => showRecord(object, id);
  fill(
    view,
    drawTitle(record),
    h(
      'div',
      { class: 'columns' },
      h(
        'div',
        {},
        ...Object.entries(SECTIONS).map(([section, title]) => drawSection(record, section, title, changed, again)),
      ),
      h('div', {}, ...record.related.map(drawRelated), drawHistory(record)),
    ),
  );
  const focus = focused && view.querySelector(`[data-focus="${focused}"]`);
  if (focus instanceof HTMLElement) focus.focus();
}

/**
 * @param {any} record
 * @param {string} name
 */
function fieldOf(record, name) {
  return record.fields.find((/** @type {any} */ field) => field.name === name)?.value ?? null;
}

/** @param {any} record */
function drawTitle(record) {
  const tier = fieldOf(record, 'ICP_Tier__c');
  const score = record.fields.find((/** @type {any} */ field) => field.name === 'ICP_Score__c');
  const owner = fieldOf(record, 'OwnerId');
  const stage = fieldOf(record, 'StageName') ?? fieldOf(record, 'Status');
  const amount = fieldOf(record, 'Amount');
  const marks = tierMark(tier, fieldOf(record, 'ICP_Override__c'), fieldOf(record, 'ICP_Detractor__c') === true);
  const facts = [
    ['Tier', marks.childNodes.length > 0 && marks],
    ['Score', score && shown(score.value, score)],
    ['Stage', record.object === 'Opportunity' && stage],
    ['Status', record.object === 'Lead' && stage],
    ['Amount', amount !== null && counted(amount)],
    ['Owner', owner?.name],
  ];
  return h(
    'section',
    { class: 'card title' },
    h(
      'div',
      { class: 'top' },
      badge(record.object),
      h('div', { class: 'names' }, h('a', { href: addressOf(record.object) }, record.object), h('h1', {}, record.name)),
      h(
        'div',
        { class: 'acts' },
        record.object === 'Account' &&
          h(
            'button',
            { type: 'button', class: 'button', 'data-focus': 'merge', onclick: () => askMerge(record) },
            'Merge',
          ),
        h(
          'button',
          { type: 'button', class: 'button', 'data-focus': 'delete', onclick: () => askDelete(record) },
          'Delete',
        ),
      ),
    ),
    h(
      'dl',
      { class: 'facts' },
      ...facts
        .filter(([, value]) => value)
        .map(([label, value]) =>
          h('div', {}, h('dt', {}, /** @type {string} */ (label)), h('dd', {}, /** @type {any} */ (value))),
        ),
    ),
  );
}

/**
 * @param {any} record
 * @param {string} section
 * @param {string} title
 * @param {Set<string>} changed
 * @param {() => Promise<void>} again
 */
function drawSection(record, section, title, changed, again) {
  const fields = record.fields.filter((/** @type {any} */ field) => field.section === section);
  if (fields.length === 0) return null;
  const isEmpty = (/** @type {any} */ { value }) => value === null || value === '';
  const full = section === 'icp' ? fields : fields.filter((/** @type {any} */ field) => !isEmpty(field));
  const empty = section === 'icp' ? [] : fields.filter(isEmpty);
  const draw = (/** @type {any} */ field) => drawField(record, field, changed.has(field.name), again);
  const wasOpen = document.querySelector(`details[data-section="${section}"]`)?.hasAttribute('open');
  return h(
    'section',
    { class: 'card', 'aria-label': title },
    h('h2', {}, title),
    section === 'icp' && fieldOf(record, 'ICP_Score__c') === null && h('p', { class: 'hint' }, 'No score yet.'),
    h('dl', { class: 'fields' }, ...full.map(draw)),
    empty.length > 0 &&
      h(
        'details',
        { 'data-section': section, open: wasOpen },
        h('summary', {}, `${empty.length} empty ${empty.length === 1 ? 'field' : 'fields'}`),
        h('dl', { class: 'fields' }, ...empty.map(draw)),
      ),
  );
}

/**
 * @param {any} record
 * @param {any} field
 * @param {boolean} isFresh
 * @param {() => Promise<void>} again
 */
function drawField(record, field, isFresh, again) {
  const value = shown(field.value, field);
  const isLong = typeof value === 'string' && value.length > 60;
  const line = h(
    'div',
    { class: `field${isFresh ? ' fresh' : ''}${isLong ? ' long' : ''}`, 'data-field': field.name },
    h('dt', {}, field.label),
    h(
      'dd',
      {},
      h('span', { class: 'value' }, value),
      isFresh && h('span', { class: 'moment' }, 'changed a moment ago'),
      field.editable && pencil(field.label, () => edit(record, field, line, again)),
    ),
  );
  return line;
}

/** @param {any} related */
function drawRelated({ object, label, total, rows }) {
  return h(
    'section',
    { class: 'card', 'aria-label': label },
    h('h2', {}, badge(object), label, h('small', {}, ` (${counted(total)})`)),
    rows.length === 0
      ? h('p', { class: 'none' }, 'None')
      : h(
          'ul',
          { class: 'related' },
          ...rows.map((/** @type {any} */ row) =>
            h(
              'li',
              {},
              h('a', { href: addressOf(object, row.id) }, row.name),
              row.detail !== '' && h('small', {}, row.detail),
            ),
          ),
        ),
    total > rows.length && h('p', { class: 'none' }, `and ${counted(total - rows.length)} more`),
  );
}

/** @param {any} record */
function drawHistory({ history, tracked }) {
  const kept = tracked.length === 0 ? 'This org tracks no fields of this object.' : `Tracked: ${tracked.join(', ')}.`;
  const side = (/** @type {any} */ value) => (value === null ? 'empty' : shown(value, { type: 'string' }));
  return h(
    'section',
    { class: 'card history', 'aria-label': 'History' },
    h('h2', {}, 'History'),
    h('p', { class: 'none' }, history.length === 0 ? `No changes yet. ${kept}` : kept),
    h(
      'ol',
      {},
      ...history
        .slice(0, 50)
        .map((/** @type {any} */ change) =>
          h(
            'li',
            {},
            h('strong', {}, change.field),
            h('span', { class: 'change' }, side(change.from), ' \u2192 ', side(change.to)),
            h('small', {}, change.by, ', ', moment(change.at)),
          ),
        ),
    ),
  );
}
