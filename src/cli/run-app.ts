import { startApp } from '../compose/start-app.ts';
import { readConfig } from '../config.ts';
import { createLog } from '../log.ts';
import { failure } from './program.ts';
import { readEnvFile } from './read-env-file.ts';

/**
 * Runs the app until it is told to stop; resolves with the exit status.
 *
 * The first signal lets go of the database and of Slack in order, a second one does not wait.
 */
export async function runApp(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  try {
    readEnvFile(process.cwd());
    const config = readConfig(env);
    const log = createLog(config.logLevel);
    const app = await startApp(config, log);
    log.info(
      app.page === null
        ? 'Lodestar is connected to Slack'
        : `Lodestar is ready: open ${app.page} and ask, for example, /icp list tier 1`,
    );
    await toldToStop();
    await app.stop();
    return 0;
  } catch (error) {
    const { exitCode, sentence } = failure(error);
    process.stderr.write(`lodestar: ${sentence}\n`);
    if (env.LOG_LEVEL === 'debug') console.error(error);
    return exitCode;
  }
}

function toldToStop(): Promise<void> {
  let stopping = false;
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        if (stopping) process.exit(1);
        stopping = true;
        resolve();
      });
    }
  });
}
