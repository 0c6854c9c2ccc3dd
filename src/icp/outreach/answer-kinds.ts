import { slugText } from '../features/clean-text.ts';
import { remember } from '../features/remember.ts';
import type { Signal } from '../history.ts';

/** What a row of signals says of our own outreach: that we wrote, what came back, and where it led. */
export type AnswerKind = 'outreach' | 'reply' | 'problem' | 'positive' | 'declined' | 'meeting' | 'next step';

const kinds: readonly (readonly [AnswerKind, readonly string[]])[] = [
  ['outreach', ['outreach', 'outbound', 'email_sent', 'outreach_email', 'sequence_started', 'cold_email', 'cold_call']],
  ['reply', ['reply', 'replied', 'email_reply', 'outreach_reply', 'linkedin_reply']],
  ['problem', ['reply_problem', 'problem_reply', 'reply_describes_problem']],
  ['positive', ['reply_positive', 'positive_reply', 'reply_interested']],
  ['declined', ['reply_declined', 'declined_reply', 'reply_negative', 'negative_reply', 'reply_not_interested']],
  ['meeting', ['meeting', 'meeting_held', 'first_meeting', 'discovery_call', 'intro_call']],
  ['next step', ['next_step', 'next_step_agreed', 'next_meeting', 'follow_up_meeting']],
];
const byKind = new Map(kinds.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));

/** What the text of a plain reply may say of it. */
const labels: readonly (readonly [AnswerKind, readonly string[]])[] = [
  ['problem', ['problem', 'describes_problem', 'described_problem', 'problem_described']],
  ['positive', ['positive', 'interested']],
  ['declined', ['declined', 'negative', 'not_interested', 'polite_decline']],
];
const byLabel = new Map(labels.flatMap(([kind, names]) => names.map((name) => [name, kind] as const)));

const kindOfName = remember((name) => byKind.get(slugText(name)) ?? null);

/**
 * Whether a kind of signal is what came of our own outreach. Such signals are outcomes: nothing is foretold from them.
 *
 * @example isAnswerKind('Meeting held'); // => true
 * @example isAnswerKind('event_attendance'); // => false
 */
export function isAnswerKind(kind: string): boolean {
  return kindOfName(kind) !== null;
}

/**
 * What a signal says of our outreach, `null` for every other signal. A plain reply is labelled by its text, where that is one
 * of the known labels and nothing else: what a prospect wrote is never guessed at.
 *
 * @example answerKindOf({ kind: 'reply', text: 'Not interested' }); // => 'declined'
 * @example answerKindOf({ kind: 'reply', text: 'We lose two days a week to it' }); // => 'reply'
 */
export function answerKindOf({ kind, text }: Pick<Signal, 'kind' | 'text'>): AnswerKind | null {
  const found = kindOfName(kind);
  if (found !== 'reply' || text === null || text.length > 30) return found;
  return byLabel.get(slugText(text)) ?? found;
}
