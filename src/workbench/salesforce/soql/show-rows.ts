import { type Shown, show, showInCsv } from '../org/values.ts';
import type { Selected } from './select-list.ts';

type Json = { [key: string]: Shown | Json };

/**
 * A row as the REST API answers it, with `attributes` and the related records inside.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_query.htm
 */
export function recordOf(row: Record<string, unknown>, selected: readonly Selected[], version: string): Json {
  const [first] = selected;
  const isGroup = selected.some(({ kind }) => kind !== 'field');
  const type = first?.kind === 'field' ? (first.column.objects[0] ?? '') : '';
  const idAt = selected.findIndex((each) => each.kind === 'field' && each.column.path.join('.') === 'Id');
  const id = idAt >= 0 ? row[`c${idAt}`] : undefined;
  const url = id === undefined ? {} : { url: `/services/data/${version}/sobjects/${type}/${id}` };
  const record: Json = { attributes: isGroup ? { type: 'AggregateResult' } : { type, ...url } };
  for (const [index, each] of selected.entries()) {
    const value = row[`c${index}`];
    if (each.kind === 'count') continue;
    if (each.kind === 'figure') {
      record[each.name] =
        each.column === null ? (value === null ? null : Number(value)) : show(each.column.field, value);
    } else put(record, each.column.path, each.column.objects, show(each.column.field, value));
  }
  return withoutEmpty(record);
}

function put(record: Json, path: readonly string[], objects: readonly string[], value: Shown): void {
  let place = record;
  for (const [index, step] of path.slice(0, -1).entries()) {
    const known = place[step];
    const next = isJson(known) ? known : { attributes: { type: objects[index + 1] ?? '' } };
    place[step] = next;
    place = next;
  }
  place[path.at(-1) ?? ''] = value;
}

/** A related record of which nothing is known is not there: `null` in its place. */
function withoutEmpty(record: Json): Json {
  const entries = Object.entries(record).map(([name, value]): [string, Shown | Json] => {
    if (name === 'attributes' || !isJson(value) || !('attributes' in value)) return [name, value];
    const inner = withoutEmpty(value);
    const isEmpty = Object.entries(inner).every(([key, each]) => key === 'attributes' || each === null);
    return [name, isEmpty ? null : inner];
  });
  return Object.fromEntries(entries);
}

function isJson(value: Shown | Json | undefined): value is Json {
  return typeof value === 'object' && value !== null;
}

/** The first line of Bulk results. */
export function headerOf(selected: readonly Selected[]): string {
  return selected
    .map((each) =>
      quoted(each.kind === 'field' ? each.column.path.join('.') : each.kind === 'figure' ? each.name : 'Id'),
    )
    .join(',');
}

/**
 * A row of Bulk results: every value in quotes, what is empty included.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/query_get_job_results.htm
 */
export function lineOf(row: Record<string, unknown>, selected: readonly Selected[]): string {
  return selected
    .map((each, index) => {
      const value = row[`c${index}`];
      return quoted(each.kind === 'field' ? showInCsv(each.column.field, value) : String(value ?? ''));
    })
    .join(',');
}

/** A cell in quotes. */
export function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
