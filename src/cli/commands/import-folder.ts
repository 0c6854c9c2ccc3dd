import { writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { importSource } from '../../compose/import-source.ts';
import { openFolder, rememberFolder } from '../../compose/sources.ts';
import { isBundle } from '../../connectors/csv/open-bundle.ts';
import { proposeMapping } from '../../connectors/csv/propose-mapping.ts';
import type { Command } from '../command.ts';

export const importFolder: Command = {
  name: 'import',
  args: [{ syntax: '<dir>', description: 'a folder of CSV files' }],
  options: [
    { flags: '--mapping <file>', description: 'which columns of a foreign folder feed what' },
    { flags: '--book <name>', description: 'the book of business that a bundle belongs to; main when not named' },
  ],
  async run(lodestar, { out, args: [dir = ''], options, cwd, operator }) {
    const { store, now } = lodestar;
    const folder = resolve(cwd, dir);
    if (options.mapping === undefined && !(await isBundle(folder))) {
      const proposal = await proposeMapping(folder, now());
      const file = resolve(cwd, `${basename(folder)}.mapping.yaml`);
      await writeFile(file, proposal.yaml);
      out.answer(
        { proposed: file, questions: proposal.questions },
        [
          `${folder} is not a bundle that Lodestar knows, so nothing was imported. A mapping for it is proposed in`,
          `  ${file}`,
          ...(proposal.questions.length === 0
            ? []
            : ['Look at these first:', ...proposal.questions.map((question) => `  - ${question}`)]),
          `Then: lodestar import ${dir} --mapping ${file}`,
        ].join('\n'),
      );
      return;
    }
    const known = { folder, mapping: typeof options.mapping === 'string' ? resolve(cwd, options.mapping) : null };
    const source = await openFolder(known, typeof options.book === 'string' ? options.book : 'main', now());
    const summary = await importSource(lodestar, source, (what, rows, estimatedRows) =>
      out.progress(what, rows, estimatedRows ?? undefined),
    );
    await rememberFolder(store, { ...known, book: summary.book, by: `via command line by ${operator}`, at: now() });
    const files = summary.files.map(
      ({ name, rows, setAside }) =>
        `${rows.toLocaleString('en').padStart(10)}  ${name}${setAside === 0 ? '' : `, ${setAside.toLocaleString('en')} set aside`}`,
    );
    const first = summary.setAside.map(({ file, line, reason }) => `  ${file}, line ${line}: ${reason}`);
    out.answer(
      summary,
      [
        summary.unchanged
          ? `${folder} says what it said before; nothing changed in the book ${summary.book}.`
          : `Imported into the book ${summary.book}:`,
        ...files,
        ...(first.length === 0 ? [] : ['The first that were set aside:', ...first]),
        ...(summary.unchanged ? [] : [`Next: lodestar analyze --book ${summary.book}`]),
      ].join('\n'),
    );
  },
};
