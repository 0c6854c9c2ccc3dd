/**
 * What went wrong, in words for the person who asked.
 *
 * The message says what was needed, what was there and what to do next: lower case, no full stop. `code` is stable and
 * may be switched on; the original error travels as `cause` and goes to the log, never to a person.
 */
export class IcpError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'IcpError';
    this.code = code;
  }
}

/** A command or request that was written wrongly: exit status 2 on the command line. */
export class UsageError extends IcpError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('usage', message, options);
    this.name = 'UsageError';
  }
}

/** Too few rows for the figure that was asked for. */
export class NotEnoughDataError extends IcpError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('not_enough_data', message, options);
    this.name = 'NotEnoughDataError';
  }
}

/** No account, or more than one, answers to the name. `candidates` are the nearest, best first. */
export class AccountNotFoundError extends IcpError {
  readonly candidates: readonly { book: string; id: string; name: string }[];

  constructor(message: string, candidates: readonly { book: string; id: string; name: string }[]) {
    super('account_not_found', message);
    this.name = 'AccountNotFoundError';
    this.candidates = candidates;
  }
}

/** Closes a `switch` over a union: the type checker refuses a case that was forgotten. */
export function assertNever(value: never): never {
  throw new IcpError('unreachable', `no case handles ${JSON.stringify(value)}; add one`);
}
