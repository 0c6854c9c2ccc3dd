import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Makes this thread give back now what nobody needs any more.
 *
 * Left to itself, V8 lets as much garbage gather as there is live data: hundreds of megabytes when the rows of a large book
 * have just been laid out, and the second thread needs its own room at that very moment.
 */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
