import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { checkBlocks } from '../block-limits.ts';
import { asObject } from '../json.ts';
import { botId, botProfile } from '../payloads.ts';

/** Who am I, where am I, and where do I connect. */
export const authMethods: Record<string, Method> = {
  'api.test': (_slack, args) => ({ args }),

  'auth.test': ({ state }) => {
    const { app, team } = state.workspace;
    return {
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: app.botName.toLowerCase(),
      team_id: team.id,
      user_id: app.botUserId,
      bot_id: botId(state),
      app_id: app.id,
      is_enterprise_install: false,
    };
  },

  'apps.connections.open': ({ sockets, origin }) => ({ url: sockets.issueUrl(origin()) }),

  'team.info': ({ state }) => {
    const { id, name, domain } = state.workspace.team;
    return { team: { id, name, domain, email_domain: '', icon: { image_default: true } } };
  },

  'bots.info': ({ state }, args) => {
    if (args.bot && args.bot !== botId(state)) throw new SlackApiError('bot_not_found');
    return { bot: botProfile(state) };
  },

  'emoji.list': () => ({ emoji: {} }),

  /** @see https://docs.slack.dev/reference/methods/blocks.validate takes no token */
  'blocks.validate': (_slack, args) => {
    const view = asObject(args.view);
    const problems =
      args.view === undefined ? checkBlocks(args.blocks) : checkBlocks(view.blocks, 'view', '/view/blocks');
    if (problems.length > 0) throw new SlackApiError('invalid_blocks', { response_metadata: { messages: problems } });
    return {};
  },
};
