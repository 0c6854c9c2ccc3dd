import type { Turn } from '../../src/agent/conversation.ts';
import { AccountNotFoundError, IcpError } from '../../src/errors.ts';
import type { Answer, Questions } from '../../src/questions/types.ts';
import { createSlackApp, type SlackApp, type SlackDeps } from '../../src/slack/app.ts';
import { FakeReceiver, FakeSlack } from './fake-slack.ts';
import { aScoreAnswer } from './slack-answers.ts';
import { readMessage } from './slack-block-kit.ts';

export interface LogLine {
  level: 'info' | 'warn' | 'error';
  details: object;
  message: string;
}

/** The real app on a fake workspace: real Bolt and real client, answers by hand. */
export interface SlackDesk {
  slack: FakeSlack;
  receiver: FakeReceiver;
  app: SlackApp;
  log: LogLine[];
  stop(): Promise<void>;
}

export async function openSlackDesk(more: Partial<SlackDeps> = {}): Promise<SlackDesk> {
  const slack = new FakeSlack();
  await slack.listen();
  const receiver = new FakeReceiver();
  const { deps, log } = slackDeps(slack, more);
  const app = createSlackApp(deps, receiver);
  await app.start();
  return {
    slack,
    receiver,
    app,
    log,
    async stop() {
      await app.stop();
      await slack.close();
    },
  };
}

export function slackDeps(slack: FakeSlack, more: Partial<SlackDeps> = {}): { deps: SlackDeps; log: LogLine[] } {
  const log: LogLine[] = [];
  const claimed = new Set<string>();
  const write = (level: LogLine['level']) => (details: object, message: string) => {
    log.push({ level, details, message });
  };
  const deps: SlackDeps = {
    connection: { mode: 'socket', botToken: 'xoxb-fake', appToken: 'xapp-fake', apiUrl: slack.apiUrl },
    questions: fakeQuestions(),
    conversation: {
      turn: async ({ question }) => aTurn({ text: `You asked: ${question}` }),
      note: async () => {},
    },
    people: async (slackId) => ({ email: `${slackId}@ours.example`, slackId, name: 'Dana', role: 'revops' }),
    claimEvent: async (key) => !claimed.has(key) && claimed.add(key).has(key),
    log: { info: write('info'), warn: write('warn'), error: write('error') },
    drawPicture: null,
    now: () => 0,
    ...more,
  };
  return { deps, log };
}

/** The messages that were posted, as text. */
export function postedTexts(slack: FakeSlack): string[] {
  return slack
    .callsOf('chat.postMessage')
    .map(({ blocks }) => readMessage({ blocks: Array.isArray(blocks) ? blocks : [] }));
}

export function aTurn(more: Partial<Turn> = {}): Turn {
  return { text: '', cards: [], figures: [], tools: [], mode: 'template', refused: null, choices: [], ...more };
}

/** Answers about Halden Logistics only; anything else is not found, with Halden as the nearest. */
export function fakeQuestions(more: Partial<Questions> = {}): Questions {
  const absent = async (): Promise<never> => {
    throw new IcpError('no_model', 'this needs an active model, there is none; run analyze first');
  };
  return {
    async explain(account): Promise<Answer<ReturnType<typeof aScoreAnswer>['card']>> {
      if (/halden|001/i.test(account)) return aScoreAnswer();
      throw new AccountNotFoundError(`no account is called ${account}; try a domain`, [
        { book: 'main', id: '001', name: 'Halden Logistics' },
      ]);
    },
    compare: absent,
    list: absent,
    criteria: absent,
    coverage: absent,
    history: absent,
    report: absent,
    receipt: absent,
    suggest: async () => [],
    ...more,
  };
}

/** `/icp ...` as Slack sends it. */
export function slashCommand(slack: FakeSlack, text: string): Record<string, unknown> {
  return {
    command: '/icp',
    text,
    user_id: 'U1',
    user_name: 'dana',
    channel_id: 'C1',
    channel_name: 'sales',
    team_id: 'T1',
    team_domain: 'fake',
    api_app_id: 'A1',
    token: 'legacy',
    trigger_id: '1.2.3',
    response_url: `${slack.origin}/respond`,
  };
}
