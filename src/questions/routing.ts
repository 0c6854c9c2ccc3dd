import { routingOf } from '../engine/routing.ts';
import { UsageError } from '../errors.ts';
import type { Question } from './draft.ts';
import type { ReportCard } from './report-card.ts';
import { routingReport } from './reports/routing.ts';

interface RoutingArguments {
  /** The moment of the question. */
  at: number;
  /** The number of a version; absent: the one in force. */
  about?: string;
}

/** How leads are routed under a version of the ICP, and how they were before. */
export const routingQuestion: Question<RoutingArguments, ReportCard> = async ({ store }, { book }, { at, about }) => {
  if (about !== undefined && !/^\d{1,9}$/.test(about.trim()))
    throw new UsageError(`routing is asked for by the number of a version, got "${about}"`);
  const routing = await routingOf(store, {
    ...{ book: book.name, at },
    ...(about === undefined ? {} : { version: Number(about) }),
  });
  const { text, figures, card } = routingReport(routing);
  return {
    text,
    figures,
    card: { kind: 'report', topic: 'routing', ...card },
    read: ['versions, when each was in force, and the queues that are set'],
  };
};
