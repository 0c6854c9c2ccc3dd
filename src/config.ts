import { resolve } from 'node:path';
import { z } from 'zod';
import { UsageError } from './errors.ts';

/**
 * Everything that the environment decides, decided once and named. Below the composition root nobody reads `process.env`.
 *
 * `.env.example` has the same variables, one line each.
 */
export interface Config {
  dataDir: string;
  database: { kind: 'embedded' } | { kind: 'server'; url: string };
  slack:
    | { kind: 'workbench' }
    | { kind: 'socket'; botToken: string; appToken: string; apiUrl: string | undefined }
    | { kind: 'http'; botToken: string; signingSecret: string; apiUrl: string | undefined };
  languageModel: { kind: 'none' } | { kind: 'anthropic'; apiKey: string; baseUrl: string | undefined; model: string };
  salesforce:
    | { kind: 'none' }
    | { kind: 'client credentials'; loginUrl: string; clientId: string; clientSecret: string }
    | { kind: 'jwt'; loginUrl: string; clientId: string; username: string; privateKeyFile: string };
  host: string;
  port: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  rolesFile: string | undefined;
}

const optional = z
  .string()
  .trim()
  .transform((text) => (text === '' ? undefined : text))
  .optional();

const schema = z.object({
  DATA_DIR: optional,
  DATABASE_URL: optional.refine(
    (url) => url === undefined || /^postgres(ql)?:\/\//.test(url),
    'must begin with postgres:// (or be absent for the embedded database)',
  ),
  SLACK_BOT_TOKEN: optional.refine(
    (token) => token === undefined || token.startsWith('xoxb-'),
    'must begin with xoxb-; it is under OAuth & Permissions of the Slack app',
  ),
  SLACK_APP_TOKEN: optional.refine(
    (token) => token === undefined || token.startsWith('xapp-'),
    'must begin with xapp-; it is under Basic Information, App-Level Tokens',
  ),
  SLACK_SIGNING_SECRET: optional,
  SLACK_API_URL: optional.refine((url) => url === undefined || URL.canParse(url), 'must be a URL'),
  ANTHROPIC_API_KEY: optional,
  ANTHROPIC_BASE_URL: optional.refine((url) => url === undefined || URL.canParse(url), 'must be a URL'),
  LODESTAR_LANGUAGE_MODEL: optional,
  SF_LOGIN_URL: optional.refine(
    (url) => url === undefined || /^(https:\/\/[\w.-]+|http:\/\/(127\.0\.0\.1|localhost))(:\d+)?\/?$/.test(url),
    "must be the org's My Domain address, https://….my.salesforce.com; it is under Setup, My Domain",
  ),
  SF_CLIENT_ID: optional,
  SF_CLIENT_SECRET: optional,
  SF_USERNAME: optional,
  SF_PRIVATE_KEY_FILE: optional,
  PORT: optional.refine(
    (port) => port === undefined || (/^\d+$/.test(port) && Number(port) <= 65_535),
    'must be a port number, 0 to 65535',
  ),
  HOST: optional,
  LOG_LEVEL: optional.refine(
    (level) => level === undefined || ['debug', 'info', 'warn', 'error', 'silent'].includes(level),
    'must be debug, info, warn, error or silent',
  ),
  LODESTAR_ROLES_FILE: optional,
});

/** The variables that `readConfig` knows, for the test that holds `.env.example` to them. */
export const variables = Object.keys(schema.shape);

