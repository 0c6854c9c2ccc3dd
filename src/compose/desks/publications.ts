import { requireDecider } from '../../engine/proposals/deciders.ts';
import type { PublicationDeps } from '../../slack/publications/publication-deps.ts';
import { orgOf } from '../../store/publications.ts';
import { publicationNamed, undoBook } from '../crm/publish-book.ts';
import type { Lodestar } from '../open-lodestar.ts';

/** Publications, as Slack asks for them. */
export function publicationsIn(lodestar: Lodestar): PublicationDeps {
  return {
    async undo({ run, by, begun }) {
      const actor = { kind: 'person', email: by.email } as const;
      const who = await requireDecider(lodestar.store, actor, 'undoing a publication');
      const { id, ...publication } = await publicationNamed(lodestar, run);
      await begun(orgOf(publication));
      await undoBook(lodestar, { run: id, by: who.recorded, dryRun: false });
    },
  };
}
