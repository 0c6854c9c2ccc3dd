import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { sfdxFiles } from '../src/connectors/salesforce/sfdx-files.ts';

/** Writes this folder anew from `src/icp/publishing/published-fields.ts`: `node salesforce/write-fields.ts`. */
rmSync(join(import.meta.dirname, 'force-app'), { recursive: true, force: true });
for (const [path, text] of sfdxFiles()) {
  const file = join(import.meta.dirname, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}
