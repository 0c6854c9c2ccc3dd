/** What travels on the wire, and careful ways to read it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json | undefined;
}

/** The object, or an empty one when the value is something else. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** True for a plain JSON object: not an array and not null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects in an array; anything else in it, or no array at all, is left out. */
export function asObjects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** The string, or an empty one. Numbers and booleans are written out, as the SDK's form encoding does. */
export function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** True for `true` and for the words the SDK's form encoding makes of it. */
export function asFlag(value: unknown): boolean {
  return value === true || value === 'true' || value === '1';
}

/** Parses JSON that came from outside; undefined when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A copy that shares nothing, so that a payload already sent cannot change. */
export function copyOf<T extends Json>(value: T): T {
  return structuredClone(value);
}
