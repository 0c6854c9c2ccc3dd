import type { RecordOf } from '../records.ts';
import { type CrmRow, idOf, maybeIdOf, textOf } from './crm-values.ts';
import { ownOverrideOf } from './override-fields.ts';

const seniorities: readonly (readonly [RegExp, string])[] = [
  [/\b(?:chief|c[efmortis]o|founder|owner|president|managing director)\b/i, 'c-level'],
  [/\b(?:[es]?vp|vice president)\b/i, 'vp'],
  [/\b(?:head|director)\b/i, 'director'],
  [/\b(?:manager|lead)\b/i, 'manager'],
];

/** A person at an account. @throws {UnusableRow} */
export function mapContact(row: CrmRow): RecordOf<'contact'> {
  const title = textOf(row, 'Title');
  const name = textOf(row, 'Name');
  return {
    ...{ kind: 'contact', id: idOf(row), accountId: maybeIdOf(row, 'AccountId'), email: textOf(row, 'Email'), title },
    seniority: seniorityOf(title),
    more: { ...(name === null ? {} : { name }), ...departmentOf(row), ...ownOverrideOf(row) },
  };
}

function departmentOf(row: CrmRow): { department?: string } {
  const department = textOf(row, 'Department');
  return department === null ? {} : { department };
}

/**
 * How senior somebody is, by the title; `null` where it does not say.
 *
 * @example seniorityOf('VP Sales'); // => 'vp'
 * @example seniorityOf('President'); // => 'c-level'
 */
export function seniorityOf(title: string | null): string | null {
  if (title === null) return null;
  if (/\bvice president\b/i.test(title)) return 'vp';
  return seniorities.find(([words]) => words.test(title))?.[1] ?? null;
}
