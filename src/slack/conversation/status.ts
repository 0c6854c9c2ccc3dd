import type { Desk } from '../desk.ts';
import type { Place } from '../post.ts';

/** Below this nobody wonders; above it silence reads as broken. */
const patienceMs = 800;

/** Says under the thread what is being done. It is a courtesy: a workspace that refuses it loses nothing else. */
export async function setStatus({ client, deps }: Desk, place: Place, status: string): Promise<void> {
  if (place.threadTs === null) return;
  try {
    await client.assistant.threads.setStatus({ channel_id: place.channel, thread_ts: place.threadTs, status });
  } catch (error) {
    deps.log.info({ err: error, channel: place.channel }, 'the status under a thread was refused');
  }
}

/** Runs the work of a command, and tells the asker that it is under way when it takes longer than a moment. */
export async function withPatience<T>({ deps }: Desk, place: Place, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => {
    const text = 'Looking it up, a moment.';
    place
      .respond?.({ text, blocks: [], response_type: 'ephemeral' })
      .catch((error: unknown) => deps.log.warn({ err: error }, 'the notice that work is under way was refused'));
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
