import { overlap } from './find-candidates.ts';
import type { NamedSegment } from './types.ts';

/** Members that two runs must share, over all members of either, for a segment to be the same. */
const sameSegment = 0.3;

/**
 * Hands the ids and names of the last run on to the segments found now: whoever shares most members, one to one.
 *
 * A name that a person or a language model gave goes along; a template's name is made anew, as the traits may have moved. What
 * nothing matches gets a new id.
 */
export function keepIdentity<T extends NamedSegment>(found: readonly T[], previous: readonly NamedSegment[]): T[] {
  const pairs = found.flatMap((segment, at) => {
    const own = new Set(segment.members);
    return previous.map((before, was) => ({ at, was, shared: overlap(own, new Set(before.members)) }));
  });
  pairs.sort((a, b) => b.shared - a.shared || a.was - b.was || a.at - b.at);
  const heirs = new Map<number, NamedSegment>();
  const taken = new Set<number>();
  for (const { at, was, shared } of pairs) {
    if (shared < sameSegment || heirs.has(at) || taken.has(was)) continue;
    heirs.set(at, previous[was]!);
    taken.add(was);
  }
  const ids = new Set(previous.map(({ id }) => id));
  return found.map((segment, at) => {
    const before = heirs.get(at);
    if (before !== undefined) {
      const { id, name, description, namedBy } = before;
      return namedBy === 'template' ? { ...segment, id } : { ...segment, id, name, description, namedBy };
    }
    let id = segment.id;
    for (let next = 2; ids.has(id); next++) id = `${segment.id}-${next}`;
    ids.add(id);
    return { ...segment, id };
  });
}

/**
 * An id from what first made a segment: short letters and digits, the same for the same conditions.
 *
 * @example newSegmentId([]); // => 'seg-811c9dc5'
 */
export function newSegmentId(conditions: readonly unknown[]): string {
  let state = 0x811c9dc5;
  for (const one of conditions) {
    for (const letter of JSON.stringify(one)) state = Math.imul(state ^ letter.charCodeAt(0), 16777619);
  }
  return `seg-${(state >>> 0).toString(16).padStart(8, '0')}`;
}