/**
 * Reads the environment.
 *
 * @throws {UsageError} with every complaint at once, each naming its variable
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = schema.safeParse(env);
  const complaints = parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
  const known: z.output<typeof schema> = parsed.success ? parsed.data : {};
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = known;
  const isSet = (name: keyof typeof schema.shape) => (env[name] ?? '').trim() !== '';
  const listens = isSet('SLACK_APP_TOKEN') || isSet('SLACK_SIGNING_SECRET');
  if (isSet('SLACK_BOT_TOKEN') && !listens) {
    complaints.push('SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it');
  }
  if (listens && !isSet('SLACK_BOT_TOKEN')) {
    complaints.push('SLACK_APP_TOKEN and SLACK_SIGNING_SECRET need SLACK_BOT_TOKEN beside them');
  }
  complaints.push(...salesforceComplaints(isSet, known.SF_LOGIN_URL));
  if (complaints.length > 0) throw new UsageError(`the environment needs a change: ${complaints.join('; ')}`);
  return Object.freeze<Config>({
    dataDir: resolve(known.DATA_DIR ?? '.lodestar'),
    database: known.DATABASE_URL === undefined ? { kind: 'embedded' } : { kind: 'server', url: known.DATABASE_URL },
    slack: slackOf(botToken, appToken, signingSecret, known.SLACK_API_URL),
    languageModel:
      known.ANTHROPIC_API_KEY === undefined
        ? { kind: 'none' }
        : {
            kind: 'anthropic',
            apiKey: known.ANTHROPIC_API_KEY,
            baseUrl: known.ANTHROPIC_BASE_URL,
            model: known.LODESTAR_LANGUAGE_MODEL ?? 'claude-sonnet-5-5',
          },
    salesforce: salesforceOf(known),
    host: known.HOST ?? '127.0.0.1',
    port: Number(known.PORT ?? 3000),
    logLevel: (known.LOG_LEVEL ?? 'info') as Config['logLevel'],
    rolesFile: known.LODESTAR_ROLES_FILE === undefined ? undefined : resolve(known.LODESTAR_ROLES_FILE),
  });
}

function slackOf(
  botToken: string | undefined,
  appToken: string | undefined,
  signingSecret: string | undefined,
  apiUrl: string | undefined,
): Config['slack'] {
  if (botToken === undefined) return { kind: 'workbench' };
  if (appToken !== undefined) return { kind: 'socket', botToken, appToken, apiUrl };
  return { kind: 'http', botToken, signingSecret: signingSecret ?? '', apiUrl };
}

/** What is half said of Salesforce. */
function salesforceComplaints(
  isSet: (name: keyof typeof schema.shape) => boolean,
  loginUrl: string | undefined,
): string[] {
  const [address, app] = [isSet('SF_LOGIN_URL'), isSet('SF_CLIENT_ID')];
  const [secret, user, key] = [isSet('SF_CLIENT_SECRET'), isSet('SF_USERNAME'), isSet('SF_PRIVATE_KEY_FILE')];
  if (![address, app, secret, user, key].some(Boolean)) return [];
  const complaints: string[] = [];
  if (!address) complaints.push('SF_LOGIN_URL is needed beside the other SF_ variables');
  if (!app) complaints.push('SF_CLIENT_ID is needed beside the other SF_ variables: the consumer key of the app');
  if (user !== key)
    complaints.push(
      `${user ? 'SF_USERNAME needs SF_PRIVATE_KEY_FILE' : 'SF_PRIVATE_KEY_FILE needs SF_USERNAME'} beside it`,
    );
  if (secret && key) complaints.push('SF_CLIENT_SECRET and SF_PRIVATE_KEY_FILE are two ways to sign in; leave one out');
  if (!secret && !user && !key)
    complaints.push('SF_CLIENT_ID needs SF_CLIENT_SECRET, or SF_USERNAME with SF_PRIVATE_KEY_FILE, beside it');
  if (secret && /\/\/(login|test)\.salesforce\.com/.test(loginUrl ?? ''))
    complaints.push("SF_LOGIN_URL must be the org's My Domain address where SF_CLIENT_SECRET is used");
  return complaints;
}

function salesforceOf(known: z.output<typeof schema>): Config['salesforce'] {
  const {
    SF_LOGIN_URL: loginUrl,
    SF_CLIENT_ID: clientId,
    SF_CLIENT_SECRET: clientSecret,
    SF_USERNAME: username,
  } = known;
  if (loginUrl === undefined || clientId === undefined) return { kind: 'none' };
  if (clientSecret !== undefined) return { kind: 'client credentials', loginUrl, clientId, clientSecret };
  if (username === undefined || known.SF_PRIVATE_KEY_FILE === undefined) return { kind: 'none' };
  return { kind: 'jwt', loginUrl, clientId, username, privateKeyFile: resolve(known.SF_PRIVATE_KEY_FILE) };
}
