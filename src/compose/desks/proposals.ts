import { decideLines } from '../../engine/proposals/decide-lines.ts';
import { deciders } from '../../engine/proposals/deciders.ts';
import { editLine } from '../../engine/proposals/edit-line.ts';
import { linesAsEdited } from '../../engine/proposals/lines-as-edited.ts';
import { requireProposal } from '../../engine/proposals/require-proposal.ts';
import { simulate } from '../../engine/proposals/simulate.ts';
import { voteOn } from '../../engine/proposals/vote.ts';
import { worthNoting } from '../../engine/proposals/worth-noting.ts';
import type { Person } from '../../icp/types.ts';
import type { Posted } from '../../slack/post.ts';
import type { ProposalDeps } from '../../slack/proposals/proposal-deps.ts';
import { listBooks } from '../../store/books.ts';
import { listPeople } from '../../store/people.ts';
import { addProposalEvent, livingProposals, proposalsOf } from '../../store/proposals.ts';
import type { Lodestar } from '../open-lodestar.ts';

/** Proposals, as Slack asks for them. */
export function proposalsIn(lodestar: Pick<Lodestar, 'store' | 'compute' | 'now'>): ProposalDeps {
  const { store, now } = lodestar;
  const person = ({ email }: Person) => ({ kind: 'person', email }) as const;
  return {
    decide: ({ by, ...decision }) => decideLines(lodestar, { ...decision, actor: person(by) }),
    edit: ({ by, ...edit }) => editLine(lodestar, { ...edit, actor: person(by) }),
    simulate: (asked) => simulate(lodestar, asked),
    vote: ({ by, ...vote }) => voteOn(lodestar, { ...vote, actor: person(by) }),
    async show(id) {
      const state = await requireProposal(store, id);
      const able = await deciders(store);
      const people = await listPeople(store);
      return {
        state,
        changes: await linesAsEdited(store, state),
        deciders: people.filter(({ role }) => able.includes(role)).map(({ name }) => name),
        ...(await worthNoting(store, state, now())),
      };
    },
    async list() {
      const books = (await listBooks(store)).map(({ name }) => name);
      const living = (await Promise.all(books.map((book) => livingProposals(store, book)))).flat();
      const newest = (await Promise.all(books.map((book) => proposalsOf(store, book, 1)))).flat();
      return { living, newest: newest.toSorted((a, b) => b.id - a.id)[0] ?? null };
    },
    mayDecide: async ({ role }) => (await deciders(store)).includes(role),
    posted: (id, at) => noteMessage(lodestar, id, 'posted', at),
    gone: (id, at) => noteMessage(lodestar, id, 'message gone', at),
  };
}

async function noteMessage(
  { store, now }: Pick<Lodestar, 'store' | 'now'>,
  id: number,
  kind: 'posted' | 'message gone',
  { channel, ts }: Posted,
): Promise<void> {
  await addProposalEvent(store, id, `${kind} ${channel} ${ts}`, {
    ...{ kind, change: null, at: now(), by: 'the clock', byName: 'the clock' },
    details: { channel, ts },
  });
}
