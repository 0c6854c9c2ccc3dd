import { requireCrm } from '../../compose/crm/open-crm.ts';
import { type CrmBookRead, readCrmBook } from '../../compose/crm/read-crm-book.ts';
import type { Lodestar } from '../../compose/open-lodestar.ts';
import { syncCountsInWords } from '../../compose/sync-counts.ts';
import { crmBook, crmMappingPrefix } from '../../engine/sync/crm-settings.ts';
import { ownOverridesInWords } from '../../engine/sync/own-overrides.ts';
import { proposeMapping } from '../../engine/sync/propose-mapping.ts';
import { currencyInWords } from '../../engine/sync/read-currencies.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import type { Command, Output } from '../command.ts';

export const sync: Command = {
  name: 'sync',
  options: [
    { flags: '--propose', description: 'prints what the records of the org probably mean, and reads nothing' },
    { flags: '--full', description: 'reads every record anew, and takes for gone what is not there any more' },
  ],
  async run(lodestar, { out, options }) {
    const book = await crmBook(lodestar.store);
    if (options.propose === true) return propose(lodestar, book, out);
    const read = await readCrmBook(lodestar, {
      ...{ book, full: options.full === true, notifier: lodestar.tellers },
      onProgress: ({ object, records }) => out.progress(`reading ${object}`, records),
      onScoring: (what) => out.progress(`${book}: ${what}`),
    });
    out.answer(read, textOf(read));
  },
};

async function propose(lodestar: Lodestar, book: string, out: Output): Promise<void> {
  const crm = await requireCrm(lodestar);
  const { mapping, reasons } = await proposeMapping(crm);
  const org = await crm.org();
  out.answer(
    { book, org, mapping, reasons },
    [
      `What the records of ${orgInWords(org)} probably mean; the first sync into ${book} takes it as it is.`,
      ...reasons.map(({ part, reason }) => `  ${part}: ${reason}`),
      'As a setting, to be changed where it is wrong:',
      `lodestar settings ${crmMappingPrefix}${book} '${JSON.stringify(mapping)}'`,
    ].join('\n'),
  );
}

function textOf(read: CrmBookRead): string {
  const { book, org, importId, objects, departures, accountsTouched, outcomes, setAside, scored, whyChanged } = read;
  const { ownOverrides, counts } = read;
  const number = (n: number) => n.toLocaleString('en');
  const from = orgInWords(org);
  const own = ownOverrides === null ? null : ownOverridesInWords(ownOverrides);
  const lines = objects.map(
    (one) =>
      `${number(one.read).padStart(10)}  ${one.object}${one.new === 0 ? '' : `, ${number(one.new)} new`}${one.setAside === 0 ? '' : `, ${number(one.setAside)} set aside`}`,
  );
  const hidden = [...currencyLines(read), ...unseenLines(read)];
  if (importId === null)
    return [`${from} says what it said before; nothing changed in the book ${book}.`, ...lines, ...hidden].join('\n');
  const touched = accountsTouched === 'all' ? 'most accounts' : `${number(accountsTouched.length)} accounts`;
  const told = Object.entries(Object.groupBy(outcomes, ({ kind }) => kind)).map(
    ([kind, list]) => `${list.length} ${kind}`,
  );
  const first = setAside.map(({ file, line, reason }) => `  ${file}, record ${line}: ${reason}`);
  return [
    `Read ${from} into the book ${book}: ${touched} concerned${told.length === 0 ? '' : `, ${told.join(', ')}`}.`,
    ...lines,
    `Step by step: ${syncCountsInWords(counts)}.`,
    ...(departures === 0 ? [] : [`${number(departures).padStart(10)}  gone from Salesforce`]),
    ...hidden,
    ...(own === null ? [] : [`${own}.`]),
    ...(first.length === 0 ? [] : ['The first that were set aside:', ...first]),
    ...(whyChanged.length === 0 ? [] : ['Scores that moved with what became of their accounts:']),
    ...whyChanged.map((line) => `  ${line}`),
    scored > 0 ? `${number(scored)} accounts scored anew.` : `Next: lodestar analyze --book ${book}`,
  ].join('\n');
}

function currencyLines({ currency }: CrmBookRead): string[] {
  if (currency === null) return [];
  const words = currencyInWords(currency);
  return [`${words.charAt(0).toUpperCase()}${words.slice(1)}.`];
}

function unseenLines({ unseen }: CrmBookRead): string[] {
  if (unseen.length === 0) return [];
  const lines = unseen.map(({ object, field, lost }) => `  ${field === null ? object : `${object}.${field}`}: ${lost}`);
  return ['Not shown to this user, unless its permission set gives read access:', ...lines];
}
