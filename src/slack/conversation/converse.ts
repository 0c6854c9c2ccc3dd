import { fillIn } from '../../questions/format-figure.ts';
import { showAnswer } from '../answers/show-answer.ts';
import type { Desk } from '../desk.ts';
import { type Place, post } from '../post.ts';
import { turnMessages } from '../views/turn-message.ts';
import { setStatus } from './status.ts';

const longestTurnMs = 120_000;

/** One turn of the conversation in a thread: cards as they come, then the words. */
export async function converse(desk: Desk, place: Place, question: string): Promise<void> {
  const thinking = setStatus(desk, place, 'is looking it up');
  const asker = await desk.findPerson(place.user);
  const alreadySaid: string[] = [];
  const pictures: Promise<void>[] = [];
  const turn = await desk.deps.conversation.turn({
    question,
    asker,
    threadKey: `${place.channel}:${place.threadTs ?? place.user}`,
    signal: AbortSignal.any([desk.stopping, AbortSignal.timeout(longestTurnMs)]),
    onStatus: (status) => void setStatus(desk, place, status),
    onCard: async (answer) => {
      const { picture } = await showAnswer(desk, place, answer);
      pictures.push(picture);
      alreadySaid.push(fillIn(answer.text, answer.figures));
    },
  });
  for (const message of turnMessages(turn, alreadySaid)) {
    const posted = await post(desk.client, place, message);
    if (posted) desk.threads.joined(posted.channel, place.threadTs ?? posted.ts);
  }
  await thinking;
  await setStatus(desk, place, '');
  await Promise.all(pictures);
}
