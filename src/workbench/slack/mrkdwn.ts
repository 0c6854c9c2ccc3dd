import { attributes, escapeHtml, safeLink } from './html.ts';
import { formatSlackDate } from './slack-date.ts';

/** Names for what a text refers to. */
export interface Names {
  user(id: string): string | undefined;
  channel(id: string): string | undefined;
  usergroup(id: string): string | undefined;
  emoji(name: string): string | undefined;
  timeZone: string;
}

/**
 * Slack's mrkdwn as HTML.
 *
 * It is not Markdown: one star is bold, there are no headings, lists or tables, and what is not markup is shown as it
 * stands. The block library reads it as Markdown and silently drops lines that look like HTML, headings or tables, so
 * we read it ourselves.
 *
 * @see https://docs.slack.dev/messaging/formatting-message-text
 */
export function renderMrkdwn(text: string, names: Names): string {
  return text
    .split(/```\n?([\s\S]*?)\n?```/)
    .map((part, i) => (i % 2 === 1 ? `<pre>${escapeHtml(decode(part))}</pre>` : renderLines(part, names)))
    .join('');
}

/** Plain text with its emoji: nothing else means anything. */
export function renderPlain(text: string, names: Names): string {
  return text
    .split(EMOJI)
    .map((part, i) => (i % 2 === 1 ? (names.emoji(part) ?? `:${escapeHtml(part)}:`) : escapeHtml(part)))
    .join('');
}

const EMOJI = /:([a-z0-9_+'-]+):/;

function renderLines(text: string, names: Names): string {
  const parts: { quote: boolean; lines: string[] }[] = [];
  for (const line of text.replace(/^\n|\n$/g, '').split('\n')) {
    const quoted = /^(?:>|&gt;) ?(.*)$/.exec(line);
    const last = parts.at(-1);
    const words = quoted?.[1] ?? line;
    if (last && last.quote === Boolean(quoted)) last.lines.push(words);
    else parts.push({ quote: Boolean(quoted), lines: [words] });
  }
  return parts
    .map(({ quote, lines }) => {
      const tag = quote ? 'blockquote' : 'p';
      const inside = lines.map((line) => renderInline(line, names)).join('\n');
      return inside ? `<${tag}>${inside}</${tag}>` : '';
    })
    .join('');
}

/** In the order in which they are looked for: references, code, bold, italic, struck, bare links, emoji. */
const INLINE = new RegExp(
  [
    /<([@#!][^<>\n]+|(?:https?|mailto|tel):[^<>\n]+)>/,
    /`([^`\n]+)`/,
    /(?<![\w*])\*(?! )((?:<[^>\n]*>|[^*\n])+?)(?<! )\*(?![\w*])/,
    /(?<!\w)_(?! )((?:<[^>\n]*>|[^_\n])+?)(?<! )_(?!\w)/,
    /(?<![\w~])~(?! )((?:<[^>\n]*>|[^~\n])+?)(?<! )~(?![\w~])/,
    /(https?:\/\/(?:(?!&[lg]t;)[^\s<>|])*(?!&[lg]t;)[^\s<>|.,:;!?)"'])/,
    EMOJI,
  ]
    .map((one) => one.source)
    .join('|'),
  'g',
);

function renderInline(text: string, names: Names): string {
  let html = '';
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, reference, code, bold, italic, struck, link, emoji] = match;
    html += escapeHtml(decode(text.slice(at, match.index)));
    at = match.index + whole.length;
    if (reference) html += renderReference(reference, names);
    else if (code) html += `<code>${escapeHtml(decode(code))}</code>`;
    else if (bold) html += `<strong>${renderInline(bold, names)}</strong>`;
    else if (italic) html += `<em>${renderInline(italic, names)}</em>`;
    else if (struck) html += `<s>${renderInline(struck, names)}</s>`;
    else if (link) html += anchor(decode(link), decode(link));
    else html += emoji === undefined ? escapeHtml(whole) : (names.emoji(emoji) ?? escapeHtml(whole));
  }
  return html + escapeHtml(decode(text.slice(at)));
}

/** `<@U1>`, `<#C1>`, `<!here>`, `<!subteam^S1>`, `<!date^...>` and links with or without words of their own. */
function renderReference(reference: string, names: Names): string {
  const [target = '', label] = reference.split('|');
  if (target.startsWith('@')) return mention(`@${names.user(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (target.startsWith('#')) return mention(`#${names.channel(target.slice(1)) ?? label ?? target.slice(1)}`);
  if (!target.startsWith('!')) return anchor(decode(target), decode(label ?? target));
  const [kind, ...rest] = target.slice(1).split('^');
  if (kind === 'subteam') return mention(`@${names.usergroup(rest[0] ?? '') ?? label ?? rest[0]}`);
  if (kind === 'date') return escapeHtml(formatSlackDate(rest[0] ?? '', rest[1] ?? '', names.timeZone) ?? label ?? '');
  return mention(`@${label ?? kind}`);
}

function mention(name: string): string {
  return `<span class="mention">${escapeHtml(name)}</span>`;
}

function anchor(address: string, words: string): string {
  const href = safeLink(address);
  return href ? `<a data-link${attributes({ href })}>${escapeHtml(words)}</a>` : escapeHtml(words);
}

/** The three signs that Slack escapes, back as themselves. */
function decode(text: string): string {
  return text.replace(/&(lt|gt|amp);/g, (_whole, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name] ?? '');
}
