import { openBundle } from '../../../src/connectors/csv/open-bundle.ts';
import { ingest } from '../../../src/engine/ingest/ingest.ts';
import { openEmbedded } from '../../../src/store/open.ts';

/** `import-child.ts DATA_FOLDER BUNDLE NOW`: an import in a process of its own, which says when a chunk is written. */
const [dataFolder = '', bundle = '', now = ''] = process.argv.slice(2);
const store = await openEmbedded(dataFolder);
process.stdout.write('open\n');
const onProgress = () => process.stdout.write('chunk\n');
await ingest({ store, onProgress }, await openBundle(bundle, { now: Number(now) }));
await store.close();
process.stdout.write('done\n');
