import type { HomeView } from '@slack/types';
import type { Person } from '../../icp/types.ts';
import { context, section } from './blocks.ts';
import { helpBlocks } from './help.ts';
import { plain } from './text.ts';

/** The Home tab: who Lodestar takes the person for, and what can be asked. */
export function homeView(person: Person | null): HomeView {
  const known = person
    ? `You are ${plain(person.name, 80)} (${person.role}).`
    : 'Your Slack profile matches nobody yet, so there are no answers: ask RevOps to add your e-mail address.';
  return {
    type: 'home',
    blocks: [
      section(
        '*Lodestar*\nWhich accounts are worth your time, and why. Every score adds up, and every figure has a receipt.',
      ),
      context(known),
      ...helpBlocks(),
    ],
  };
}

/** What the Messages tab offers to somebody who has not typed anything yet; Slack shows four at most. */
export const suggestedPrompts = [
  { title: 'Which accounts are tier 1?', message: 'Which accounts are tier 1?' },
  { title: 'What matters most?', message: 'Which criteria matter most, and how sure are we?' },
  { title: 'What data is there?', message: 'What data stands behind the scores?' },
  { title: 'What can I ask?', message: 'help' },
];
