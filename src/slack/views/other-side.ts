import type { AccountNotFoundError } from '../../errors.ts';
import { actionIds, numbered } from '../action-ids.ts';
import type { AccountValue } from '../buttons/button-value.ts';
import { errorSentence } from '../error-sentence.ts';
import { actions, button, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

/** The other side of a comparison was not found: the nearest accounts, each a press away from being compared. */
export function otherSideMessage(error: AccountNotFoundError, account: AccountValue): Message {
  const sentence = plain(errorSentence(error), 2000);
  const buttons = error.candidates
    .slice(0, 5)
    .map(({ id, name }, index) =>
      button(name || id, numbered(actionIds.ask, index), `compare "${account.id}", "${id}"`),
    );
  return { text: plain(sentence, 300), blocks: [section(sentence), actions(buttons)] };
}
