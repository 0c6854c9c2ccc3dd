import { assertNever } from '../../errors.ts';
import type { Answer, Questions } from '../../questions/types.ts';
import { showAsked } from '../answers/show-answer.ts';
import { converse } from '../conversation/converse.ts';
import { withPatience } from '../conversation/status.ts';
import type { Desk } from '../desk.ts';
import { openCaution } from '../judgements/caution-kind.ts';
import { openOverride } from '../judgements/override-tier.ts';
import { openEvent } from '../judgements/record-event.ts';
import { showLeads } from '../leads/show-leads.ts';
import { type Place, post, whisper } from '../post.ts';
import { showProposals, showSimulation } from '../proposals/show-proposal.ts';
import { helpMessage, usageMessage } from '../views/help.ts';
import { askedMessage } from '../views/turn-message.ts';
import type { Command } from './parse-command.ts';

type QuestionCommand = Exclude<
  Command,
  { kind: 'help' | 'usage' | 'ask' | 'leads' | 'override' | 'event' | 'caution' | 'changes' | 'simulate' }
>;

/** Does what a command asks for: help for the asker alone, a card for the channel, anything else to the conversation. */
export async function answerCommand(desk: Desk, place: Place, command: Command): Promise<void> {
  if (command.kind === 'help') return whisper(desk.client, place, helpMessage());
  if (command.kind === 'usage') return whisper(desk.client, place, usageMessage(command.problem));
  if (command.kind === 'leads') return showLeads(desk, place);
  if (command.kind === 'override') return openOverride(desk, place, command.account);
  if (command.kind === 'event') return openEvent(desk, place, command.account);
  if (command.kind === 'caution') return openCaution(desk, place, command.where);
  if (command.kind === 'changes') return showProposals(desk, place, null);
  if (command.kind === 'simulate') return showSimulation(desk, place, command);
  const person = await desk.findPerson(place.user);
  if (command.kind === 'ask') {
    const thread = place.threadTs === null ? await startThread(desk, place, command.question, person.name) : place;
    return converse(desk, thread, command.question);
  }
  const answer = await withPatience(desk, place, askQuestion(desk.deps.questions, command));
  const askedBy = place.threadTs === null ? person.name : null;
  const shown = await showAsked(desk, place, answer, { askedBy, brief: command.kind === 'score' });
  await shown.picture;
}

/** A question typed after the command is seen by nobody, so it is posted, and answered in its thread. */
async function startThread(desk: Desk, place: Place, question: string, asker: string): Promise<Place> {
  const posted = await post(desk.client, place, askedMessage(question, asker));
  return posted ? { ...place, channel: posted.channel, threadTs: posted.ts } : place;
}

function askQuestion(questions: Questions, command: QuestionCommand): Promise<Answer> {
  switch (command.kind) {
    case 'why':
    case 'score':
      return questions.explain(command.account);
    case 'history':
      return questions.history(command.account);
    case 'compare':
      return questions.compare(command.left, command.right);
    case 'list':
      return questions.list(command.filter);
    case 'criteria':
      return questions.criteria();
    case 'coverage':
      return questions.coverage();
    case 'report':
      return questions.report(command.topic, command.about === null ? {} : { about: command.about });
    default:
      return assertNever(command);
  }
}
