import { SalesforceError } from '../api-error.ts';
import { type Answer, errorAnswer, jsonAnswer } from './answer.ts';
import { answerComposite } from './composite.ts';
import type { Api, ApiRequest, Route } from './context.ts';
import { answerLimits } from './limits.ts';
import { answerSobjects } from './sobjects.ts';
import { answerSubrequests } from './subrequests.ts';

/** The versions that the local org answers to. Spring '26 is 66. */
const versions = [60, 61, 62, 63, 64, 65, 66, 67, 68];

/**
 * `/services/data`: which versions there are. It needs no token.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_versions.htm
 */
export function answerVersions(): Answer {
  return jsonAnswer(
    versions.map((each) => ({ label: `Release ${each}`, url: `/services/data/v${each}.0`, version: `${each}.0` })),
  );
}

/**
 * Finds the route of a call; what it throws becomes an answer.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_discoveryresource.htm
 */
export function dispatch(api: Api, request: ApiRequest, more: Readonly<Record<string, Route>>): Answer {
  const { origin, path, version } = request;
  const routes: Record<string, Route> = {
    sobjects: answerSobjects,
    composite: (_, asked) =>
      asked.path.length === 1
        ? answerSubrequests(asked, (call) => dispatch(api, call, more))
        : answerComposite(api, asked),
    limits: answerLimits,
    ...more,
  };
  try {
    const [first = ''] = path;
    if (first === '') {
      return jsonAnswer(
        Object.fromEntries(Object.keys(routes).map((name) => [name, `${origin}/services/data/${version}/${name}`])),
      );
    }
    const route = versions.includes(Number(version.slice(1))) ? routes[first.toLowerCase()] : undefined;
    if (route === undefined) throw new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
    return route(api, request);
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    return errorAnswer(error.status, error.errorCode, error.message, error.fields);
  }
}
