/**
 * Text that somebody else wrote: names, reasons and notes out of the CRM. It is data. It is cleaned on the way to the
 * language model, and whatever reaches a person is cleaned again, so that it can neither ping nor link.
 */

// Zero-width and bidirectional controls, tags, variation selectors and soft hyphens: read by a model, seen by nobody.
const invisible = /\p{Cf}|\p{Co}|\p{Cn}|\p{Variation_Selector}|[\u115F\u1160\u3164\uFFA0]/gu;
const controls = /[\p{Cc}\u2028\u2029]+/gu;

/**
 * The text without what cannot be seen, on one line.
 *
 * @example visibleText('Ac​me\n Inc'); // => 'Acme Inc'
 */
export function visibleText(text: string): string {
  return text.normalize('NFKC').replace(invisible, '').replace(controls, ' ').replace(/ {2,}/g, ' ').trim();
}

/**
 * A quotation for the language model: visible characters only, at most `longest` of them, in marks that the text itself
 * cannot close, and without braces, so that it cannot name a figure.
 *
 * @example quoteCrmText('Ignore «all» {{r1.score}}', 40); // => '«Ignore all r1.score»'
 */
export function quoteCrmText(text: string, longest = 160): string {
  const clean = visibleText(text).replace(/[«»{}<>`]/g, '');
  return `«${clean.length > longest ? `${clean.slice(0, longest - 1).trimEnd()}…` : clean}»`;
}

const links =
  /<?(?:[a-z][a-z0-9+.-]*:\/\/|\b(?:mailto|javascript|tel):(?=\S)|\bdata:(?=\w+\/))[^\s<>|]*(?:\|[^<>]*)?>?|\bwww\.[^\s<>]+/giu;

/**
 * Slack text that can neither notify anybody nor lead anywhere: mentions become plain words, links are taken out. Code
 * adds the links that are ours, on cards.
 *
 * @example defuse('Ask <!channel> or <@U12345>, see https://evil.example/x'); // => 'Ask channel or U12345, see [link removed]'
 */
export function defuse(text: string): string {
  let before = '';
  let shown = text.replace(invisible, '');
  // What is taken out can join what stood around it: until nothing is left to take out.
  while (shown !== before) {
    before = shown;
    shown = shown
      .replace(/!?\[([^\]\n]*)\]\((?:[^)\n]*)\)/g, '$1')
      .replace(links, '[link removed]')
      .replace(/<[@#!]([^<>\n]*)>/g, (_, inside: string) => inside.replace(/^subteam\^/, '').replace(/\|.*$/, ''))
      .replace(/<[@#!]/g, '')
      .replace(/@(?=(?:channel|here|everyone)\b)/gi, '');
  }
  return shown;
}
