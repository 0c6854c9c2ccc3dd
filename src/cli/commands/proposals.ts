import { rescoreBook } from '../../compose/analyze-book.ts';
import { activateDue } from '../../engine/proposals/activate-due.ts';
import { decideLines } from '../../engine/proposals/decide-lines.ts';
import { editLine } from '../../engine/proposals/edit-line.ts';
import { requireProposal } from '../../engine/proposals/require-proposal.ts';
import { rollBack } from '../../engine/proposals/roll-back.ts';
import { UsageError } from '../../errors.ts';
import { bookOf } from '../../questions/pin.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { readEdit } from '../read-edit.ts';
import { bookFlag, bookOption, instantOption } from '../reading.ts';
import { clockOf } from '../which-books.ts';
import { printAnswer } from './reports.ts';

const number = { syntax: '<n>', description: 'the number of the proposal' };

export const proposals: Command = {
  name: 'proposals',
  args: [
    { syntax: '[show]', description: 'the word show, for one of them' },
    { syntax: '[n]', description: 'its number' },
  ],
  options: [bookFlag],
  async run({ questions }, asked) {
    const [word, n] = asked.args;
    if (word !== undefined && word !== 'show')
      throw new UsageError(`proposals takes nothing, or show N, got ${word}; lodestar decide N decides on one`);
    const about = word === 'show' ? { about: String(proposalNumber(n)) } : {};
    printAnswer(asked, await questions.report('changes', { ...bookOption(asked.options), ...about }));
  },
};

export const simulate: Command = {
  name: 'simulate',
  args: [number],
  options: [
    {
      flags: '--change <numbers>',
      description: 'only these lines, such as 1,3; those approved or open when not given',
    },
    { flags: '--edit <json>', description: 'with this edit of the one line that was named' },
    bookFlag,
  ],
  async run({ questions }, asked) {
    const { options, args } = asked;
    const lines = lineNumbers(options.change);
    const edit = options.edit === undefined ? null : readEdit(options.edit);
    if (edit !== null && lines?.length !== 1)
      throw new UsageError('--edit goes with one line: name it with --change K');
    const answer = await questions.report('simulate', {
      ...bookOption(options),
      about: String(proposalNumber(args[0])),
      ...(lines === null ? {} : { lines }),
      ...(edit === null ? {} : { edit }),
    });
    printAnswer(asked, answer);
  },
};

