import { z } from 'zod';
import { IcpError } from '../errors.ts';

const names = z.array(z.string()).readonly();

/** What grading reads of an answer key, as `demo` writes it beside a market. */
const truthSchema = z.object({
  until: z.string(),
  planted: names,
  effects: z
    .array(
      z.object({ name: z.string(), fields: names, tools: names, adds: z.record(z.string(), z.number().optional()) }),
    )
    .readonly(),
  segments: z.array(z.object({ name: z.string(), accounts: names, touched: z.number() })).readonly(),
  detractor: z.object({ fields: names, accounts: names }).nullable(),
  darling: z.object({ field: z.string() }).nullable(),
  cause: z.object({ field: z.string(), name: z.string(), points: z.number().nullable() }).nullable(),
  confounder: z.object({ field: z.string(), because: names }).nullable(),
  emerging: z
    .object({
      name: z.string(),
      since: z.string(),
      fields: names,
      accounts: names,
      touched: z.number(),
      wins: z.number(),
      shareOfWins: z.number(),
    })
    .nullable(),
  losses: z
    .object({
      name: z.string(),
      conditions: z.array(z.object({ field: z.string(), is: z.string() })).readonly(),
      dark: z.number(),
      closed: z.number(),
    })
    .nullable(),
  drift: z
    .object({
      segment: z.string(),
      field: z.string(),
      value: z.string(),
      since: z.string(),
      churnsFrom: z.string(),
      accounts: names,
    })
    .nullable(),
  rejections: z.object({ reason: z.string(), since: z.string(), fields: names, leads: names }).nullable(),
  decay: z.object({ signs: names }).nullable(),
  growth: z.object({ signs: names }).nullable(),
  leak: z.object({ field: z.string() }).nullable(),
  noise: names,
});

/** The truth of a planted market, as far as findings are held against it. */
export type Truth = z.infer<typeof truthSchema>;

/**
 * Reads an answer key that came from a file.
 *
 * @throws {IcpError} when it is no answer key, or one that an earlier version wrote
 */
export function readTruth(content: unknown): Truth {
  const read = truthSchema.safeParse(content);
  if (read.success) return read.data;
  const [first] = read.error.issues;
  throw new IcpError(
    'truth_unreadable',
    `grade requires the answer key that demo wrote beside its market, got one in which ${first?.path.join('.') || 'everything'} does not fit (${first?.message ?? 'unknown'}); write the market again`,
    { cause: read.error },
  );
}
