import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { lockFolder, visitFolder } from '../../src/store/lock.ts';

function folder(t: TestContext): string {
  const made = mkdtempSync(join(tmpdir(), 'lodestar-lock-'));
  t.after(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** A process of its own that holds the folder until it is killed. */
async function holder(of: string) {
  const script = `import { lockFolder } from ${JSON.stringify(join(import.meta.dirname, '../../src/store/lock.ts'))};
    await lockFolder(${JSON.stringify(of)}, (socket) => socket.end('hello from the holder'));
    process.stdout.write('held');
    setInterval(() => {}, 1_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise((resolve, reject) => {
    child.stdout.once('data', resolve);
    child.once('exit', () => reject(new Error('the holder ended early')));
  });
  return child;
}

describe('the lock of a data folder', () => {
  it('refuses a second process with a sentence that says what to do, and lets go when the first is killed', async (t) => {
    const path = folder(t);
    const child = await holder(path);
    await assert.rejects(
      lockFolder(path, () => {}),
      {
        code: 'folder_in_use',
        message: /already open in another Lodestar process; stop that one, or choose another folder with DATA_DIR$/,
      },
    );
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
    const lock = await lockFolder(path, () => {});
    await lock.release();
  });

  it('hands a visitor to the process that holds the folder', async (t) => {
    const path = folder(t);
    const child = await holder(path);
    t.after(() => child.kill('SIGKILL'));
    const socket = await visitFolder(path);
    assert.ok(socket !== null);
    let said = '';
    for await (const chunk of socket) said += String(chunk);
    assert.equal(said, 'hello from the holder');
  });

  it('holds for the folder by whatever name it is reached, and for no other', async (t) => {
    const [path, other] = [folder(t), folder(t)];
    const link = join(other, 'link');
    symlinkSync(path, link);
    const lock = await lockFolder(path, () => {});
    await assert.rejects(
      lockFolder(link, () => {}),
      { code: 'folder_in_use' },
    );
    await (await lockFolder(other, () => {})).release();
    await lock.release();
    assert.equal(await visitFolder(path), null, 'nobody is there any more');
    await (await lockFolder(link, () => {})).release();
  });
});
