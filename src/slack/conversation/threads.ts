import type { WebClient } from '@slack/web-api';

/** Which threads the app has spoken in, so that a follow-up there needs no mention. */
export interface ThreadMemory {
  joined(channel: string, threadTs: string): void;
  hasSpoken(channel: string, threadTs: string): Promise<boolean>;
}

const mostRemembered = 5000;
const repliesRead = 100;

/**
 * Remembers threads, and reads one that it does not remember: a restart or another process must not lose a follow-up.
 *
 * Only yes is remembered beyond a minute; no may turn into yes in another process. Reading replies is rate limited by
 * Slack (about 50 a minute), so a busy thread is read once a minute at most.
 */
export function createThreadMemory(client: WebClient, now: () => number): ThreadMemory {
  const spoken = new Set<string>();
  const silentUntil = new Map<string, number>();

  const remember = (key: string) => {
    if (spoken.size >= mostRemembered) spoken.delete(spoken.values().next().value ?? '');
    spoken.add(key);
  };

  return {
    joined(channel, threadTs) {
      remember(`${channel}:${threadTs}`);
    },
    async hasSpoken(channel, threadTs) {
      const key = `${channel}:${threadTs}`;
      if (spoken.has(key)) return true;
      if ((silentUntil.get(key) ?? 0) > now()) return false;
      const [us, thread] = await Promise.all([
        client.auth.test(),
        client.conversations.replies({ channel, ts: threadTs, limit: repliesRead }),
      ]);
      const found = thread.messages?.some(({ user }) => user !== undefined && user === us.user_id) ?? false;
      if (found) remember(key);
      else {
        if (silentUntil.size >= mostRemembered) silentUntil.clear();
        silentUntil.set(key, now() + 60_000);
      }
      return found;
    },
  };
}
