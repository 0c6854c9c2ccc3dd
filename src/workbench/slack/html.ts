/** Text as HTML: what people and the CRM wrote is data and can never become markup. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Attributes as HTML; those that are undefined or false are left out. */
export function attributes(given: Record<string, string | number | boolean | undefined>): string {
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escapeHtml(String(value))}"`))
    .join('');
}

/** The address if it is one that a link may have, or nothing. */
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
