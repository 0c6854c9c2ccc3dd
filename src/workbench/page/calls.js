// @ts-check
import { toast } from './toasts.js';

/**
 * @param {string} path
 * @param {Record<string, string | undefined>} [query]
 */
export async function read(path, query = {}) {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(/** @type {any} */ (given));
  const response = await fetch(`/control/${path}?${search}`);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error);
  return body;
}

/**
 * Does something as a person; what goes wrong is shown and gives null.
 * @param {string} path
 * @param {Record<string, unknown>} body
 */
export async function act(path, body) {
  try {
    const response = await fetch(`/control/${path}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = await response.json();
    if (answer.ok) return answer;
    toast(answer.error);
  } catch {
    toast('The workbench did not answer. Is it still running?');
  }
  return null;
}
