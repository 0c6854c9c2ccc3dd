import type { IncomingMessage, ServerResponse } from 'node:http';
import { asObject, type Json, type JsonObject, parseJson } from './json.ts';

/** Fields that the SDK sends as JSON inside a form. @see @slack/web-api WebClient `serializeApiCallData` */
const NESTED = new Set(
  'attachments blocks chunks files loading_messages metadata profile prompts unfurls user_auth_blocks view'.split(' '),
);
const MOST_BYTES = 50_000_000;

/** Reads a whole body, up to 50 MB. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request) {
    const bytes = Buffer.from(part);
    size += bytes.length;
    if (size > MOST_BYTES) throw new RangeError('request body is larger than 50 MB');
    parts.push(bytes);
  }
  return Buffer.concat(parts);
}

/** Arguments of a Web API call: JSON, or a form whose nested values are JSON, with the query string underneath. */
export function parseArguments(contentType: string, body: Buffer, query: URLSearchParams): JsonObject {
  const args: JsonObject = Object.fromEntries(query);
  if (contentType.startsWith('application/json')) return { ...args, ...asObject(parseJson(body.toString())) };
  for (const [key, value] of new URLSearchParams(body.toString())) args[key] = readFormValue(key, value);
  return args;
}

function readFormValue(key: string, value: string): Json {
  if (!NESTED.has(key)) return value;
  const parsed = parseJson(value);
  return parsed === undefined ? value : (parsed as Json); // JSON.parse can give nothing else
}

/** The bytes of an upload: the first file in a multipart form, or the body itself. */
export async function parseUpload(contentType: string, body: Buffer): Promise<Uint8Array> {
  if (!contentType.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': contentType } }).formData();
  for (const value of form.values()) {
    if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer());
    return Buffer.from(value);
  }
  return new Uint8Array();
}

export function sendJson(
  response: ServerResponse,
  body: unknown,
  status = 200,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(JSON.stringify(body));
}

export function sendText(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' });
  response.end(text);
}
