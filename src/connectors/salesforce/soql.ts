import { isQueryValid } from '@jetstreamapp/soql-parser-js';
import { IcpError } from '../../errors.ts';

const plainName = /^[A-Za-z]\w*$/;
const path = /^[A-Za-z]\w*(\.[A-Za-z]\w*){0,5}$/;

/** Characters that Salesforce takes in one query. @see https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_soslsoql.htm */
const mostCharacters = 100_000;

export interface Select {
  object: string;
  /** Fields by path: `Owner.Email`. */
  fields: readonly string[];
  /** Conditions that hold together. */
  where?: readonly (string | null | undefined)[];
  orderBy?: string;
  limit?: number;
}

/**
 * A query as text. Names are names and nothing else, and the whole is read by a parser before it is sent.
 *
 * @throws {IcpError} `crm_stop` for what is no query, or longer than one may be
 * @example selectOf({ object: 'Account', fields: ['Id'], where: ["Name = 'O\\'Neill'"] }); // => "SELECT Id FROM Account WHERE (Name = 'O\\'Neill')"
 */
export function selectOf({ object, fields, where = [], orderBy, limit }: Select): string {
  const odd = [...(plainName.test(object) ? [] : [object]), ...fields.filter((field) => !isSelectable(field))];
  if (odd.length > 0)
    throw new IcpError(
      'crm_stop',
      `reading Salesforce needs names of objects and fields, got ${odd.map((name) => JSON.stringify(name)).join(', ')}; correct the mapping`,
    );
  const conditions = where.filter((condition) => condition !== null && condition !== undefined && condition !== '');
  const soql = [
    `SELECT ${fields.join(', ')} FROM ${object}`,
    conditions.length === 0 ? '' : ` WHERE ${conditions.map((condition) => `(${condition})`).join(' AND ')}`,
    orderBy === undefined ? '' : ` ORDER BY ${orderBy}`,
    limit === undefined ? '' : ` LIMIT ${limit}`,
  ].join('');
  if (soql.length > mostCharacters)
    throw new IcpError(
      'crm_stop',
      `a query may have at most ${mostCharacters.toLocaleString('en')} characters, and the one for ${object} has ${soql.length.toLocaleString('en')} with its ${fields.length.toLocaleString('en')} fields; take fields out of the mapping, or out of what this user sees`,
    );
  if (!isQueryValid(soql))
    throw new IcpError(
      'crm_stop',
      `reading ${object} needs a query that can be read, got ${soql}; correct the mapping`,
    );
  return soql;
}

function isSelectable(field: string): boolean {
  return path.test(field) || field === 'COUNT()';
}

/**
 * An instant as SOQL writes it.
 *
 * @param instant milliseconds since 1970
 * @example instantLiteral(0); // => '1970-01-01T00:00:00.000Z'
 */
export function instantLiteral(instant: number): string {
  return new Date(instant).toISOString();
}

/**
 * A text as SOQL writes it.
 *
 * @example textLiteral("O'Neill"); // => "'O\\'Neill'"
 */
export function textLiteral(text: string): string {
  return `'${text.replace(/[\\']/g, (character) => `\\${character}`)}'`;
}
