// @ts-check

/**
 * Everybody who can be mentioned, the app first.
 * @param {any} workspace
 */
export function mentionable(workspace) {
  const { app, users } = workspace;
  return [
    { id: app.botUserId, name: app.botName, handle: app.botName.toLowerCase(), title: 'App', kind: 'app' },
    ...users.map((/** @type {any} */ user) => ({
      id: user.id,
      name: user.realName,
      handle: user.name,
      title: user.title,
      color: user.color,
    })),
  ];
}

/**
 * What was typed, as Slack keeps it: names become `<@U...>`, channels `<#C...>`, and the three signs that mean something
 * are escaped. A command goes as it was typed.
 * @see https://docs.slack.dev/messaging/formatting-message-text#escaping
 * @param {string} text
 * @param {any} workspace
 */
export function withMentions(text, workspace) {
  if (text.startsWith('/')) return text;
  let result = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  for (const one of mentionable(workspace).sort((a, b) => b.name.length - a.name.length)) {
    result = result.replaceAll(`@${one.name}`, `<@${one.id}>`);
  }
  for (const channel of workspace.channels) {
    result = result.replace(new RegExp(`(^|\\s)#${channel.name}(?=$|[\\s.,?])`, 'g'), `$1<#${channel.id}>`);
  }
  return result;
}
