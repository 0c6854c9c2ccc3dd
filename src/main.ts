import { failure } from './cli/program.ts';
import { startApp } from './compose/start-app.ts';
import { readConfig } from './config.ts';
import { createLog } from './log.ts';

/** `npm start`: the app, until it is told to stop. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const app = await startApp(config, log);
  log.info(
    app.page === null
      ? 'Lodestar is connected to Slack'
      : `Lodestar is ready: open ${app.page} and ask, for example, /icp list tier 1`,
  );
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      app.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: unknown) => {
  const { exitCode, sentence } = failure(error);
  process.stderr.write(`lodestar: ${sentence}\n`);
  if (process.env.LOG_LEVEL === 'debug') console.error(error);
  process.exit(exitCode);
});
