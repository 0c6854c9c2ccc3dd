import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, it } from 'node:test';
import { readConfig, variables } from '../src/config.ts';
import { UsageError } from '../src/errors.ts';

function complaintOf(env: Record<string, string>): string {
  try {
    readConfig(env);
  } catch (error) {
    assert.ok(error instanceof UsageError);
    return error.message;
  }
  assert.fail(`nothing was wrong with ${JSON.stringify(env)}`);
}

describe('readConfig', () => {
  it('needs nothing: then it is the company in a box on this machine', () => {
    const nothing = readConfig({});
    assert.deepEqual(nothing, {
      ...{ dataDir: resolve('.lodestar'), database: { kind: 'embedded' }, slack: { kind: 'workbench' } },
      ...{
        languageModel: { kind: 'none' },
        salesforce: { kind: 'none' },
        host: '127.0.0.1',
        port: 3000,
        logLevel: 'info',
        rolesFile: undefined,
      },
    });
    assert.ok(Object.isFrozen(nothing));
    const blank = Object.fromEntries(variables.map((name) => [name, '  ']));
    assert.deepEqual(readConfig(blank), nothing, 'a variable that is set to nothing is not set');
  });

  it('reads what is set', () => {
    const config = readConfig({
      ...{ DATA_DIR: '/data', DATABASE_URL: 'postgres://u:p@h/d', PORT: '0', HOST: '0.0.0.0', LOG_LEVEL: 'debug' },
      ...{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1', SLACK_API_URL: 'http://127.0.0.1:1/api/' },
      ...{ ANTHROPIC_API_KEY: 'k', LODESTAR_LANGUAGE_MODEL: 'm', LODESTAR_ROLES_FILE: 'roles.yaml', OTHER: 'ignored' },
    });
    assert.deepEqual([config.dataDir, config.port, config.host, config.logLevel], ['/data', 0, '0.0.0.0', 'debug']);
    assert.deepEqual(config.database, { kind: 'server', url: 'postgres://u:p@h/d' });
    assert.deepEqual(config.slack, {
      ...{ kind: 'socket', botToken: 'xoxb-1', appToken: 'xapp-1', apiUrl: 'http://127.0.0.1:1/api/' },
    });
    assert.deepEqual(config.languageModel, { kind: 'anthropic', apiKey: 'k', baseUrl: undefined, model: 'm' });
    const http = readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's' });
    assert.equal(http.slack.kind, 'http');
  });

  it('says every complaint at once, each with its variable and what to write', () => {
    const said = complaintOf({
      ...{ DATABASE_URL: 'mysql://x', SLACK_APP_TOKEN: 'xoxb-1', PORT: '70000', LOG_LEVEL: 'loud' },
      ...{ SLACK_API_URL: 'nowhere', ANTHROPIC_BASE_URL: 'nowhere' },
    });
    for (const part of [
      /DATABASE_URL must begin with postgres:\/\//,
      /SLACK_APP_TOKEN must begin with xapp-/,
      /PORT must be a port number/,
      /LOG_LEVEL must be debug, info, warn, error or silent/,
      /SLACK_API_URL must be a URL/,
      /ANTHROPIC_BASE_URL must be a URL/,
      /need SLACK_BOT_TOKEN beside them/,
    ]) {
      assert.match(said, part);
    }
  });

  it('tells which half of a pair is missing', () => {
    assert.match(complaintOf({ SLACK_BOT_TOKEN: 'xoxb-1' }), /needs SLACK_APP_TOKEN.*or SLACK_SIGNING_SECRET/);
    assert.match(complaintOf({ SLACK_SIGNING_SECRET: 's' }), /need SLACK_BOT_TOKEN/);
  });

  it('reads how to sign in to Salesforce, either way', () => {
    const app = { SF_LOGIN_URL: 'https://acme.my.salesforce.com', SF_CLIENT_ID: 'key' };
    assert.deepEqual(readConfig({ ...app, SF_CLIENT_SECRET: 's' }).salesforce, {
      ...{ kind: 'client credentials', loginUrl: app.SF_LOGIN_URL, clientId: 'key', clientSecret: 's' },
    });
    assert.deepEqual(readConfig({ ...app, SF_USERNAME: 'l@acme.example', SF_PRIVATE_KEY_FILE: 'key.pem' }).salesforce, {
      ...{ kind: 'jwt', loginUrl: app.SF_LOGIN_URL, clientId: 'key' },
      ...{ username: 'l@acme.example', privateKeyFile: resolve('key.pem') },
    });
  });

  it('tells what is half said of Salesforce', () => {
    const url = 'https://acme.my.salesforce.com';
    const cases: [Record<string, string>, RegExp][] = [
      [{ SF_LOGIN_URL: url }, /SF_CLIENT_ID is needed.*SF_CLIENT_SECRET, or SF_USERNAME/],
      [{ SF_CLIENT_SECRET: 's' }, /SF_LOGIN_URL is needed.*SF_CLIENT_ID is needed/],
      [{ SF_LOGIN_URL: url, SF_CLIENT_ID: 'k', SF_USERNAME: 'u' }, /SF_USERNAME needs SF_PRIVATE_KEY_FILE/],
      [{ SF_LOGIN_URL: url, SF_CLIENT_ID: 'k', SF_PRIVATE_KEY_FILE: 'f' }, /SF_PRIVATE_KEY_FILE needs SF_USERNAME/],
      [
        { SF_LOGIN_URL: url, SF_CLIENT_ID: 'k', SF_CLIENT_SECRET: 's', SF_USERNAME: 'u', SF_PRIVATE_KEY_FILE: 'f' },
        /two ways to sign in/,
      ],
      [
        { SF_LOGIN_URL: 'https://login.salesforce.com', SF_CLIENT_ID: 'k', SF_CLIENT_SECRET: 's' },
        /My Domain address where/,
      ],
      [
        { SF_LOGIN_URL: 'http://acme.my.salesforce.com', SF_CLIENT_ID: 'k', SF_CLIENT_SECRET: 's' },
        /SF_LOGIN_URL must be/,
      ],
    ];
    for (const [env, words] of cases) assert.match(complaintOf(env), words);
  });

  it('repeats no secret in a complaint', () => {
    assert.ok(
      !complaintOf({ SLACK_BOT_TOKEN: 'secret-token', DATABASE_URL: 'http://u:password@h' }).match(/secret|password/),
    );
  });
});

describe('.env.example', () => {
  const lines = readFileSync(join(import.meta.dirname, '../.env.example'), 'utf8').split('\n');
  const entries = lines.filter((line) => line !== '' && !line.startsWith('#'));

  it('has exactly the variables that are read, one line each, with what they mean', () => {
    assert.deepEqual(entries.map((line) => line.split('=')[0]).sort(), [...variables].sort());
    for (const line of entries) assert.match(line, /^[A-Z_]+=\S* +# \S/);
  });

  it('changes nothing when it is copied as it is', () => {
    const env = Object.fromEntries(
      entries.map((line) => [line.split('=')[0] ?? '', line.split('=')[1]?.split('#')[0]?.trim() ?? '']),
    );
    assert.deepEqual(readConfig(env), readConfig({}));
  });
});
