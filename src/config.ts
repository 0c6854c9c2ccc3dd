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
  const known = parsed.success ? parsed.data : {};
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = known;
  const isSet = (name: keyof typeof schema.shape) => (env[name] ?? '').trim() !== '';
  const listens = isSet('SLACK_APP_TOKEN') || isSet('SLACK_SIGNING_SECRET');
  if (isSet('SLACK_BOT_TOKEN') && !listens) {
    complaints.push('SLACK_BOT_TOKEN needs SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET (HTTP) beside it');
  }
  if (listens && !isSet('SLACK_BOT_TOKEN')) {
    complaints.push('SLACK_APP_TOKEN and SLACK_SIGNING_SECRET need SLACK_BOT_TOKEN beside them');
  }
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
