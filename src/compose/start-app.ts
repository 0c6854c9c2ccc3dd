import { serveVisitor } from '../cli/through-app.ts';
import type { Config } from '../config.ts';
import { decideAlert } from '../engine/decide-alert.ts';
import { mayRename, renameSegment } from '../engine/rename-segment.ts';
import type { Person } from '../icp/types.ts';
import type { Log } from '../log.ts';
import { bookOf, currentPin } from '../questions/pin.ts';
import { createSlackApp, type SlackApp } from '../slack/app.ts';
import type { SlackConnection } from '../slack/deps.ts';
import { listBooks } from '../store/books.ts';
import { claimSlackEvent } from '../store/conversations.ts';
import { listPeople, personBySlack, savePerson } from '../store/people.ts';
import { startWorkbench, type Workbench } from '../workbench/server.ts';
import { fillBox, lookThroughBox } from './box/company-in-a-box.ts';
import { localWorkspace, standIns } from './box/local-workspace.ts';
import { homeSettings } from './desks/home-settings.ts';
import { judgementsOf, noteDoubt } from './desks/judgements.ts';
import { createLeadsDesk } from './desks/leads-desk.ts';
import { proposalsIn } from './desks/proposals.ts';
import { publicationsIn } from './desks/publications.ts';
import { goThroughLeads } from './go-through-leads.ts';
import { healthPages } from './health.ts';
import { checkPort, serveHealth } from './listen.ts';
import { type Lodestar, openLodestar } from './open-lodestar.ts';
import { startJobs } from './start-jobs.ts';
import { tellOfCustomers } from './tell-people.ts';

export interface RunningApp {
  lodestar: Lodestar;
  /** The page of the local Slack; `null` with a real workspace. */
  page: string | null;
  workbench: Workbench | null;
  stop(): Promise<void>;
}

/**
 * Starts the app: with no configuration, the company in a box in a local Slack; otherwise the same app in a real workspace.
 */
export async function startApp(config: Config, log: Log): Promise<RunningApp> {
  let opened: Lodestar | null = null;
  const lodestar = await openLodestar(config, log, (socket) => {
    if (opened === null) socket.destroy();
    else serveVisitor(opened, socket);
  });
  opened = lodestar;
  let workbench: Workbench | null = null;
  let slack: SlackApp | null = null;
  let health: { close(): Promise<void> } | null = null;
  let jobs: { stop(): Promise<void> } | null = null;
  let connected = false;
  const stop = async () => {
    connected = false;
    lodestar.tellers = null;
    await jobs?.stop();
    await slack?.stop();
    await workbench?.close();
    await health?.close();
    await lodestar.close();
  };
  try {
    const pages = healthPages(lodestar, () => connected);
    if (config.slack.kind === 'workbench') {
      await checkPort(config.host, config.port);
      await fillBox(lodestar, progressTo(log));
      const workspace = localWorkspace(await peopleHere(lodestar));
      const org = await lodestar.localOrg();
      const beside = org === null ? {} : { beside: { name: 'Salesforce', path: '/salesforce', handler: org.handler } };
      workbench = await startWorkbench({ port: config.port, workspace, also: pages, ...beside });
    } else if (config.slack.kind === 'socket') {
      health = await serveHealth(pages, config.host, config.port);
    }
    slack = createSlackApp({
      connection: connectionOf(config, workbench),
      questions: lodestar.questions,
      conversation: lodestar.conversation,
      people: (slackId, email) => personBySlack(lodestar.store, slackId, email),
      claimEvent: (key) => claimSlackEvent(lodestar.store, key, lodestar.now()),
      flag: (doubt) => noteDoubt(lodestar, doubt),
      rename: (wanted) => nameSegment(lodestar, wanted),
      alerts: {
        decide: ({ alertId, by, decision }) => decideAlert(lodestar, { alertId, email: by.email, decision }),
      },
      leads: createLeadsDesk(lodestar),
      judgements: judgementsOf(lodestar),
      settings: homeSettings(lodestar),
      proposals: proposalsIn(lodestar),
      publications: publicationsIn(lodestar),
      log,
      now: lodestar.now,
    });
    await slack.start();
    connected = true;
    lodestar.tellers = slack.notifier;
    jobs = startJobs(lodestar, slack.notifier);
    if (workbench !== null) void tellBox(lodestar, slack.notifier);
    return { lodestar, page: workbench?.url ?? null, workbench, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function connectionOf({ slack, port }: Config, workbench: Workbench | null): SlackConnection {
  switch (slack.kind) {
    case 'workbench':
      return {
        mode: 'socket',
        botToken: workbench?.botToken ?? '',
        appToken: workbench?.appToken ?? '',
        apiUrl: workbench?.apiUrl ?? '',
      };
    case 'socket':
      return {
        mode: 'socket',
        botToken: slack.botToken,
        appToken: slack.appToken,
        ...(slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl }),
      };
    case 'http':
      return {
        mode: 'http',
        botToken: slack.botToken,
        signingSecret: slack.signingSecret,
        port,
        ...(slack.apiUrl === undefined ? {} : { apiUrl: slack.apiUrl }),
      };
  }
}

/** The people of the data folder, or one stand-in a role where it brought none. */
async function peopleHere({ store }: Lodestar): Promise<readonly Person[]> {
  const people = await listPeople(store);
  if (people.length > 0) return people;
  for (const person of standIns) await savePerson(store, person);
  return standIns;
}

/** One line of progress for each thing that is begun; counts only every now and then. */
function progressTo(log: Log): (what: string) => void {
  let last = '';
  return (what) => {
    const stem = what.replace(/:? [\d,]+ (rows|accounts).*$/, '');
    if (stem !== last) log.info(what.replace(/:? [\d,]+ (rows|accounts)$/, ''));
    last = stem;
  };
}

/** On the first start of the box nobody waits for the clock to see what is found, and what customer success would be told. */
async function tellBox(lodestar: Lodestar, notifier: SlackApp['notifier']): Promise<void> {
  try {
    for (const book of await listBooks(lodestar.store)) await goThroughLeads(lodestar, notifier, book);
    await lookThroughBox(lodestar);
    for (const book of await listBooks(lodestar.store)) await tellOfCustomers(lodestar, notifier, book);
  } catch (error) {
    lodestar.log.warn({ err: error }, 'the box was not looked through');
  }
}

/** Keeps a person's name for a segment of the last analysis. */
async function nameSegment(
  lodestar: Lodestar,
  { book, segment, name, by }: { book: string; segment: string; name: string; by: Person },
): Promise<{ before: string; name: string }> {
  mayRename(by);
  const pin = await currentPin(lodestar.store, await bookOf(lodestar.store, book));
  const at = { book, importId: pin.importId, asOf: pin.asOf };
  return renameSegment(lodestar, { ...at, segment, name, by: by.email });
}
