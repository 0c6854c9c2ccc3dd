import { UsageError } from '../errors.ts';

/**
 * A kind of accounts as a person writes it: `field=value`, several with a semicolon between.
 *
 * @throws {UsageError} for a piece without both
 * @example readWhere('industry=SaaS; region = EMEA'); // => { industry: 'SaaS', region: 'EMEA' }
 */
export function readWhere(text: string): Record<string, string> {
  const pieces = text.split(';').filter((piece) => piece.trim() !== '');
  return Object.fromEntries(
    pieces.map((piece) => {
      const [, field, value] = /^\s*([^=]+?)\s*=\s*(.+?)\s*$/.exec(piece) ?? [];
      if (field === undefined || value === undefined)
        throw new UsageError(
          `a kind of accounts is field=value such as industry=SaaS, got ${piece.trim().slice(0, 80)}`,
        );
      return [field, value];
    }),
  );
}
