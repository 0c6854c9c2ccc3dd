import { IcpError } from '../../errors.ts';
import type { PublicationReport } from '../../icp/publishing/publication-report.ts';
import type { Person } from '../../icp/types.ts';

/** What the Slack floor asks of the house about publications. Each checks the person again. */
export interface PublicationDeps {
  /** Gives every record back what it had, where nobody has touched it since; `null` where there was nothing to write back. */
  undo(wanted: { run: string; by: Person }): Promise<PublicationReport | null>;
}

/** @throws {IcpError} where the house publishes nothing */
export function publicationsOf({ publications }: { publications?: PublicationDeps }): PublicationDeps {
  if (publications === undefined)
    throw new IcpError('not_here', 'nobody publishes scores here; tell whoever runs Lodestar');
  return publications;
}
