/** What a call is answered with, before anything goes wrong with it. */
export interface Answer {
  status: number;
  type: string;
  headers: Record<string, string>;
  /** In pieces where it may be long. */
  body: string | Iterable<string> | AsyncIterable<string>;
}

/** A value as JSON. */
export function jsonAnswer(value: unknown, status = 200, headers: Record<string, string> = {}): Answer {
  return { status, type: 'application/json;charset=UTF-8', headers, body: JSON.stringify(value) };
}

/** Lines of CSV, read as they are sent. */
export function csvAnswer(body: Answer['body'], headers: Record<string, string> = {}): Answer {
  return { status: 200, type: 'text/csv', headers, body };
}

/** Done, with nothing to say. */
export function emptyAnswer(status = 204): Answer {
  return { status, type: '', headers: {}, body: '' };
}

/**
 * A refusal as Salesforce words it: an array with one entry.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export function errorAnswer(
  status: number,
  errorCode: string,
  message: string,
  fields: readonly string[] = [],
): Answer {
  return jsonAnswer([{ message, errorCode, ...(fields.length > 0 ? { fields } : {}) }], status);
}
