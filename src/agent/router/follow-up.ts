import type { AccountRef } from '../../questions/types.ts';
import type { ThreadState } from '../threads.ts';

const pronoun =
  /\b(?:it|its|it's|they|them|their|this (?:one|account|company)|that (?:one|account|company)|the same (?:one|account|company)|the account)\b/i;
const opening = /^(?:and|but|so|ok|okay|then|what about|how about|also)\b/i;
const ordinals: readonly RegExp[] = [
  /\b(?:first|1st|top) (?:one|account|company)\b|\bnumber (?:one|1)\b/i,
  /\b(?:second|2nd) (?:one|account|company)\b|\bnumber (?:two|2)\b/i,
  /\b(?:third|3rd) (?:one|account|company)\b|\bnumber (?:three|3)\b/i,
  /\b(?:fourth|4th) (?:one|account|company)\b/i,
  /\b(?:fifth|5th) (?:one|account|company)\b/i,
];

/** What a question takes over from the thread it stands in. */
export interface Resumed {
  /** The question with the account that it points at written as `ACCT`. */
  masked: string;
  account: AccountRef | null;
}

/**
 * Reads "it", "the second one" and "and why not tier 1?" by what was spoken of last. A question that names enough
 * accounts of its own takes nothing over.
 */
export function resume(masked: string, named: number, state: ThreadState): Resumed {
  const position = ordinals.findIndex((pattern) => pattern.test(masked));
  const listed = position >= 0 ? state.listed[position] : undefined;
  const ordinal = ordinals[position];
  if (listed && ordinal) return { masked: masked.replace(ordinal, 'ACCT'), account: listed };
  if (!state.account || named > 1) return { masked, account: null };
  if (pronoun.test(masked)) return { masked: masked.replace(pronoun, 'ACCT'), account: state.account };
  const lean =
    /^(?:(?:and|but|so|ok|okay) )?(?:why|how come|explain|history|score|tier|what happened|timeline|details?)\b[^?]{0,40}\??$/i;
  if (named === 0 && lean.test(masked))
    return { masked: `${masked.replace(/[?.!]+$/, '')} ACCT`, account: state.account };
  if (named === 1 && /^(?:and |so |ok )?(?:compare|versus|vs|against|how does (?:this|that) compare)\b/i.test(masked)) {
    return { masked: `ACCT ${masked}`, account: state.account };
  }
  return { masked, account: null };
}

/** "and Globex?", "what about Beta": nothing but a name, so the last question is asked of it again. */
export function asksTheSame(masked: string): boolean {
  const bare = masked
    .replace(opening, '')
    .replace(/^\s*(?:about|for|with|of)\b/i, '')
    .replace(/[^\p{L}]+/gu, ' ')
    .trim();
  return bare === 'ACCT' && (opening.test(masked) || /^ACCT\W*$/.test(masked));
}
