import { rescoreBook } from '../../compose/analyze-book.ts';
import { requireCrm } from '../../compose/open-crm.ts';
import type { Lodestar } from '../../compose/open-lodestar.ts';
import { syncBook } from '../../compose/sync-book.ts';
import { crmBook, crmMappingPrefix } from '../../engine/sync/crm-settings.ts';
import { proposeMapping } from '../../engine/sync/propose-mapping.ts';
import type { SyncSummary } from '../../engine/sync/summarise-sync.ts';
import { bookOf } from '../../questions/pin.ts';
import { activeModel } from '../../store/models.ts';
import type { Command, Output } from '../command.ts';
import { clockOf } from '../which-books.ts';

export const sync: Command = {
  name: 'sync',
  options: [
    { flags: '--propose', description: 'prints what the records of the org probably mean, and reads nothing' },
    { flags: '--full', description: 'reads every record anew, and takes for gone what is not there any more' },
  ],
  async run(lodestar, { out, options }) {
    const book = await crmBook(lodestar.store);
    if (options.propose === true) return propose(lodestar, book, out);
    const summary = await syncBook(lodestar, {
      ...{ book, full: options.full === true },
      onProgress: ({ object, records }) => out.progress(`reading ${object}`, records),
    });
    const scored = summary.importId === null ? 0 : await scoreNow(lodestar, book, out);
    out.answer({ ...summary, scored }, textOf(summary, scored));
  },
};

async function propose(lodestar: Lodestar, book: string, out: Output): Promise<void> {
  const { mapping, reasons } = await proposeMapping(await requireCrm(lodestar));
  out.answer(
    { book, mapping, reasons },
    [
      `What the records of the org probably mean; the first sync into ${book} takes it as it is.`,
      ...reasons.map(({ part, reason }) => `  ${part}: ${reason}`),
      'As a setting, to be changed where it is wrong:',
      `lodestar settings ${crmMappingPrefix}${book} '${JSON.stringify(mapping)}'`,
    ].join('\n'),
  );
}

/** Everything is scored as of now: what has just been read happened after the last scoring. */
async function scoreNow(lodestar: Lodestar, name: string, out: Output): Promise<number> {
  if ((await activeModel(lodestar.store, name)) === null) return 0;
  const book = await bookOf(lodestar.store, name);
  const onProgress = (what: string) => out.progress(`${name}: ${what}`);
  return (await rescoreBook(lodestar, { book, asOf: clockOf(book, lodestar.now), onProgress })).accounts;
}

function textOf(summary: SyncSummary, scored: number): string {
  const { book, org, importId, objects, departures, accountsTouched, outcomes, setAside } = summary;
  const number = (n: number) => n.toLocaleString('en');
  const from = `${org.name} (${org.setting})`;
  const read = objects.map(
    (one) =>
      `${number(one.read).padStart(10)}  ${one.object}${one.new === 0 ? '' : `, ${number(one.new)} new`}${one.setAside === 0 ? '' : `, ${number(one.setAside)} set aside`}`,
  );
  if (importId === null)
    return [`${from} says what it said before; nothing changed in the book ${book}.`, ...read].join('\n');
  const touched = accountsTouched === 'all' ? 'most accounts' : `${number(accountsTouched.length)} accounts`;
  const told = Object.entries(Object.groupBy(outcomes, ({ kind }) => kind)).map(
    ([kind, list]) => `${list.length} ${kind}`,
  );
  const first = setAside.map(({ file, line, reason }) => `  ${file}, record ${line}: ${reason}`);
  return [
    `Read ${from} into the book ${book}: ${touched} concerned${told.length === 0 ? '' : `, ${told.join(', ')}`}.`,
    ...read,
    ...(departures === 0 ? [] : [`${number(departures).padStart(10)}  gone from Salesforce`]),
    ...(first.length === 0 ? [] : ['The first that were set aside:', ...first]),
    scored > 0 ? `${number(scored)} accounts scored anew.` : `Next: lodestar analyze --book ${book}`,
  ].join('\n');
}
