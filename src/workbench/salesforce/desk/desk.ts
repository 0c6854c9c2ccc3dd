import { z } from 'zod';
import { IcpError } from '../../../errors.ts';
import type { Counters } from '../org/counters.ts';
import type { Database } from '../org/database.ts';
import { longId } from '../org/ids.ts';
import type { OrgOptions } from '../org/options.ts';
import type { Org } from '../org/org.ts';
import { type Answer, jsonAnswer } from '../rest/answer.ts';
import { objectOf, type Schema } from '../schema/schema.ts';
import { createCells } from './cells.ts';
import { editRecord } from './edit-record.ts';
import { listRecords } from './list-records.ts';
import { showRecord } from './show-record.ts';
import { type Tab, tabNames, tabOf, tabs } from './tabs.ts';

export interface DeskOptions {
  org: Org;
  database: Database;
  schema: Schema;
  settings: OrgOptions;
  counters: Counters;
  clock: () => number;
  /** How often records of an object have been written since the start. */
  writes: ReadonlyMap<string, number>;
}

/** Answers a route of the page; `undefined`: there is no such one. */
export type Desk = (route: string, query: URLSearchParams, body: unknown) => Answer | undefined;

const object = z.enum(tabNames);
const id = z.string().regex(/^[a-zA-Z0-9]{15}([a-zA-Z0-9]{3})?$/, 'an id has 15 or 18 letters and digits');
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const asked = {
  list: z.object({
    ...{ object, q: z.string().trim().max(200).default(''), tier: z.string().max(255).default('') },
    sort: z.string().max(100).default(''),
    offset: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  record: z.object({ object, id }),
  changes: z.object({ since: z.coerce.number().default(0) }),
  edit: z.strictObject({ object, id, values: z.record(z.string(), value), by: id }),
  delete: z.strictObject({ object, id, by: id }),
  merge: z.strictObject({ object, winner: id, loser: id, by: id }),
};

/**
 * The org as people in sales see it, for the page: GET `org`, `users`, `records`, `record`, `changes`; POST `edit`,
 * `delete`, `merge`. What is refused is `{ ok: false, error }` with a sentence.
 */
export function createDesk({ org, database, schema, settings, counters, clock, writes }: DeskOptions): Desk {
  const cells = createCells(database, schema);
  const show = { database, schema, cells, org, tracked: settings.historyTracked };

  function orgNow(): object {
    return {
      ...{
        id: org.id,
        name: settings.name,
        isSandbox: settings.isSandbox,
        integrationUser: org.integrationUser,
      },
      tabs: tabs.map(({ object, label }) => ({ object, label, total: org.count(object) })),
      ...counted(),
    };
  }

  function counted() {
    const triggers = Object.values(counters.counts.triggers).reduce((sum, each) => sum + each, 0);
    return { calls: counters.requestsOf(clock()), dailyCalls: settings.dailyRequests, triggers };
  }

  /** Cheap: it is asked every two seconds. */
  function changes(since: number): object {
    const changed = tabNames.map((name) => {
      const sql = `SELECT count(*) AS n FROM "${name}" WHERE "SystemModstamp" >= ?`;
      return [name, Number(database.sql.prepare(sql).get(since)?.n)];
    });
    const written = tabNames.map((name) => [name, writes.get(name) ?? 0]);
    return {
      ...{ now: clock(), writes: Object.fromEntries(written), changed: Object.fromEntries(changed) },
      ...counted(),
    };
  }

  function users(): object[] {
    return org.rows('User', { where: 'IsActive = true', orderBy: 'Name' }).map(({ Id, Name, Title }) => {
      return { id: Id, name: Name, title: Title, isIntegration: Id === org.integrationUser };
    });
  }

  /** People act on records that are there; the ids come back with 18 characters. */
  function existing(name: string, given: string): string {
    const found = longId(given);
    if (org.get(name, found) !== undefined) return found;
    throw new IcpError('salesforce_no_record', `the org has no ${name} ${given} any more; go back to the list`);
  }

  function answer(route: string, query: URLSearchParams, body: unknown): unknown {
    const words = Object.fromEntries(query);
    switch (route) {
      case 'GET org':
        return orgNow();
      case 'GET users':
        return users();
      case 'GET changes':
        return changes(asked.changes.parse(words).since);
      case 'GET records': {
        const given = asked.list.parse(words);
        return listRecords(show, tabFor(given.object), given);
      }
      case 'GET record': {
        const given = asked.record.parse(words);
        return showRecord(show, tabFor(given.object), longId(given.id));
      }
      case 'POST edit': {
        const given = asked.edit.parse(body);
        const named = { ...given, id: longId(given.id), by: longId(given.by) };
        editRecord({ org, schema, rules: settings.validationRules }, named);
        return { ok: true };
      }
      case 'POST delete': {
        const given = asked.delete.parse(body);
        org.delete(given.object, existing(given.object, given.id), existing('User', given.by));
        return { ok: true };
      }
      case 'POST merge': {
        const given = asked.merge.parse(body);
        const [winner, loser] = [existing(given.object, given.winner), existing(given.object, given.loser)];
        if (winner === loser)
          throw new IcpError('salesforce_merge', 'a record cannot be merged into itself; choose another');
        if (!objectOf(schema, given.object).fields.has('masterrecordid')) {
          throw new IcpError('salesforce_merge', `a record of ${given.object} cannot be merged; delete one instead`);
        }
        org.merge(given.object, winner, loser, existing('User', given.by));
        return { ok: true, id: winner };
      }
      default:
        return undefined;
    }
  }

  return (route, query, body) => {
    try {
      const answered = answer(route, query, body);
      return answered === undefined ? undefined : jsonAnswer(answered);
    } catch (error) {
      if (error instanceof z.ZodError) return refusal(400, sentenceOf(route, error));
      if (!(error instanceof IcpError)) throw error;
      return refusal(error.code === 'salesforce_no_record' ? 404 : 400, error.message);
    }
  };
}

function refusal(status: number, error: string): Answer {
  return jsonAnswer({ ok: false, error }, status);
}

function sentenceOf(route: string, { issues }: z.ZodError): string {
  const wrong = issues.map(({ path, message }) => [path.join('.'), message].filter((part) => part !== '').join(': '));
  return `${route} cannot be answered: ${wrong.join('; ')}; correct the call`;
}

function tabFor(name: string): Tab {
  const tab = tabOf(name);
  if (tab !== undefined) return tab;
  throw new IcpError('salesforce_no_object', `the page has no tab for ${name}; it has ${tabNames.join(', ')}`);
}
