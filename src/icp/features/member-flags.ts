import type { AccountHistory, Observation } from '../history.ts';
import { ageInDays } from '../staleness.ts';
import type { FeatureValue, FieldValue, Instant } from '../types.ts';
import { flagOf, holderOf } from './attribute-values.ts';
import { foldText, slugText } from './clean-text.ts';
import { listMembers } from './field-profile.ts';
import { remember } from './remember.ts';
import type { StandingValues } from './standing-values.ts';

/** A job post says what a company works with for about a year. */
const jobPostDays = 365;

/** What is said about one member of a list, by whom and when. */
interface Saying {
  value: FeatureValue;
  /** As the source wrote it. */
  raw: FieldValue;
  observedAt: Instant | null;
  source: string | null;
}

const nothing: Saying = { value: null, raw: null, observedAt: null, source: null };

/** Reads flags for the members of one list field: a tool is present, absent, or nobody knows. */
export interface MemberFlags {
  /** Looks at an account anew. */
  look(history: AccountHistory, asOf: Instant): void;
  read(member: string, column: string | null): Saying;
}

/**
 * Flags for the members of a list field such as technologies.
 *
 * Absent only where the list is known and lacks the member, or a field of its own says so. A job post that names a tool
 * shows that it is in use. Where they differ, the latest says; what has no date is the oldest.
 */
export function createMemberFlags(field: string, standing: StandingValues): MemberFlags {
  const membersOf = remember((text): ReadonlySet<string> => new Set((listMembers(text, true) ?? []).map(foldText)));
  const isJobPost = remember((kind) => /^job[ _-]?post/i.test(kind));
  const foldOf = remember(foldText);
  // Whole words are looked up between single spaces.
  const wordsOfText = remember((text) => ` ${slugText(text).replaceAll('_', ' ')} `);
  let holder: Observation | null = null;
  let members: ReadonlySet<string> | null = null;
  let posts: readonly { words: string; observedAt: Instant; text: string }[] = [];

  const foldMembers = (value: FieldValue): ReadonlySet<string> => {
    if (Array.isArray(value)) return new Set(value.map((item) => foldOf(String(item))).filter((name) => name !== ''));
    return membersOf(typeof value === 'string' ? value : '');
  };

  return {
    look(history, asOf) {
      holder = holderOf(standing, field);
      members = holder === null ? null : foldMembers(holder.values[field] ?? null);
      posts = field === 'technologies' ? jobPosts(history, asOf, { isJobPost, wordsOfText }) : [];
    },
    read(member, column) {
      let saying = nothing;
      if (holder !== null && members !== null) {
        const value = members.has(foldOf(member)) ? 'present' : 'absent';
        saying = {
          value,
          raw: holder.values[field] ?? null,
          observedAt: holder.observedAt,
          source: holder.source,
        };
      }
      const own = column === null ? null : holderOf(standing, column);
      if (own !== null && column !== null) {
        const raw = own.values[column] ?? null;
        saying = later(saying, { value: flagOf(raw), raw, observedAt: own.observedAt, source: own.source });
      }
      for (const post of posts) {
        if (!post.words.includes(wordsOfText(member))) continue;
        const said = { value: 'present', raw: post.text, observedAt: post.observedAt, source: 'job_post' };
        saying = later(saying, said);
      }
      return saying;
    },
  };
}

function later(a: Saying, b: Saying): Saying {
  if (b.value === null) return a;
  if (a.value === null) return b;
  return (b.observedAt ?? Number.NEGATIVE_INFINITY) >= (a.observedAt ?? Number.NEGATIVE_INFINITY) ? b : a;
}

function jobPosts(
  history: AccountHistory,
  asOf: Instant,
  { isJobPost, wordsOfText }: { isJobPost: (kind: string) => boolean; wordsOfText: (text: string) => string },
): { words: string; observedAt: Instant; text: string }[] {
  const posts = [];
  for (const { kind, text, observedAt } of history.signals) {
    if (text === null || observedAt > asOf || !isJobPost(kind)) continue;
    if (ageInDays({ observedAt }, asOf) <= jobPostDays) posts.push({ words: wordsOfText(text), observedAt, text });
  }
  return posts;
}
