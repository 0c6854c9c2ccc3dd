import { IcpError } from '../../errors.ts';
import { isCount, readParts } from './button-parts.ts';

/** What a button of a proposal needs to know when it is pressed, perhaps after a restart. */
export interface LineValue {
  proposalId: number;
  /** 0: all of them. */
  line: number;
  /** How many edits of it were shown: nobody approves what he has not seen. */
  seen: number;
  /** The first line of the modal that it hangs in; 0 in a message. */
  from: number;
}

/** @example writeLine({ proposalId: 3, line: 2, seen: 1, from: 0 }); // => '[3,2,1,0]' */
export function writeLine({ proposalId, line, seen, from }: LineValue): string {
  return JSON.stringify([proposalId, line, seen, from]);
}

/**
 * @throws {IcpError} when the value is not one that we wrote: a payload comes from outside
 * @example readLine('[3,2,1,0]').line; // => 2
 */
export function readLine(value: string | undefined): LineValue {
  const [proposalId, line, seen, from] = readParts(value);
  if (isCount(proposalId) && isCount(line) && isCount(seen) && isCount(from)) return { proposalId, line, seen, from };
  throw new IcpError('stale_button', 'this button names no proposal; /icp changes shows the one that is open');
}
