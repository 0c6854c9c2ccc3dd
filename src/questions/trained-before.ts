import { dayOf } from '../icp/features/calendar.ts';
import { roundedRate } from '../icp/rates.ts';
import { eventsAt, touchedBefore } from '../store/company-events.ts';
import type { Store } from '../store/store.ts';
import { words } from './draft.ts';
import { formatFigure } from './format-figure.ts';
import type { Pin } from './pin.ts';
import type { Figure } from './types.ts';

/** Something that happened to our own company, beside what the model has learnt from the time before it. */
interface TrainedBefore {
  warning: string;
  sentence: string;
  figures: readonly Figure[];
  read: string;
}

/** What of a model's training data predates each event of our own company: another product, another market. */
export async function trainedBefore(store: Store, { book, importId, asOf, model }: Pin): Promise<TrainedBefore[]> {
  const events = await eventsAt(store, book.name, importId);
  const ours = events.filter(({ accountId, on }) => accountId === null && on <= asOf);
  return Promise.all(
    ours.map(async ({ id, kind, note, on, byName }): Promise<TrainedBefore> => {
      const seen = { book: book.name, importId: model.importId, asOf: model.asOf };
      const { earlier, all } = await touchedBefore(store, seen, on);
      const what = note ?? kind;
      const share: Figure = {
        ...{ key: `event${id}.share`, label: `Learnt from before “${what}”`, unit: 'share', v: null },
        ...roundedRate(earlier, all),
      };
      const figures = [share, words(`event${id}.what`, 'Event', what)];
      return {
        figures,
        warning: `${formatFigure(share)} of the accounts that the model learnt from were first touched before “${what}” on ${dayOf(on)}, as ${byName} recorded; review the criteria`,
        sentence: `{{event${id}.share}} of what it learnt from predates “{{event${id}.what}}”.`,
        read: `first touches of the accounts of import ${model.importId}, before and after the event ${id}`,
      };
    }),
  );
}
