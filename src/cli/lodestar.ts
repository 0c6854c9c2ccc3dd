import { userInfo } from 'node:os';
import { openLodestar } from '../compose/open-lodestar.ts';
import { startApp } from '../compose/start-app.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { visitFolder } from '../store/lock.ts';
import { outputTo, terminal } from './output.ts';
import { failure, parseCommandLine } from './program.ts';
import { askHolder } from './through-app.ts';

/** The command line: `npm run -s lodestar -- COMMAND`. */
async function main(argv: readonly string[]): Promise<number> {
  const invocation = parseCommandLine(argv);
  if (invocation.kind === 'text') {
    (invocation.exitCode === 0 ? process.stdout : process.stderr).write(invocation.text);
    return invocation.exitCode;
  }
  const screen = terminal();
  try {
    const context = { cwd: process.cwd(), operator: userInfo().username };
    if (invocation.kind === 'command' && 'runAlone' in invocation.command) {
      await invocation.command.runAlone({
        ...invocation.asked,
        ...context,
        out: outputTo(invocation.json, screen.write),
      });
      return 0;
    }
    const config = readConfig(process.env);
    const log = createLog(process.env.LOG_LEVEL === undefined ? 'warn' : config.logLevel);
    if (invocation.kind === 'start') {
      await startApp(config, createLog(config.logLevel));
      return await new Promise<number>(() => {});
    }
    const holder = config.database.kind === 'embedded' ? await visitFolder(config.dataDir) : null;
    if (holder !== null) return await askHolder(holder, { argv: [...argv], ...context }, screen.write);
    const lodestar = await openLodestar(config, log);
    try {
      if ('run' in invocation.command)
        await invocation.command.run(lodestar, {
          ...invocation.asked,
          ...context,
          out: outputTo(invocation.json, screen.write),
        });
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
