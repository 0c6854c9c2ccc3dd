import { IcpError } from '../../errors.ts';
import type { PublicationReport } from '../../icp/publishing/publication-report.ts';
import type { Person } from '../../icp/types.ts';

/** The org that was published to. */
export type PublicationOrg = Pick<PublicationReport['org'], 'name' | 'setting'>;

/** What the Slack floor asks of the house about publications. Each checks the person again. */
export interface PublicationDeps {
  /**
   * Gives every record back what it had, where nobody has touched it since. Its report is told where publications are.
   *
   * @param wanted.begun called once it is sure that this person may, with the org in which it is undone
   */
  undo(wanted: { run: string; by: Person; begun: (org: PublicationOrg) => Promise<void> }): Promise<void>;
}

/** @throws {IcpError} where the house publishes nothing */
export function publicationsOf({ publications }: { publications?: PublicationDeps }): PublicationDeps {
  if (publications === undefined)
    throw new IcpError('not_here', 'nobody publishes scores here; tell whoever runs Lodestar');
  return publications;
}
