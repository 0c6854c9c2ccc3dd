import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sfdxFiles } from '../src/connectors/salesforce/sfdx-files.ts';
import { everythingRead } from '../src/engine/sync/what-is-read.ts';

/** Writes this folder anew from the fields that are published and those that a sync reads: `node salesforce/write-fields.ts`. */
rmSync(join(import.meta.dirname, 'force-app'), { recursive: true, force: true });
for (const [path, text] of sfdxFiles(everythingRead())) {
  const file = join(import.meta.dirname, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
