import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { sendPageFile } from '../send-page-file.ts';
import { escapeHtml } from '../slack/html.ts';
import { tabs } from './desk/tabs.ts';
import { isIdOf, longId } from './org/ids.ts';
import { objectOf, type Schema } from './schema/schema.ts';

const FOLDER = join(import.meta.dirname, 'page');
/** What both pages use; an org that stands alone serves it too. */
const SHARED_FOLDER = join(import.meta.dirname, '..', 'page');
const SHARED = ['base.css', 'calls.js', 'dom.js', 'icons.js', 'times.js', 'toasts.js'];

/** What is shown at another path of the same port. */
export interface Beside {
  name: string;
  path: string;
}

/**
 * Serves the page at `/salesforce` with its files, and leads the addresses of records, as Salesforce writes them, to
 * their place on it.
 *
 * @param from what the page is to lead back to; absent: it stands alone
 * @returns `false` when it is for somebody else
 */
export async function servePage(
  schema: Schema,
  request: IncomingMessage,
  response: ServerResponse,
  from?: Beside,
): Promise<boolean> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const { pathname } = new URL(request.url ?? '/', 'http://localhost');
  const [, first = '', second = '', third = ''] = pathname.split('/');
  if (pathname === '/salesforce' || pathname === '/salesforce/')
    return sendPageFile(response, FOLDER, 'index.html', () => pageFrom(from));
  if (first === 'salesforce' && second === 'page') return sendPageFile(response, FOLDER, third);
  if (first === 'page' && SHARED.includes(second)) return sendPageFile(response, SHARED_FOLDER, second);
  const place = placeOf(schema, pathname);
  if (place === undefined) return false;
  response.writeHead(302, { location: `/salesforce#/${place}`, 'cache-control': 'no-cache' }).end();
  return true;
}

async function pageFrom(from: Beside | undefined): Promise<string> {
  const html = await readFile(join(FOLDER, 'index.html'), 'utf8');
  if (from === undefined) return html;
  const back = `data-back-name="${escapeHtml(from.name)}" data-back-path="${escapeHtml(from.path)}"`;
  return html.replace('<body>', () => `<body ${back}>`);
}

/** `Account/001…` for the address of a record that has a page. */
function placeOf(schema: Schema, pathname: string): string | undefined {
  const [, id = ''] =
    /^\/(\w+)$/.exec(pathname) ?? /^\/lightning\/r\/(?:\w+\/)?([a-zA-Z0-9]{15,18})\/view$/.exec(pathname) ?? [];
  const tab = tabs.find(({ object }) => isIdOf(objectOf(schema, object).prefix, id));
  return tab === undefined ? undefined : `${tab.object}/${longId(id)}`;
}