export const decide: Command = {
  name: 'decide',
  args: [number],
  options: [
    { flags: '--change <numbers>', description: 'these lines, such as 1,3' },
    { flags: '--all', description: 'every line that is open' },
    { flags: '--approve', description: 'approves' },
    { flags: '--reject', description: 'rejects; needs a reason' },
    { flags: '--edit <json>', description: 'edits one line, before it is approved' },
    { flags: '--reason <text>', description: 'for those who read it later' },
    { flags: '--effective <date>', description: 'the day on which it takes effect, or now' },
    asFlag,
  ],
  async run(lodestar, { out, args, options, operator }) {
    const { store, now } = lodestar;
    const proposalId = proposalNumber(args[0]);
    const lines = options.all === true ? 'all' : lineNumbers(options.change);
    const actor = await actingFor(store, { options, operator });
    if (lines === null) throw new UsageError('say which lines: --change 1,3 or --all');
    if (options.edit !== undefined) {
      const [line] = lines === 'all' ? [] : lines;
      if (line === undefined || lines.length !== 1) throw new UsageError('--edit goes with one line: --change K');
      const { dryRun } = await editLine(
        { ...lodestar, onProgress: out.progress },
        { proposalId, line, edit: readEdit(options.edit), actor },
      );
      if (options.approve !== true && options.reject !== true) {
        out.answer({ proposal: proposalId, edited: line, dryRun }, `Line ${line} of proposal ${proposalId} is edited.`);
        return;
      }
    }
    if ((options.approve === true) === (options.reject === true))
      throw new UsageError('say either --approve or --reject');
    const { proposal, decided, already } = await decideLines(
      { store, now },
      {
        ...{ proposalId, lines, actor, verdict: options.approve === true ? 'approved' : 'rejected' },
        reason: typeof options.reason === 'string' ? options.reason : null,
        effectiveAt: options.effective === 'now' ? now() : instantOption(options.effective, '--effective'),
      },
    );
    const { activated } = await activateDue({ store, now }, proposal.book);
    for (const { book } of activated) await rescoreInBook(lodestar, book, out.progress);
    const { standing, scheduled } = await requireProposal(store, proposalId);
    out.answer(
      {
        ...{ proposal: proposalId, standing, decided },
        already: already.map(({ number: line, standing: as, decided: by }) => ({ line, standing: as, by })),
        version: scheduled?.version ?? null,
        effectiveAt: scheduled === null ? null : new Date(scheduled.effectiveAt).toISOString(),
      },
      [
        ...(decided.length === 0
          ? []
          : [`${options.approve === true ? 'Approved' : 'Rejected'}: ${decided.join(', ')}.`]),
        ...already.map(
          ({ number: line, standing: as, decided: by }) =>
            `Line ${line} was ${as} before, by ${by?.byName ?? 'nobody'}.`,
        ),
        scheduled === null
          ? `Proposal ${proposalId} is ${standing}.`
          : standing === 'active'
            ? `Version ${scheduled.version} is in force.`
            : `Version ${scheduled.version} takes effect on ${new Date(scheduled.effectiveAt).toISOString().slice(0, 16)} UTC.`,
      ].join('\n'),
    );
  },
};

export const rollback: Command = {
  name: 'rollback',
  args: [{ syntax: '<version>', description: 'one that was in force before' }],
  options: [{ flags: '--reason <text>', description: 'for those who read it later' }, asFlag, bookFlag],
  async run(lodestar, { out, args, options, operator }) {
    const { store, now } = lodestar;
    const book = await bookOf(store, bookOption(options).book);
    const { before, after } = await rollBack(
      { store, now },
      {
        book: book.name,
        version: wholeNumber(args[0], 'rollback needs the number of a version'),
        reason: typeof options.reason === 'string' ? options.reason : '',
        actor: await actingFor(store, { options, operator }),
      },
    );
    await rescoreInBook(lodestar, book.name, out.progress);
    out.answer(
      { book: book.name, from: before.version, to: after.version },
      `${book.name}: version ${after.version} is ${before.version === after.version ? 'approved again' : `in force again instead of ${before.version}`}, and every account is rescored.`,
    );
  },
};

export const routing: Command = {
  name: 'routing',
  args: [{ syntax: '[version]', description: 'the one in force when absent' }],
  options: [bookFlag],
  async run({ questions }, asked) {
    const { args, options } = asked;
    const about = args[0] === undefined ? {} : { about: args[0] };
    printAnswer(asked, await questions.report('routing', { ...bookOption(options), ...about }));
  },
};

async function rescoreInBook(
  lodestar: Parameters<Command['run']>[0],
  name: string,
  onProgress: (what: string) => void,
): Promise<void> {
  const book = await bookOf(lodestar.store, name);
  await rescoreBook(lodestar, { book, asOf: clockOf(book, lodestar.now), onProgress });
}

function proposalNumber(typed: string | undefined): number {
  return wholeNumber(typed, 'a proposal is named by its number');
}

function wholeNumber(typed: string | undefined, needed: string): number {
  if (typed === undefined || !/^\d+$/.test(typed)) throw new UsageError(`${needed}, got ${typed ?? 'nothing'}`);
  return Number(typed);
}

function lineNumbers(typed: unknown): number[] | null {
  if (typed === undefined) return null;
  return String(typed)
    .split(',')
    .map((each) => wholeNumber(each.trim(), '--change needs numbers of lines, such as 1,3'));
}
