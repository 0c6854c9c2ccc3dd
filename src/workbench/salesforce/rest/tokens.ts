import { randomBytes } from 'node:crypto';

/** The access tokens that are out. */
export interface Tokens {
  issue(): string;
  /** Whether a token is good now. */
  isGood(token: string): boolean;
  revoke(token: string): void;
  expireAll(): void;
}

/**
 * Tokens that end after their time. They are kept in memory: a restart ends every session.
 *
 * @see https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm
 */
export function createTokens(orgId: string, lifeMs: number, clock: () => number): Tokens {
  const ends = new Map<string, number>();
  return {
    issue() {
      const token = `${orgId.slice(0, 15)}!${randomBytes(48).toString('base64url')}`;
      ends.set(token, clock() + lifeMs);
      return token;
    },
    isGood: (token) => (ends.get(token) ?? 0) > clock(),
    revoke: (token) => void ends.delete(token),
    expireAll: () => ends.clear(),
  };
}
