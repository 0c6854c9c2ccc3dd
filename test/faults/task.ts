import { z } from 'zod';

/** What a process that may be killed is to do. */
export const taskSchema = z.object({
  kind: z.enum(['publish', 'sync']),
  /** The data folder. */
  folder: z.string(),
  /** Where the org is. */
  url: z.string(),
  /** Its clock, which stands still. */
  at: z.number(),
  full: z.boolean(),
  /** It kills itself at its so many-th fault point; `null`: never. */
  killAt: z.number().nullable(),
});
export type Task = z.output<typeof taskSchema>;

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What it says of itself while it lives. */
export const saidSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('ready') }),
  z.object({ what: z.literal('working') }),
  z.object({
    what: z.literal('published'),
    state: z.string(),
    reason: z.string().nullable(),
    resumeAt: z.number().nullable(),
    points: z.array(z.string()),
    rows: z.array(
      z.object({
        ...{ recordId: z.string(), state: z.string(), code: z.string().nullable(), reason: z.string().nullable() },
        ...{ before: z.record(z.string(), cell), after: z.record(z.string(), cell) },
      }),
    ),
    calls: z.number(),
    openJobs: z.number(),
  }),
  z.object({
    what: z.literal('synced'),
    points: z.array(z.string()),
    tables: z.record(z.string(), z.array(z.string())),
    calls: z.number(),
  }),
  z.object({ what: z.literal('failed'), message: z.string() }),
]);
export type Said = z.output<typeof saidSchema>;
