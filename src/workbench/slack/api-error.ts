import { IcpError } from '../../errors.ts';
import type { JsonObject } from './json.ts';

/**
 * A refusal by a Web API method: sent as `{ ok: false, error }` with status 200.
 *
 * Slack answers 200 for refusals. A 404 or 500 would make the official client retry for half an hour.
 *
 * @see https://docs.slack.dev/apis/web-api/#slack-web-api__evaluating-responses
 */
export class SlackApiError extends IcpError {
  readonly details: JsonObject;

  constructor(error: string, details: JsonObject = {}) {
    super(error, error);
    this.name = 'SlackApiError';
    this.details = details;
  }
}
