import { publishJob } from '../../src/engine/compute/publish-job.ts';
import type { PlanPorts } from '../../src/engine/publish/plan-publication.ts';
import { latestImport } from '../../src/store/books.ts';
import { readHistories } from '../../src/store/histories.ts';
import type { Store } from '../../src/store/store.ts';

/** Works out what the CRM is to be told in this very thread: a thread of its own takes longer to start than the work. */
export function inlineCompute(store: Store): PlanPorts['compute'] {
  return {
    async publish(input) {
      const job = publishJob(input);
      const importId = (await latestImport(store, 'main')) ?? 0;
      for await (const chunk of readHistories(store, 'main', { importId })) job.add(0, chunk);
      return job.finish(() => {});
    },
  };
}
