import { respondThrough } from './response-urls.ts';
import type { LocalSlack } from './slack.ts';
import { addMessage, SLACKBOT } from './state.ts';

/** Slash commands do not run in threads. @see https://docs.slack.dev/interactivity/implementing-slash-commands */
const NOT_IN_THREADS = 'does not run in threads; type it in the channel';

/**
 * A person types a slash command.
 *
 * The app must acknowledge in three seconds, or the person reads "failed with the error "operation_timeout""; when no
 * app is connected the word is "dispatch_failed". What it acknowledges with is shown, to the person only unless
 * `response_type` is `in_channel`.
 *
 * @see https://docs.slack.dev/interactivity/implementing-slash-commands#responding_to_commands
 */
export async function runCommand(
  slack: LocalSlack,
  user: string,
  channel: string,
  line: string,
  threadTs?: string,
): Promise<void> {
  const { state } = slack;
  const { app, team, users } = state.workspace;
  const [command = '', ...words] = line.trim().split(/\s+/);
  const text = line.trim().slice(command.length).trim();
  const say = (words: string) =>
    addMessage(state, {
      channel,
      user: SLACKBOT,
      text: words,
      ephemeralTo: user,
      bySlack: true,
      ...(threadTs ? { threadTs } : {}),
    });
  if (threadTs) {
    say(`\`${command}\` ${NOT_IN_THREADS}`);
    return;
  }
  if (command === '/invite' && words.some((word) => word.includes(app.botName) || word.includes(app.botUserId))) {
    state.conversations.get(channel)?.members.add(app.botUserId);
    say(`${app.botName} has been added to the conversation.`);
    return;
  }
  if (!app.commands.some((known) => known.name === command)) {
    say(`\`${command}\` is not a command here; type / to see those there are`);
    return;
  }
  const conversation = state.conversations.get(channel);
  const responseUrl = slack.responseUrls.issue(slack.origin(), { user, channel });
  const result = await slack.sockets.deliver({
    type: 'slash_commands',
    name: command,
    acceptsResponse: true,
    payload: {
      token: 'local',
      team_id: team.id,
      team_domain: team.domain,
      channel_id: channel,
      channel_name:
        conversation?.withUser || conversation?.isBetweenPeople ? 'directmessage' : (conversation?.name ?? ''),
      user_id: user,
      user_name: users.find((one) => one.id === user)?.name ?? '',
      command,
      text,
      api_app_id: app.id,
      is_enterprise_install: 'false',
      response_url: responseUrl,
      trigger_id: slack.triggers.issue(user),
    },
  });
  if (result.outcome !== 'acknowledged') {
    const error = result.outcome === 'timeout' ? 'operation_timeout' : 'dispatch_failed';
    say(`${command} failed with the error "${error}"`);
    return;
  }
  if (result.payload.text || result.payload.blocks) {
    respondThrough(slack, responseUrl.split('/').pop() ?? '', result.payload);
  }
}
