import { z } from 'zod';
import { UsageError } from '../errors.ts';
import type { ChangeEdit } from '../icp/proposals/model-change.ts';

const edit = z.union([
  z.strictObject({ weight: z.number() }),
  z.strictObject({ points: z.record(z.string(), z.number()) }),
  z.strictObject({ cuts: z.strictObject({ primary: z.number(), nurture: z.number() }) }),
  z.strictObject({ name: z.string() }),
]);

/**
 * An edit of a line as somebody types it: JSON with `weight`, `points`, `cuts` or `name`.
 *
 * @throws {UsageError} when it is none of these
 * @example readEdit('{ "weight": 0.12 }'); // => { weight: 0.12 }
 */
export function readEdit(typed: unknown): ChangeEdit {
  try {
    return edit.parse(JSON.parse(String(typed)));
  } catch {
    throw new UsageError(
      `an edit is JSON such as {"weight":0.12}, {"points":{"Industry is SaaS":8.5}}, {"cuts":{"primary":72,"nurture":40}} or {"name":"Scale-ups"}, got ${String(typed)}`,
    );
  }
}
