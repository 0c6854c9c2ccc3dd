import { AccountNotFoundError } from '../../errors.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAccount } from '../button-value.ts';
import { errorSentence } from '../error-sentence.ts';
import { actions, button, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

const mostSuggested = 5;

/** A failure as a sentence; where an account was not found, the nearest ones are a press away. */
export function errorMessage(error: unknown): Message {
  const sentence = errorSentence(error);
  const text = plain(sentence, 300);
  const candidates = error instanceof AccountNotFoundError ? error.candidates.slice(0, mostSuggested) : [];
  const buttons = candidates.map(({ book, id, name }, index) =>
    button(name || id, numbered(actionIds.account, index), writeAccount({ book, id, name: name || id, asOf: null })),
  );
  return { text, blocks: [section(plain(sentence, 2900)), actions(buttons)] };
}
