import { runApp } from './cli/run-app.ts';

/** `npm start`: the app, until it is told to stop. */
process.exit(await runApp(process.env));
