import { requireDecider } from '../../engine/proposals/deciders.ts';
import type { PublicationDeps } from '../../slack/publications/publication-deps.ts';
import { undoBook } from '../crm/publish-book.ts';
import type { Lodestar } from '../open-lodestar.ts';

/** Publications, as Slack asks for them. */
export function publicationsIn(lodestar: Lodestar): PublicationDeps {
  return {
    async undo({ run, by, begun }) {
      const actor = { kind: 'person', email: by.email } as const;
      const who = await requireDecider(lodestar.store, actor, 'undoing a publication');
      await begun();
      await undoBook(lodestar, { run, by: who.recorded, dryRun: false });
    },
  };
}
