import type { Instant } from '../types.ts';
import type { DryRun } from './dry-run.ts';
import type { ModelChange } from './model-change.ts';
import type { ProposalEvent } from './proposal-event.ts';

/** A proposal as it was drafted. */
export interface DraftedProposal {
  id: number;
  book: string;
  baseVersion: number;
  candidateVersion: number | null;
  importId: number;
  asOf: Instant;
  draftedAt: Instant;
  draftedBy: string;
  ownerEmail: string | null;
  deadlineAt: Instant;
  dryRun: DryRun;
  changes: readonly { number: number; change: ModelChange; dryRun: DryRun }[];
}

export interface Decision {
  by: string;
  byName: string;
  at: Instant;
  reason: string | null;
}

/** One line with what became of it. */
export interface ChangeState {
  number: number;
  /** As it was drafted. */
  drafted: ModelChange;
  /** The last edit of it, whose dry run takes the place of the drafted one. */
  edited: Decision | null;
  edits: readonly ProposalEvent[];
  /** Of the line as it stands, edits and all. */
  dryRun: DryRun;
  draftedDryRun: DryRun;
  standing: 'open' | 'approved' | 'rejected' | 'expired' | 'superseded';
  decided: Decision | null;
}

export interface ProposalState extends Omit<DraftedProposal, 'changes'> {
  changes: readonly ChangeState[];
  /** All lines at once, as they were drafted; `dryRun` has them with the edits since. */
  draftedDryRun: DryRun;
  /**
   * `open`: lines wait for somebody. `scheduled`: what was approved comes into force on its day. `closed`: nothing of it was
   * approved. `stale`: it can have no effect any more.
   */
  standing: 'open' | 'scheduled' | 'active' | 'closed' | 'stale';
  /** Why it is closed or stale, as a sentence without a full stop. */
  because: string | null;
  scheduled: { version: number; contentHash: string; effectiveAt: Instant; at: Instant } | null;
  activatedAt: Instant | null;
  /** After its deadline it waits as long again, for those who are asked then. */
  expiresAt: Instant;
  escalatedAt: Instant | null;
  /** The wish of whoever approved last and had one. */
  wantedAt: Instant | null;
  /** The last vote of each person, by address. */
  votes: readonly { by: string; byName: string; vote: 'fits' | 'does not fit' | 'cannot say'; at: Instant }[];
  posts: readonly { channel: string; ts: string }[];
  events: readonly ProposalEvent[];
}

/** A proposal as its events have left it. Decisions on a line are final: the first one stands, whatever follows. */
export function proposalState(drafted: DraftedProposal, events: readonly ProposalEvent[]): ProposalState {
  const ended = events.find(({ kind }) => kind === 'deadline passed' || kind === 'superseded');
  const changes = drafted.changes.map((line) =>
    changeState(
      line,
      events.filter(({ change }) => change === line.number),
      ended,
    ),
  );
  const of = (kind: ProposalEvent['kind']) => events.filter((event) => event.kind === kind);
  const [stale] = of('stale');
  const [activated] = of('activated');
  const [made] = of('scheduled');
  const scheduled =
    made === undefined
      ? null
      : {
          version: made.details.version ?? 0,
          contentHash: made.details.contentHash ?? '',
          effectiveAt: made.details.effectiveAt ?? made.at,
          at: made.at,
        };
  return {
    ...drafted,
    changes,
    dryRun: of('edited').findLast(({ details }) => details.whole !== undefined)?.details.whole ?? drafted.dryRun,
    draftedDryRun: drafted.dryRun,
    ...standingOf(changes, { stale, activated, made, ended }),
    scheduled,
    activatedAt: activated?.at ?? null,
    expiresAt: drafted.deadlineAt + (drafted.deadlineAt - drafted.draftedAt),
    escalatedAt: of('escalated')[0]?.at ?? null,
    wantedAt: of('approved').findLast(({ details }) => details.effectiveAt !== undefined)?.details.effectiveAt ?? null,
    votes: votesOf(of('voted')),
    posts: placesOf(of('posted')).filter((post) => !placesOf(of('message gone')).some((gone) => isSame(post, gone))),
    events,
  };
}

function placesOf(events: readonly ProposalEvent[]): ProposalState['posts'] {
  return events.flatMap(({ details: { channel, ts } }) =>
    channel === undefined || ts === undefined ? [] : [{ channel, ts }],
  );
}

function isSame(one: ProposalState['posts'][number], other: ProposalState['posts'][number]): boolean {
  return one.channel === other.channel && one.ts === other.ts;
}

/** A proposal as it stood at a moment: what happened later is left out. */
export function proposalAt(
  { changes, events, draftedDryRun: whole, ...drafted }: ProposalState,
  at: Instant,
): ProposalState {
  const lines = changes.map(({ number, drafted: change, draftedDryRun: dryRun }) => ({ number, change, dryRun }));
  return proposalState(
    { ...drafted, dryRun: whole, changes: lines },
    events.filter((event) => event.at <= at),
  );
}

function changeState(
  { number, change, dryRun }: DraftedProposal['changes'][number],
  events: readonly ProposalEvent[],
  ended: ProposalEvent | undefined,
): ChangeState {
  const decided = events.find(({ kind }) => kind === 'approved' || kind === 'rejected');
  const edits = events.filter(({ kind }) => kind === 'edited');
  const last = edits.at(-1);
  return {
    number,
    drafted: change,
    edited: last === undefined ? null : decisionOf(last),
    edits,
    dryRun: last?.details.dryRun ?? dryRun,
    draftedDryRun: dryRun,
    standing:
      decided === undefined
        ? ended === undefined
          ? 'open'
          : ended.kind === 'superseded'
            ? 'superseded'
            : 'expired'
        : decided.kind === 'approved'
          ? 'approved'
          : 'rejected',
    decided: decided === undefined ? null : decisionOf(decided),
  };
}

function decisionOf({ by, byName, at, details }: ProposalEvent): Decision {
  return { by, byName, at, reason: details.reason ?? null };
}

function standingOf(
  changes: readonly ChangeState[],
  { stale, activated, made, ended }: Record<'stale' | 'activated' | 'made' | 'ended', ProposalEvent | undefined>,
): Pick<ProposalState, 'standing' | 'because'> {
  if (activated !== undefined) return { standing: 'active', because: null };
  if (stale !== undefined) return { standing: 'stale', because: stale.details.reason ?? null };
  if (made !== undefined) return { standing: 'scheduled', because: null };
  if (changes.some(({ standing }) => standing === 'open')) return { standing: 'open', because: null };
  if (changes.some(({ standing }) => standing === 'approved')) return { standing: 'open', because: null };
  if (ended?.kind === 'superseded')
    return { standing: 'closed', because: ended.details.reason ?? 'a newer proposal took its place' };
  if (ended !== undefined) return { standing: 'closed', because: 'nobody decided by the deadline' };
  return { standing: 'closed', because: 'every line was rejected' };
}

function votesOf(events: readonly ProposalEvent[]): ProposalState['votes'] {
  const last = new Map<string, ProposalState['votes'][number]>();
  for (const { by, byName, at, details } of events)
    if (details.vote !== undefined) last.set(by, { by, byName, at, vote: details.vote });
  return [...last.values()];
}
