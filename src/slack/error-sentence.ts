import { IcpError } from '../errors.ts';
import { asSentence } from '../questions/as-sentence.ts';

const unexpected = 'Something went wrong on our side; the log has the details. Ask again in a minute, or tell RevOps.';

/**
 * What a person is told about an error: our own message as a sentence, and nothing of anybody else's.
 *
 * @example errorSentence(new RangeError('connection string leaked')).startsWith('Something went wrong'); // => true
 */
export function errorSentence(error: unknown): string {
  if (!(error instanceof IcpError)) return unexpected;
  return asSentence(error.message) || unexpected;
}
