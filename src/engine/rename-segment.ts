import { IcpError, UsageError } from '../errors.ts';
import type { Person, Role } from '../icp/types.ts';
import { addAudit } from '../store/audit.ts';
import { findingsAt } from '../store/findings.ts';
import type { Store } from '../store/store.ts';
import { addWording, wordingKey, wordingsOf } from '../store/wordings.ts';

const longestName = 60;
const namers: readonly Role[] = ['leader', 'revops', 'cs', 'admin'];

/** @throws {IcpError} `not_allowed` for a role that gives no names */
export function mayRename({ role, name }: Person): void {
  if (!namers.includes(role))
    throw new IcpError(
      'not_allowed',
      `naming a segment needs one of the roles ${namers.join(', ')}, and ${name} is ${role}`,
    );
}

/**
 * Gives a segment a name that later analyses keep, whatever a template or the language model would call it.
 *
 * @param segment its id, or its name as it stands now
 * @throws {IcpError} `no_segment` when there is none of that name, with those that there are
 */
export async function renameSegment(
  { store, now }: { store: Store; now: () => number },
  wanted: { book: string; importId: number; asOf: number; segment: string; name: string; by: string },
): Promise<{ id: string; before: string; name: string }> {
  const { book, by } = wanted;
  const name = wanted.name.trim().replace(/\s+/g, ' ');
  if (name.length < 2 || name.length > longestName)
    throw new UsageError(`a segment's name has 2 to ${longestName} characters, got ${name.length}`);
  const kept = await findingsAt(store, wanted);
  const { words } = await wordingsOf(store, book);
  const known = (kept?.findings.segments.segments ?? []).map(({ id, name: given, description }) => {
    const said = words.get(wordingKey('segment', id));
    return { id, name: said?.name ?? given, text: said?.text ?? description };
  });
  const asked = wanted.segment.trim().toLowerCase();
  const found = known.find((one) => one.id === asked || one.name.toLowerCase() === asked);
  if (found === undefined) {
    const there = known.map((one) => one.name).join(', ') || 'none yet; lodestar analyze looks for some';
    throw new IcpError('no_segment', `no segment is called ${wanted.segment}; there is ${there}`);
  }
  if (known.some((one) => one.id !== found.id && one.name.toLowerCase() === name.toLowerCase()))
    throw new UsageError(`another segment is called ${name} already; choose a name of its own`);
  const at = now();
  await store.transaction(async (tx) => {
    await addWording(tx, {
      ...{ book, kind: 'segment', subject: found.id, name, text: found.text },
      ...{ person: by, saidAt: at },
    });
    const subject = `segment ${found.id} of ${book}`;
    await addAudit(tx, {
      ...{ at, actor: by, action: 'segment.renamed', subject },
      details: { before: found.name, name },
    });
  });
  return { id: found.id, before: found.name, name };
}
