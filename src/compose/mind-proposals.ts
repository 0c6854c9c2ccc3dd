import { reportBack } from '../engine/leads/report-back.ts';
import type { Notifier } from '../engine/notifier.ts';
import { activateDue } from '../engine/proposals/activate-due.ts';
import { sweepProposals } from '../engine/proposals/sweep-proposals.ts';
import { tellProposals } from '../engine/proposals/tell-proposals.ts';
import { type Book, listBooks } from '../store/books.ts';
import { activeModel } from '../store/models.ts';
import { scoreRunOf } from '../store/scores.ts';
import { rescoreBook } from './analyze-book.ts';
import type { Lodestar } from './open-lodestar.ts';

type House = Pick<Lodestar, 'store' | 'compute' | 'now' | 'holder' | 'log'>;

/**
 * Looks after the proposals of every book: deadlines, what is due to come into force, and the messages about them. Call it
 * often: each thing that happens is kept under a key of its own and so happens once, however many processes look.
 */
export function createProposalMinder(
  house: House,
  tellers: Pick<Notifier, 'proposal' | 'proposalChanged' | 'proposalEscalated' | 'reportBack'>,
): () => Promise<void> {
  const seen = new Map<number, number>();
  let busy: Promise<void> | null = null;
  const mind = async (): Promise<void> => {
    for (const book of await listBooks(house.store)) {
      try {
        await sweepProposals(house, book.name);
        await activateDue(house, book.name);
        await rescoreWhereNew(house, book);
        await tellProposals({ ...house, notifier: tellers }, book.name, seen);
        await reportBack({ ...house, notifier: tellers }, book.name);
      } catch (error) {
        house.log.error(
          { err: error, book: book.name },
          'proposals could not be looked after; it is tried again in half a minute',
        );
      }
    }
  };
  return async () => {
    busy ??= mind().finally(() => {
      busy = null;
    });
    await busy;
  };
}

/** Where a model has come into force and the scores are still those of the one before: also after a stop in between. */
async function rescoreWhereNew(house: House, book: Book): Promise<void> {
  const [run, active] = [await scoreRunOf(house.store, book.name), await activeModel(house.store, book.name)];
  if (run === null || active === null || run.modelVersion === active.version) return;
  await rescoreBook(house, { book, asOf: book.clock ?? house.now(), onProgress: () => {} });
}
