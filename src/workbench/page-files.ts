import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sendPageFile } from './send-page-file.ts';
import type { State } from './slack/state.ts';
import { sendText } from './slack/wire.ts';

const FOLDER = join(import.meta.dirname, 'page');

/** Serves the page's own files, the block library's style sheet and uploaded files. */
export async function servePage(state: State, path: string, response: ServerResponse): Promise<void> {
  const [, first = '', second = ''] = path.split('/');
  if (first === 'files') {
    const file = state.files.get(second);
    if (!file) return sendText(response, 'there is no such file in the workbench', 404);
    const headers = {
      'content-type': file.mimetype,
      'x-content-type-options': 'nosniff',
      'content-security-policy': 'sandbox',
    };
    response.writeHead(200, headers);
    response.end(file.bytes);
    return;
  }
  const name = path === '/' ? 'index.html' : second;
  const sent = await sendPageFile(response, FOLDER, name, name === 'blocks.css' ? blockStyles : undefined);
  if (!sent) sendText(response, `the workbench has no page at ${path}; go to /`, 404);
}

/** The library's sheet selects by an id that every drawing would share; ours are many, so they carry an attribute. It also insists on its own font. */
async function blockStyles(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve('slack-blocks-to-jsx'));
  const css = await readFile(join(main, '..', 'style.css'), 'utf8');
  return css.replaceAll('#slack_blocks_to_jsx', '[data-blocks]').replaceAll('!important', '');
}
