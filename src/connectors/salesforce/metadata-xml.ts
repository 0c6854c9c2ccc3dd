const head = '<?xml version="1.0" encoding="UTF-8"?>';
const xmlns = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

/** A metadata file as the Salesforce CLI deploys it, made of {@link tag}s. */
export function metadataFile(type: string, lines: readonly string[]): string {
  return `${[head, `<${type} ${xmlns}>`, ...indented(lines), `</${type}>`].join('\n')}\n`;
}

/**
 * One value in its tag.
 *
 * @example tag('label', 'R & D'); // => '<label>R &amp; D</label>'
 */
export function tag(name: string, value: string | number | boolean): string {
  const text = String(value).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<${name}>${text}</${name}>`;
}

/** Tags within a tag. */
export function group(name: string, lines: readonly string[]): string[] {
  return [`<${name}>`, ...indented(lines), `</${name}>`];
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}
