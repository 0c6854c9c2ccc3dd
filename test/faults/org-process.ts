import { z } from 'zod';
import { localOrg } from '../../src/compose/box/local-org.ts';
import { type LocalSalesforce, startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import { orgState } from './org-state.ts';

const asked = z.discriminatedUnion('what', [
  z.object({ what: z.literal('open'), file: z.string(), at: z.number() }),
  z.object({ what: z.literal('clock'), at: z.number() }),
  z.object({ what: z.literal('state') }),
]);

let local: LocalSalesforce | null = null;
let at = 0;

/** A local Salesforce in a process of its own: it outlives those that are killed beside it. */
async function answer(message: unknown): Promise<unknown> {
  const request = asked.parse(message);
  switch (request.what) {
    case 'open': {
      await local?.close();
      at = request.at;
      const org = { ...localOrg, jobDelayMs: 5 };
      local = await startLocalSalesforce({ file: request.file, org, clock: () => at });
      return local.url;
    }
    case 'clock':
      at = request.at;
      return null;
    case 'state':
      return local === null ? null : orgState(local.org);
  }
}

process.on('message', (message) => {
  answer(message).then(
    (value) => process.send?.({ value }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : 'unknown' }),
  );
});
process.on('disconnect', () => process.exit());
