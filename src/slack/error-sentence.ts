import { IcpError } from '../errors.ts';

const unexpected = 'Something went wrong on our side; the log has the details. Ask again in a minute, or tell RevOps.';

/**
 * What a person is told about an error: our own message as a sentence, and nothing of anybody else's.
 *
 * @example errorSentence(new RangeError('connection string leaked')).startsWith('Something went wrong'); // => true
 */
export function errorSentence(error: unknown): string {
  if (!(error instanceof IcpError)) return unexpected;
  return asSentence(error.message);
}

/**
 * @example asSentence('no account is called Acme; try its domain'); // => 'No account is called Acme; try its domain.'
 */
export function asSentence(message: string): string {
  const text = message.trim();
  if (text === '') return unexpected;
  const [first = ''] = text;
  const rest = text.slice(first.length);
  return `${first.toUpperCase()}${rest}${/[.!?…]$/.test(rest) ? '' : '.'}`;
}
