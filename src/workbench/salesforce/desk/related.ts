import type { Stored } from '../org/values.ts';
import type { DeskContext } from './list-records.ts';
import { tabOf } from './tabs.ts';

/** Records that belong to a record, under a heading. */
export interface Related {
  object: string;
  label: string;
  total: number;
  rows: { id: string; name: string; detail: string }[];
}

const MOST = 20;

interface Way {
  object: string;
  label?: string;
  where: string;
  params: readonly Stored[];
  detail: string;
}

/** What belongs to a record: by reference, and where there is none, by the domain of the web site. */
export function relatedTo(
  { database }: DeskContext,
  object: string,
  row: Readonly<Record<string, unknown>>,
): Related[] {
  return waysFrom(object, row).map(({ object: target, label, where, params, detail }) => {
    const from = ` FROM "${target}" t WHERE t."IsDeleted" = 0 AND ${where}`;
    const total = Number(database.sql.prepare(`SELECT count(*) AS n${from}`).get(...params)?.n);
    const rows = database.sql
      .prepare(`SELECT t."Id" AS id, t."Name" AS name, ${detail} AS detail${from} ORDER BY t."Name", t."Id" LIMIT ?`)
      .all(...params, MOST);
    return {
      ...{ object: target, label: label ?? tabOf(target)?.label ?? target, total },
      rows: rows.map(({ id, name, detail }) => ({ id: String(id), name: String(name), detail: String(detail ?? '') })),
    };
  });
}

const dealDetail = `concat_ws(', ', t."StageName", iif(t."Amount" IS NULL, NULL, printf('%,.0f', t."Amount")), t."CloseDate")`;
const personDetail = `concat_ws(', ', t."Title", t."Email")`;

function waysFrom(object: string, row: Readonly<Record<string, unknown>>): Way[] {
  const id = String(row.Id);
  const account = typeof row.AccountId === 'string' ? [row.AccountId] : [];
  const toAccount = account.map((each) => {
    return { object: 'Account', label: 'Account', where: 't."Id" = ?', params: [each], detail: 't."Website"' };
  });
  const sites = sitesOf(row.Website);
  const atSite = { where: `lower(t."Website") IN (${sites.map(() => '?').join(', ')})`, params: sites };
  switch (object) {
    case 'Account':
      return [
        { object: 'Contact', where: 't."AccountId" = ?', params: [id], detail: personDetail },
        { object: 'Opportunity', where: 't."AccountId" = ?', params: [id], detail: dealDetail },
        {
          object: 'Lead',
          label: 'Leads of the same web site',
          ...atSite,
          detail: `concat_ws(', ', t."Company", t."Status")`,
        },
      ];
    case 'Contact':
      return [
        ...toAccount,
        { object: 'Opportunity', ...throughRole('OpportunityId', 'ContactId', id), detail: dealDetail },
      ];
    case 'Opportunity':
      return [
        ...toAccount,
        { object: 'Contact', ...throughRole('ContactId', 'OpportunityId', id), detail: personDetail },
      ];
    default:
      return [{ object: 'Account', label: 'Accounts of the same web site', ...atSite, detail: 't."Website"' }];
  }
}

function throughRole(wanted: string, known: string, id: string): Pick<Way, 'where' | 'params'> {
  const roles = `SELECT "${wanted}" FROM "OpportunityContactRole" WHERE "${known}" = ? AND "IsDeleted" = 0`;
  return { where: `t."Id" IN (${roles})`, params: [id] };
}

/** The ways in which people write the same address. */
function sitesOf(website: unknown): string[] {
  if (typeof website !== 'string' || website === '') return [];
  const host = website
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/\/.*$/, '');
  return ['', 'www.', 'https://', 'https://www.', 'http://', 'http://www.'].flatMap((start) => [
    start + host,
    `${start}${host}/`,
  ]);
}
