import type { HomeView, KnownBlock } from '@slack/types';
import type { Person, Role } from '../../icp/types.ts';
import { context, header, section } from './blocks.ts';
import { helpBlocks } from './help.ts';
import { plain } from './text.ts';

const roleWords: Readonly<Record<Role, string>> = {
  rep: 'sales rep',
  leader: 'sales leader',
  revops: 'RevOps',
  cs: 'customer success',
  admin: 'administrator',
};

/** The Home tab: who Lodestar takes the person for, what waits for the person, and what can be asked. */
export function homeView(
  person: Person | null,
  waiting: readonly KnownBlock[] = [],
  settings: readonly KnownBlock[] = [],
): HomeView {
  const known = person
    ? `You are ${plain(person.name, 80)}, ${roleWords[person.role]}.`
    : 'Your Slack profile matches nobody yet, so there are no answers: ask RevOps to add your e-mail address.';
  return {
    type: 'home',
    blocks: [
      header('Lodestar'),
      section('Which accounts are worth your time, and why. Every score adds up, and every figure has a receipt.'),
      context(known),
      ...waiting,
      ...helpBlocks(),
      ...settings,
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
