import type { Turn } from '../../agent/conversation.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { limits } from '../limits.ts';
import { actions, button, context, intoMessages, type Message, section } from './blocks.ts';
import { plain, prose } from './text.ts';

/** The question of a slash command, posted so that the channel sees what is being answered. */
export function askedMessage(question: string, asker: string): Message {
  const text = `${plain(asker, 80)} asks: ${plain(question, 1000)}`;
  return { text, blocks: [section(text), context('The answer is in the thread.')] };
}

/**
 * The words of a turn, with what may be asked next as buttons.
 *
 * @param alreadySaid what the cards of this turn have said in the same words, which is not repeated
 */
export function turnMessages(turn: Turn, alreadySaid: readonly string[]): Message[] {
  const said = alreadySaid.some((text) => text.trim() === turn.text.trim());
  const words = said ? '' : prose(turn.text);
  const blocks = inSections(words).map((text) => section(text));
  const choices = turn.choices
    .slice(0, limits.actionElements)
    .map(({ label: text, question }, index) => button(text, numbered(actionIds.ask, index), question));
  return intoMessages(plain(said ? '' : turn.text, 300) || 'Choose one', [
    ...blocks,
    ...(choices.length > 0 ? [actions(choices)] : []),
  ]);
}

/** At line ends where there are any, else in the middle of a long one. */
function inSections(words: string): string[] {
  const texts: string[] = [];
  for (let rest = words; rest !== ''; ) {
    const lineEnd = rest.lastIndexOf('\n', limits.sectionText);
    const space = rest.lastIndexOf(' ', limits.sectionText);
    const fallback = space > 0 ? space : limits.sectionText;
    const end = rest.length <= limits.sectionText ? rest.length : lineEnd > 0 ? lineEnd : fallback;
    texts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return texts;
}
