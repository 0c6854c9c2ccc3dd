const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Text as HTML: what people and the CRM wrote is data and can never become markup.
 *
 * @example escapeHtml('<b> & co'); // => '&lt;b&gt; &amp; co'
 */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');
}

/** Attributes as HTML; those that are undefined or false are left out. */
export function attributes(given: Record<string, string | number | boolean | undefined>): string {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join('');
}

/**
 * The address if it is one that a link may have (http, https, mailto), or nothing.
 *
 * @example safeLink('https://example.com'); // => 'https://example.com'
 */
export function safeLink(address: string): string | undefined {
  return /^(https?:|mailto:)/i.test(address.trim()) ? address.trim() : undefined;
}

/** Takes out every link and picture whose address is not http, https, mailto or our own; links open elsewhere. */
export function withSafeAddresses(html: string): string {
  return html
    .replace(/<link [^>]*>/g, '')
    .replace(/ (href|src)="([^"]*)"/g, (_whole, name: string, address: string) => {
      const own = address.startsWith('/files/');
      const picture = name === 'src' && /^(https?:|data:image\/(png|jpeg|gif|webp);)/i.test(address);
      if (own || picture || (name === 'href' && safeLink(address))) return ` ${name}="${address}"`;
      return '';
    })
    .replace(/<a /g, '<a data-link ');
}
