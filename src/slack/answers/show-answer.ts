import type { Answer } from '../../questions/types.ts';
import { pictureOf } from '../charts/picture-of.ts';
import type { Desk } from '../desk.ts';
import { type Place, type Posted, post } from '../post.ts';
import { cardMessages } from '../views/card-messages.ts';
import type { ScoreCardOptions } from '../views/score-card.ts';
import { onceProcessed, uploadPicture } from './pictures.ts';

export interface Shown {
  posted: Posted | null;
  /** Resolves when the picture is on the card, or has been given up; it never rejects. */
  picture: Promise<void>;
}

/** The card of an answer that nobody asked the conversation for: the thread under it is told what it is about. */
export async function showAsked(
  desk: Desk,
  place: Place,
  answer: Answer,
  options: ScoreCardOptions = {},
): Promise<Shown> {
  const shown = await showAnswer(desk, place, answer, options);
  const { posted } = shown;
  if (posted) await desk.deps.conversation.note(`${posted.channel}:${place.threadTs ?? posted.ts}`, answer);
  return shown;
}

/** Posts the card of an answer, and hangs the picture on it when that is drawn: the words never wait for the picture. */
export async function showAnswer(
  desk: Desk,
  place: Place,
  answer: Answer,
  options: ScoreCardOptions = {},
): Promise<Shown> {
  let first: Posted | null = null;
  for (const message of cardMessages(answer, options)) {
    const posted = await post(desk.client, place, message);
    first ??= posted;
  }
  if (first) desk.threads.joined(first.channel, place.threadTs ?? first.ts);
  if (first === null || options.brief) return { posted: first, picture: Promise.resolve() };
  return { posted: first, picture: addPicture(desk, first, answer, options) };
}

async function addPicture(desk: Desk, at: Posted, answer: Answer, options: ScoreCardOptions) {
  const { client, deps } = desk;
  const wanted = pictureOf(answer.card);
  if (deps.drawPicture === null || wanted === null) return;
  const { altText, spec, filename } = wanted;
  try {
    const picture = await uploadPicture({ client, drawPicture: deps.drawPicture }, { altText, spec, filename });
    if (picture === null) return;
    const [message] = cardMessages(answer, { ...options, picture });
    if (message === undefined) return;
    const { text, blocks } = message;
    await onceProcessed(() => client.chat.update({ channel: at.channel, ts: at.ts, text, blocks }));
  } catch (error) {
    deps.log.warn({ err: error, channel: at.channel, ts: at.ts }, 'the card stays without its picture');
  }
}
