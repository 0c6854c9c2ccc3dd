/** Something that Lodestar stands on, and how it is. */
export interface Check {
  name: string;
  /** `missing` keeps Lodestar from something, `failed` is broken, `off` is not wanted or not set up. */
  state: 'ok' | 'missing' | 'failed' | 'off';
  /** What was found. */
  what: string;
  /** What to do about it; `null` where nothing needs doing. */
  fix: string | null;
}

export function ok(name: string, what: string): Check {
  return { name, state: 'ok', what, fix: null };
}
