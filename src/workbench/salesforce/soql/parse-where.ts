import type { Condition, Query, WhereClause } from '@jetstreamapp/soql-parser-js';
import { SalesforceError } from '../api-error.ts';

/** A comparison of the query, as the parser reads it. */
export interface Comparison {
  kind: 'comparison';
  field: string;
  operator: string;
  values: readonly string[];
  literals: readonly string[];
  /** It was written as a list in brackets. */
  listed: boolean;
  subquery: Query | null;
}

export type Where = Comparison | { kind: 'and' | 'or'; parts: Where[] } | { kind: 'not'; part: Where };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Comparison;

/**
 * The condition of a query as a tree. The parser hands it over as a chain with counted brackets.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_logicaloperators.htm
 * @throws {SalesforceError} `MALFORMED_QUERY` where AND and OR stand side by side without brackets, as Salesforce refuses it
 */
export function parseWhere(clause: WhereClause): Where {
  const tokens = tokensOf(clause);
  let at = 0;
  function either(): Where {
    const first = one();
    const word = tokens[at];
    if (word !== 'AND' && word !== 'OR') return first;
    const parts = [first];
    while (tokens[at] === word) {
      at += 1;
      parts.push(one());
    }
    if (tokens[at] === 'AND' || tokens[at] === 'OR') throw malformed(`unexpected token: ${tokens[at]}`);
    return { kind: word === 'AND' ? 'and' : 'or', parts };
  }
  function one(): Where {
    const token = tokens[at];
    at += 1;
    if (token === 'NOT') return { kind: 'not', part: one() };
    if (token !== '(') {
      if (typeof token !== 'object') throw malformed(`unexpected token: ${token ?? '<EOF>'}`);
      return token;
    }
    const inner = either();
    if (tokens[at] !== ')') throw malformed(`unexpected token: ${at < tokens.length ? 'NOT' : '<EOF>'}`);
    at += 1;
    return inner;
  }
  const tree = either();
  if (at < tokens.length) throw malformed('unexpected token: )');
  return tree;
}

/** What Salesforce answers to a query that it cannot read. */
export function malformed(message: string): SalesforceError {
  return new SalesforceError(400, 'MALFORMED_QUERY', message);
}

function tokensOf(clause: WhereClause): Token[] {
  const tokens: Token[] = [];
  for (let link: WhereClause | undefined = clause; link !== undefined; ) {
    const { left } = link;
    if (left !== null) {
      tokens.push(...Array.from({ length: left.openParen ?? 0 }, () => '(' as const));
      const compared = comparisonOf(left);
      if (compared !== null) tokens.push(compared);
      if ('closeParen' in left) tokens.push(...Array.from({ length: left.closeParen ?? 0 }, () => ')' as const));
    }
    if (!('operator' in link)) break;
    tokens.push(link.operator);
    link = link.right;
  }
  return tokens;
}

function comparisonOf(left: Condition | NonNullable<WhereClause['left']>): Comparison | null {
  if ('fn' in left)
    throw malformed(`the local Salesforce has no ${left.fn.functionName ?? 'functions'}() in a condition`);
  if (!('field' in left)) return null;
  const { field, operator } = left;
  const shared = { kind: 'comparison' as const, field, operator };
  if ('valueQuery' in left) return { ...shared, values: [], literals: [], listed: true, subquery: left.valueQuery };
  const listed = Array.isArray(left.value);
  const values = [left.value].flat();
  const literals = [left.literalType ?? 'STRING'].flat();
  return {
    ...shared,
    values,
    literals: values.map((_, i) => literals[i] ?? literals[0] ?? 'STRING'),
    listed,
    subquery: null,
  };
}
