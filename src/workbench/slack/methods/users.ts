import type { Method } from '../api.ts';
import { SlackApiError } from '../api-error.ts';
import { asFlag, asText } from '../json.ts';
import { channelType, wireConversation, wireUser } from '../payloads.ts';
import { SLACKBOT } from '../state.ts';
import { pageOf, required } from './arguments.ts';

/** People and their groups. @see https://docs.slack.dev/reference/methods?family=users */
export const userMethods: Record<string, Method> = {
  'users.info': ({ state }, args) => {
    const user = wireUser(state, required(args, 'user'));
    if (!user) throw new SlackApiError('user_not_found');
    return { user };
  },

  'users.list': ({ state }, args) => {
    const { users, app } = state.workspace;
    const ids = [...users.map((user) => user.id), app.botUserId, SLACKBOT];
    const { page, next } = pageOf(ids, args);
    return {
      members: page.map((id) => wireUser(state, id) ?? null),
      cache_ts: Math.floor(state.clock() / 1000),
      response_metadata: { next_cursor: next },
    };
  },

  'users.lookupByEmail': ({ state }, args) => {
    const email = required(args, 'email').toLowerCase();
    const found = state.workspace.users.find((user) => user.email.toLowerCase() === email);
    if (!found) throw new SlackApiError('users_not_found');
    return { user: wireUser(state, found.id) ?? null };
  },

  'users.conversations': ({ state }, args) => {
    const user = asText(args.user) || state.workspace.app.botUserId;
    const types = (asText(args.types) || 'public_channel').split(',');
    const all = [...state.conversations.values()].filter(
      (one) =>
        one.members.has(user) &&
        types.includes({ channel: 'public_channel', group: 'private_channel', im: 'im' }[channelType(one)]),
    );
    const { page, next } = pageOf(all, args);
    return { channels: page.map((one) => wireConversation(state, one)), response_metadata: { next_cursor: next } };
  },

  'usergroups.list': ({ state }, args) => ({
    usergroups: (state.workspace.usergroups ?? []).map((group) => ({
      id: group.id,
      team_id: state.workspace.team.id,
      is_usergroup: true,
      name: group.name,
      handle: group.handle,
      user_count: group.users.length,
      ...(asFlag(args.include_users) ? { users: group.users } : {}),
    })),
  }),

  'usergroups.users.list': ({ state }, args) => {
    const id = required(args, 'usergroup');
    const found = state.workspace.usergroups?.find((group) => group.id === id);
    if (!found) throw new SlackApiError('no_such_subteam');
    return { users: found.users };
  },
};
