import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { State } from './slack/state.ts';
import { sendText } from './slack/wire.ts';

const FOLDER = join(import.meta.dirname, 'page');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing runs on the page but our own files: what people and the CRM wrote is data. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: http: https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

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
  const type = TYPES[extname(name)];
  if (!type || !/^[a-z-]+\.[a-z]+$/.test(name))
    return sendText(response, `the workbench has no page at ${path}; go to /`, 404);
  try {
    const text = name === 'blocks.css' ? await blockStyles() : await readFile(join(FOLDER, name), 'utf8');
    response.writeHead(200, {
      'content-type': type,
      'content-security-policy': POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-cache',
    });
    response.end(text);
  } catch {
    sendText(response, `the workbench has no page at ${path}; go to /`, 404);
  }
}

/** The library's sheet selects by an id that every drawing would share; ours are many, so they carry an attribute. */
async function blockStyles(): Promise<string> {
  const main = fileURLToPath(import.meta.resolve('slack-blocks-to-jsx'));
  const css = await readFile(join(main, '..', 'style.css'), 'utf8');
  return css.replaceAll('#slack_blocks_to_jsx', '[data-blocks]');
}
