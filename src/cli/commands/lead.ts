import { settleAnswers } from '../../compose/desks/leads-desk.ts';
import { answerLead, requireLead, undoAnswer } from '../../engine/leads/answer-lead.ts';
import { describeLeads } from '../../engine/leads/describe-leads.ts';
import { showAnswer } from '../../engine/leads/show-answer.ts';
import { UsageError } from '../../errors.ts';
import { bookOf } from '../../questions/pin.ts';
import { actingFor, asFlag } from '../acting.ts';
import type { Command } from '../command.ts';
import { bookFlag, bookOption } from '../reading.ts';
import { leadInWords, leadJson } from './leads.ts';

export const lead: Command = {
  name: 'lead',
  args: [{ syntax: '<id>', description: 'the id of the lead in the source that it came from' }],
  options: [
    { flags: '--accept', description: 'take it on' },
    { flags: '--reject', description: 'turn it down; needs --reason' },
    { flags: '--undo', description: 'take the answer back, within five minutes' },
    { flags: '--reason <text>', description: 'what is the matter with it' },
    asFlag,
    bookFlag,
  ],
  async run(lodestar, asked) {
    const { out, args, options } = asked;
    const [leadId = ''] = args;
    const { store } = lodestar;
    const book = await bookOf(store, bookOption(options).book);
    const wanted = (['accept', 'reject', 'undo'] as const).filter((what) => options[what] === true);
    const [what] = wanted;
    if (wanted.length > 1)
      throw new UsageError(`a lead takes one of --accept, --reject and --undo, got ${wanted.length}`);
    await requireLead(store, book.name, leadId);
    let changed = false;
    if (what !== undefined) {
      const of = { book: book.name, leadId, actor: await actingFor(store, asked) };
      const reason = typeof options.reason === 'string' ? options.reason : null;
      ({ changed } =
        what === 'undo'
          ? await undoAnswer(lodestar, of)
          : await answerLead(lodestar, { ...of, answer: what === 'accept' ? 'accepted' : 'rejected', reason }));
      if (changed && lodestar.tellers !== null)
        await showAnswer({ ...lodestar, notifier: lodestar.tellers }, book, leadId);
      if (changed) await settleAnswers(lodestar, book.name, [leadId]);
    }
    const [card] = await describeLeads(lodestar, book, [leadId]);
    if (card === undefined) return;
    const unchanged = what !== undefined && !changed ? 'Nothing changed: it stood like this before.\n' : '';
    out.answer({ ...leadJson(card), ...(what === undefined ? {} : { changed }) }, `${unchanged}${leadInWords(card)}`);
  },
};
