import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import type { SetAside, Source } from '../../../src/connectors/ports.ts';
import type { BundleRecord } from '../../../src/icp/records.ts';

/** A folder with these files, gone when the test is over. */
export function folderOf(t: Pick<TestContext, 'after'>, files: Record<string, string | Buffer>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lodestar-bundle-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

/** Everything that a source has to say. */
export async function allOf(source: Source): Promise<{ records: BundleRecord[]; setAside: SetAside[] }> {
  const records: BundleRecord[] = [];
  const setAside: SetAside[] = [];
  for (const file of source.files) {
    for await (const row of file.rows({ after: 0 })) {
      records.push(...row.records);
      setAside.push(...row.setAside);
    }
  }
  return { records, setAside };
}
