import type { Observation } from '../history.ts';
import type { Instant } from '../types.ts';
import { cleanText, slugText } from './clean-text.ts';
import { listMembers } from './field-profile.ts';
import { isUnknown } from './standing-values.ts';

/** A tool that came into the stack of an account or left it. */
export interface TechnologyChange {
  kind: 'added' | 'removed';
  /** As the source wrote it. */
  tool: string;
  /** The last look of the source at which it was otherwise; the change happened after it. */
  after: Instant;
  /** The first look that showed the change. */
  seenAt: Instant;
  source: string;
}

/** What one source saw at one time: tools by their folded spelling. */
interface Look {
  at: Instant;
  tools: ReadonlyMap<string, string>;
}

/**
 * Which tools were added to a stack or removed from it, by what sources saw of it at one date and at a later one.
 *
 * A source is held against itself: what another one never listed was not removed. A tool that another source had already
 * shown is not new, and one that another source shows at that date or later is not gone. Looks without a date, or that know
 * nothing of the stack, say nothing. Of each tool only the latest change counts; the latest comes first.
 *
 * @example technologyChanges([], 0); // => []
 */
export function technologyChanges(observations: readonly Observation[], asOf: Instant): TechnologyChange[] {
  const looks = looksOf(observations, asOf);
  if (looks.size === 0) return [];
  const latest = new Map<string, TechnologyChange>();
  for (const [source, series] of looks) {
    const others = [...looks].filter(([other]) => other !== source).map(([, theirs]) => theirs);
    for (const [tool, change] of changesOf(source, series)) {
      const doubted =
        change.kind === 'added'
          ? others.some((theirs) => theirs.findLast(({ at }) => at < change.seenAt)?.tools.has(tool))
          : others.some((theirs) => theirs.findLast(({ at }) => at >= change.seenAt)?.tools.has(tool));
      const held = latest.get(tool);
      if (!doubted && (held === undefined || isTelling(change, held))) latest.set(tool, change);
    }
  }
  return [...latest.values()].sort(
    (a, b) => b.seenAt - a.seenAt || (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : a.tool < b.tool ? -1 : 1),
  );
}

/** Whether a change of a tool says more than another: it is later, or at one time known more closely. */
function isTelling(change: TechnologyChange, than: TechnologyChange): boolean {
  if (change.seenAt !== than.seenAt) return change.seenAt > than.seenAt;
  if (change.after !== than.after) return change.after > than.after;
  return change.source < than.source;
}

/** The looks of each source, oldest first; of two at one time the later in the list stands. */
function looksOf(observations: readonly Observation[], asOf: Instant): ReadonlyMap<string, readonly Look[]> {
  const byTime = new Map<string, Map<Instant, Look>>();
  for (const { values, observedAt: at, source } of observations) {
    const value = values.technologies ?? null;
    if (at === null || at > asOf || isUnknown(value)) continue;
    const tools = new Map((listMembers(value, true) ?? []).map((name) => [slugText(name), cleanText(name)]));
    const own = byTime.get(source) ?? new Map<Instant, Look>();
    byTime.set(source, own.set(at, { at, tools }));
  }
  return new Map([...byTime].map(([source, own]) => [source, [...own.values()].sort((a, b) => a.at - b.at)]));
}

/** The latest change of each tool between one look of a source and the next. */
function changesOf(source: string, series: readonly Look[]): ReadonlyMap<string, TechnologyChange> {
  const found = new Map<string, TechnologyChange>();
  let before: Look | undefined;
  for (const look of series) {
    if (before !== undefined) {
      const between = { after: before.at, seenAt: look.at, source };
      for (const [slug, tool] of look.tools)
        if (!before.tools.has(slug)) found.set(slug, { kind: 'added', tool, ...between });
      for (const [slug, tool] of before.tools)
        if (!look.tools.has(slug)) found.set(slug, { kind: 'removed', tool, ...between });
    }
    before = look;
  }
  return found;
}
