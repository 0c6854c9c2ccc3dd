import { SalesforceError } from '../api-error.ts';

/** The JSON object that a call carries. @throws {SalesforceError} 400 `JSON_PARSER_ERROR` */
export function readJson(body: Buffer): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch (error) {
    const message = error instanceof Error ? error.message : 'not JSON';
    throw new SalesforceError(400, 'JSON_PARSER_ERROR', message);
  }
  if (isObject(value)) return value;
  throw new SalesforceError(400, 'JSON_PARSER_ERROR', 'the body must be a JSON object');
}

/** Whether a value is an object with names, and no list. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
