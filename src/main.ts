import { quickStart } from './quick-start.ts';

quickStart();
const { runApp } = await import('./cli/run-app.ts');

/** `npm start`: the app, until it is told to stop. */
process.exit(await runApp(process.env));
