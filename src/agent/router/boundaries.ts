import { asksForChange, isNotOurs } from './commands.ts';
import { laterTopic } from './later.ts';

/** What a conversation does not do, and what it cannot answer yet. Both are said, neither is guessed at. */
export interface Boundary {
  reason: 'decision' | 'not yet' | 'not ours';
  /** In words, after "I": `cannot approve or change anything from a message`. */
  text: string;
}

/** The boundary that a question meets, if any. Account names stand in it as `ACCT`. */
export function boundaryOf(question: string): Boundary | null {
  const text = question.toLowerCase().replace(/\bacct\b/g, 'ACCT');
  if (asksForChange(text)) {
    return {
      reason: 'decision',
      text: 'I do not change, approve or delete anything from a message. A person who may decide does that with a button.',
    };
  }
  if (isNotOurs(text)) {
    return {
      reason: 'not ours',
      text: 'That is not something I do. I answer questions about accounts, their scores and what the scores rest on.',
    };
  }
  const topic = laterTopic(text);
  if (topic === null) return null;
  return { reason: 'not yet', text: `Questions about ${topic} are not answered yet, so I would rather not guess.` };
}
