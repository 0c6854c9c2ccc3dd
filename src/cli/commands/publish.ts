import { publicationNamed, publishBook, stopBook, undoBook } from '../../compose/crm/publish-book.ts';
import type { PublicationPlan } from '../../engine/publish/planned.ts';
import { publicationReport } from '../../engine/publish/publication-report.ts';
import { publishedBooks } from '../../engine/publish/published-books.ts';
import { UsageError } from '../../errors.ts';
import { orgInWords, orgWithId } from '../../icp/org-in-words.ts';
import {
  clearedWords,
  type PublicationReport,
  reportLines,
  standing,
} from '../../icp/publishing/publication-report.ts';
import type { Book } from '../../store/books.ts';
import { orgOf, publicationsOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';
import { booksMeant } from '../which-books.ts';

const mostListed = 30;
const dryRunFlag = { flags: '--dry-run', description: 'says what would be written, and writes nothing' };

export const publish: Command = {
  name: 'publish',
  options: [
    dryRunFlag,
    { flags: '--plan <hash>', description: 'only the plan of this hash, as a dry run showed it' },
    bookFlag,
  ],
  async run(lodestar, { out, options, operator }) {
    const by = `via command line by ${operator}`;
    const dryRun = options.dryRun === true;
    const answers: { plan: PublicationPlan | null; report: PublicationReport | null }[] = [];
    for (const book of await publishedOf(lodestar.store, bookOption(options).book)) {
      const planHash = typeof options.plan === 'string' ? { planHash: options.plan } : {};
      const { plan, publication } = await publishBook(
        lodestar,
        { book, by, dryRun, evenIfPaused: true, ...planHash },
        out.progress,
      );
      const report = publication === null ? null : await publicationReport(lodestar.store, publication.id);
      answers.push({ plan, report });
    }
    out.answer(
      answers,
      answers.flatMap(({ plan, report }) => (report === null ? planLines(plan) : reportLines(report))).join('\n'),
    );
  },
};

export const undo: Command = {
  name: 'undo',
  args: [{ syntax: '<run>', description: 'the id of the publication, or the beginning of it' }],
  options: [dryRunFlag],
  async run(lodestar, { out, args: [run = ''], options, operator }) {
    const by = `via command line by ${operator}`;
    const { plan, publication } = await undoBook(lodestar, { run, by, dryRun: options.dryRun === true }, out.progress);
    const report = publication === null ? null : await publicationReport(lodestar.store, publication.id);
    const left = plan.changedSince === 0 ? [] : [`${plan.changedSince} were changed since and stay as they are`];
    out.answer({ plan, report }, (report === null ? [...planLines(plan), ...left] : reportLines(report)).join('\n'));
  },
};

export const publications: Command = {
  name: 'publications',
  args: [
    { syntax: '[show]', description: 'the word show for one of them, or stop to send no more of it' },
    { syntax: '[run]', description: 'its id, or the beginning of it' },
  ],
  options: [bookFlag],
  async run(lodestar, { out, args: [word, run], options, operator }) {
    const { store } = lodestar;
    if (word === 'stop' && run !== undefined) {
      const { id } = await stopBook(lodestar, { run, by: `via command line by ${operator}` }, out.progress);
      const report = await publicationReport(store, id);
      return out.answer(report, reportLines(report).join('\n'));
    }
    if (word === 'show' && run !== undefined) {
      const report = await publicationReport(store, (await publicationNamed(lodestar, run)).id);
      return out.answer(report, reportLines(report).join('\n'));
    }
    if (word !== undefined)
      throw new UsageError(
        `publications takes nothing, show RUN or stop RUN, got ${word}; lodestar undo RUN undoes one`,
      );
    const found = [];
    for (const book of await booksMeant(store, bookOption(options).book))
      found.push(...(await publicationsOf(store, book.name, mostListed)));
    out.answer(
      found.map(({ told: _, ...publication }) => publication),
      found.length === 0
        ? 'Nothing was published yet.'
        : found
            .map(
              (one) =>
                `${one.id}  ${new Date(one.plannedAt).toISOString().slice(0, 16).replace('T', ' ')}  ${one.book}, ${one.kind === 'undo' ? `undoing ${one.undoes}` : `model ${one.modelVersion}`}, to ${orgInWords(orgOf(one))}: ${standing(one)}`,
            )
            .join('\n'),
    );
  },
};

/** The book that was named, else those whose scores the CRM gets. */
async function publishedOf(store: Store, named: string | undefined): Promise<Book[]> {
  const books = await booksMeant(store, named);
  if (named !== undefined) return books;
  const published = await publishedBooks(store);
  const found = books.filter(({ name }) => published.includes(name));
  // Where no book is meant for the CRM, the refusal says of each why.
  return found.length > 0 ? found : books;
}

function planLines(plan: PublicationPlan | null): string[] {
  if (plan === null) return [];
  const { org, objects, moves, up, down, estimate, fields } = plan;
  const mover = (one: PublicationPlan['up'][number]) => `${one.name}: ${one.from.toFixed(1)} to ${one.to.toFixed(1)}`;
  return [
    `${plan.kind === 'undo' ? 'Would undo' : 'Would publish'} ${plan.book} by model ${plan.modelVersion} to ${orgWithId(org)}`,
    ...objects.map(
      ({ object, rows, same, converted, withoutScore, cleared }) =>
        `${object}: ${rows} to write${clearedWords({ cleared })}, ${same} as they are to be already, ${converted} converted, ${withoutScore} without a score`,
    ),
    ...(plan.notInOrg === 0 ? [] : [`${plan.notInOrg} scored accounts are not in the org`]),
    ...moves.map(({ from, to, records }) => `tier ${from ?? 'none'} to ${to ?? 'none'}: ${records}`),
    ...up.map((one) => `up: ${mover(one)}`),
    ...down.map((one) => `down: ${mover(one)}`),
    `about ${estimate.calls} calls and ${estimate.jobs} jobs; fields ${fields.join(', ')}`,
    `plan ${plan.planHash}`,
  ];
}
