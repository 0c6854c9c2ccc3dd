import { AccountNotFoundError } from '../../errors.ts';
import { actionIds, numbered } from '../action-ids.ts';
import { writeAccount } from '../buttons/button-value.ts';
import { errorSentence } from '../error-sentence.ts';
import { actions, button, type Message, section } from './blocks.ts';
import { label, plain } from './text.ts';

type Candidate = AccountNotFoundError['candidates'][number];

const mostSuggested = 5;

/** A failure as a sentence; where an account was not found, the nearest ones are a press away. */
export function errorMessage(error: unknown): Message {
  const sentence = errorSentence(error);
  const text = plain(sentence, 300);
  const candidates = error instanceof AccountNotFoundError ? error.candidates.slice(0, mostSuggested) : [];
  const buttons = candidates.map((candidate, index) =>
    button(
      distinct(candidate, candidates),
      numbered(actionIds.account, index),
      writeAccount({ ...candidate, asOf: null }),
    ),
  );
  return { text, blocks: [section(plain(sentence, 2900)), actions(buttons)] };
}

/** Two accounts of one name, which is how most duplicates in a CRM look, are told apart by their ids. */
function distinct({ id, name }: Candidate, all: readonly Candidate[]): string {
  const sameName = all.filter((other) => other.name.toLowerCase() === name.toLowerCase());
  if (name.trim() === '') return id;
  return sameName.length > 1 ? `${label(name, 40)} (${id})` : name;
}
