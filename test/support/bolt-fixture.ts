import { App, type AppOptions, LogLevel } from '@slack/bolt';
import { startWorkbench, type Workbench, type WorkbenchOptions } from '../../src/workbench/server.ts';
import type { WorkspaceOptions } from '../../src/workbench/slack/workspace.ts';

/** A small company: three people, three channels, one app that is in two of them. */
export const COMPANY: WorkspaceOptions = {
  team: { id: 'T0001', name: 'Northwind', domain: 'northwind' },
  users: [
    {
      id: 'U0DANA',
      name: 'dana',
      realName: 'Dana Okafor',
      email: 'dana@northwind.test',
      title: 'RevOps',
      color: '#7c3aed',
    },
    {
      id: 'U0SAM',
      name: 'sam',
      realName: 'Sam Reyes',
      email: 'sam@northwind.test',
      title: 'Sales leader',
      color: '#0b7a5c',
    },
    { id: 'U0RITA', name: 'rita', realName: 'Rita Lund', email: 'rita@northwind.test', title: 'Rep', color: '#c2410c' },
  ],
  channels: [
    { id: 'C0ICP', name: 'icp', purpose: 'Who we sell to', members: ['U0DANA', 'U0SAM', 'U0RITA', 'U0BOT'] },
    { id: 'C0PLAIN', name: 'random', purpose: 'Anything', members: ['U0DANA', 'U0RITA'] },
    { id: 'C0SECRET', name: 'board', purpose: 'Board', members: ['U0SAM'], isPrivate: true },
    { id: 'C0OPS', name: 'revops', purpose: 'Operations', members: ['U0DANA', 'U0BOT'], isPrivate: true },
  ],
  usergroups: [{ id: 'S0OPS', handle: 'revops', name: 'RevOps', users: ['U0DANA'] }],
  app: {
    id: 'A0LODE',
    botUserId: 'U0BOT',
    botName: 'Helper',
    commands: [
      { name: '/echo', description: 'Say it back', usageHint: '[words]' },
      { name: '/slow', description: 'Answers too late', usageHint: '' },
      { name: '/form', description: 'Opens a form', usageHint: '' },
    ],
    home: true,
    suggestedPrompts: [{ title: 'Say hello', message: 'hello' }],
  },
};

export interface Running {
  workbench: Workbench;
  app: App;
  stop(): Promise<void>;
}

/** Starts a workbench on a free port and a real Bolt app against it; `listen` registers the app's listeners. */
export async function startBolt(
  listen: (app: App) => void,
  options: Partial<WorkbenchOptions> & { app?: Partial<AppOptions> } = {},
): Promise<Running> {
  const { app: appOptions, ...given } = options;
  const workbench = await startWorkbench({ port: 0, workspace: COMPANY, ...given });
  const app = new App({
    token: workbench.botToken,
    appToken: workbench.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workbench.apiUrl },
    ...appOptions,
  });
  listen(app);
  await app.start();
  return {
    workbench,
    app,
    async stop() {
      await app.stop();
      await workbench.waitFor(() => workbench.connected() === 0);
      await workbench.close();
    },
  };
}
