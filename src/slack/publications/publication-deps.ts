import { IcpError } from '../../errors.ts';
import type { Person } from '../../icp/types.ts';

/** What the Slack floor asks of the house about publications. Each checks the person again. */
export interface PublicationDeps {
  /**
   * Gives every record back what it had, where nobody has touched it since. Its report is told where publications are.
   *
   * @param wanted.begun called once it is sure that this person may
   */
  undo(wanted: { run: string; by: Person; begun: () => Promise<void> }): Promise<void>;
}

/** @throws {IcpError} where the house publishes nothing */
export function publicationsOf({ publications }: { publications?: PublicationDeps }): PublicationDeps {
  if (publications === undefined)
    throw new IcpError('not_here', 'nobody publishes scores here; tell whoever runs Lodestar');
  return publications;
}
