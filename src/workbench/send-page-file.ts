import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing runs on a page but our own files: what people and the CRM wrote is data. */
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

/**
 * Sends a file of a page's folder, with the headers that every page of ours has.
 *
 * @param text what to send in its place, where the file is put together
 * @returns `false` when there is no such file; then nothing is sent
 */
export async function sendPageFile(
  response: ServerResponse,
  folder: string,
  name: string,
  text?: () => Promise<string>,
): Promise<boolean> {
  const type = TYPES[extname(name)];
  if (type === undefined || !/^[a-z-]+\.[a-z]+$/.test(name)) return false;
  const read = text ?? (() => readFile(join(folder, name), 'utf8').catch(() => null));
  const found = await read();
  if (found === null) return false;
  response.writeHead(200, {
    'content-type': type,
    'content-security-policy': POLICY,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cache-control': 'no-cache',
  });
  response.end(found);
  return true;
}
