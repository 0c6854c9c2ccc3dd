import { userInfo } from 'node:os';
import { readConfig } from '../config.ts';
import { quickStart } from '../quick-start.ts';
import { visitFolder } from '../store/lock.ts';
import { outputTo, terminal } from './output.ts';
import { failure, parseCommandLine } from './program.ts';
import { readEnvFile } from './read-env-file.ts';
import { askHolder } from './through-app.ts';

quickStart();

/**
 * The command line: `npm run -s lodestar -- COMMAND`.
 *
 * Modules are imported when they are needed: help and a visit to the running app need neither database nor Slack.
 */
async function main(argv: readonly string[]): Promise<number> {
  const invocation = await parseCommandLine(argv);
  if (invocation.kind === 'text') {
    (invocation.exitCode === 0 ? process.stdout : process.stderr).write(invocation.text);
    return invocation.exitCode;
  }
  if (invocation.kind === 'start') {
    const { runApp } = await import('./run-app.ts');
    process.exit(await runApp(process.env));
  }
  const screen = terminal();
  const { command, json, asked } = invocation;
  try {
    const context = { cwd: process.cwd(), operator: userInfo().username };
    const out = outputTo(json, screen.write);
    if ('runAlone' in command) {
      await command.runAlone({ ...asked, ...context, out });
      return 0;
    }
    readEnvFile(process.cwd());
    const config = readConfig(process.env);
    const holder = config.database.kind === 'embedded' ? await visitFolder(config.dataDir) : null;
    if (holder !== null) return await askHolder(holder, { argv: [...argv], ...context }, screen.write);
    const { openLodestar } = await import('../compose/open-lodestar.ts');
    const { createLog } = await import('../log.ts');
    const lodestar = await openLodestar(
      config,
      createLog(process.env.LOG_LEVEL === undefined ? 'warn' : config.logLevel),
    );
    try {
      await command.run(lodestar, { ...asked, ...context, out });
      return 0;
    } finally {
      await lodestar.close();
    }
  } catch (error) {
    const { exitCode, sentence } = failure(error);
    screen.write({ kind: 'say', text: `lodestar: ${sentence}` });
    if (process.env.LOG_LEVEL === 'debug') console.error(error);
    return exitCode;
  } finally {
    screen.end();
  }
}

process.exitCode = await main(process.argv.slice(2));
