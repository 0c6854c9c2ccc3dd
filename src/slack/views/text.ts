const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Text from a CRM, made safe for a line of Slack mrkdwn and no longer than `max` once escaped.
 *
 * It cannot ping, link, format or hide: control and invisible characters go, a mention loses its sign, an address its
 * scheme, and `* _ ~` and the backtick turn into look-alikes. Line breaks become spaces.
 *
 * @example plain('<!channel> R&D\n*now*', 60); // => '&lt;!channel&gt; R&amp;D ∗now∗'
 */
export function plain(value: string, max: number): string {
  return shorten(neutral(visible(value)), max, escapeText);
}

/**
 * The same for Slack's plain text (buttons, titles), which neither formats nor unescapes.
 *
 * @example label('  Acme\u200b  &  Sons ', 20); // => 'Acme & Sons'
 */
export function label(value: string, max: number): string {
  return shorten(visible(value), max, (text) => text);
}

/**
 * Prose that may use `*bold*`, `_italic_` and line breaks, but may not ping or link whoever wrote it.
 *
 * @example prose('*Acme* & <https://evil.example|click> @here'); // => '*Acme* &amp; &lt;evil.example|click&gt; ＠here'
 */
export function prose(value: string): string {
  const lines = value.split(/\r?\n/).map((line) => escapeText(harmless(visible(line))));
  return lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function escapeText(text: string): string {
  return text
    .replace(/&(?!(?:amp|lt|gt);)/g, '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Without what cannot be seen: controls, zero-width and bidirectional marks, tags, private use, lone surrogates. */
function visible(value: string): string {
  return value
    .normalize('NFC')
    .replace(/[\p{Zs}\p{Zl}\p{Zp}\t\r\n]+/gu, ' ')
    .replace(/[\p{Cc}\p{Co}\p{Cn}\p{Cs}\u{E0000}-\u{E0FFF}]/gu, '')
    .replace(/\p{Cf}/gu, (mark) => (mark === '\u200d' ? mark : ''))
    .replace(/(?<!\p{Extended_Pictographic}\uFE0F?)\u200d|\u200d(?!\p{Extended_Pictographic})/gu, '')
    .replace(/ +/g, ' ')
    .trim();
}

function harmless(text: string): string {
  return text.replace(/\b[a-z][a-z0-9+.-]*:\/\//gi, '').replace(/@(?=channel|here|everyone)/gi, '＠');
}

function neutral(text: string): string {
  return harmless(text)
    .replaceAll('*', '∗')
    .replaceAll('~', '∼')
    .replaceAll('`', '\u02cb')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\u02cd');
}

/** Whole graphemes until `max` is reached, so that neither an emoji nor an escape is cut in two. */
function shorten(text: string, max: number, escaped: (text: string) => string): string {
  const whole = escaped(text);
  if (whole.length <= max) return whole;
  let kept = '';
  for (const { segment } of graphemes.segment(text)) {
    const next = escaped(segment);
    if (kept.length + next.length > max - 1) break;
    kept += next;
  }
  return `${kept.trimEnd()}…`;
}
