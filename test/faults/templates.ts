import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { localOrg } from '../../src/compose/box/local-org.ts';
import { scoredObjects } from '../../src/connectors/crm.ts';
import { publishPrefix } from '../../src/engine/publish/may-publish.ts';
import { publishChannelSetting } from '../../src/engine/publish/tell-publication.ts';
import { openEmbedded } from '../../src/store/open.ts';
import { addSetting } from '../../src/store/settings.ts';
import type { Store } from '../../src/store/store.ts';
import { startLocalSalesforce } from '../../src/workbench/salesforce/local-salesforce.ts';
import type { Org } from '../../src/workbench/salesforce/org/org.ts';
import { type PublishedBook, publishedBook } from '../support/published-book.ts';
import { changeCompany, fillCompany } from './company.ts';

/** What a round starts from: a data folder, and the org as it is at each stage of the round. */
export interface Template {
  folder: string;
  stages: readonly { orgFile: string; at: number; full: boolean }[];
}

const day = 86_400_000;
const began = Date.UTC(2026, 9, 5, 9);

/** A book with scores that its org does not have yet, and records in the org that are none of its business. */
export async function publishTemplate(root: string): Promise<Template> {
  const folder = join(root, 'publish');
  const orgFile = join(root, 'publish.sqlite');
  mkdirSync(folder, { recursive: true });
  const store = await openEmbedded(folder);
  const book = await publishedBook({ accounts: 260, leads: 40, contacts: 40, into: store });
  await publishItself(store, began);
  await store.close();
  await inOrg(orgFile, began, (org) => fillAsBook(org, book));
  return { folder, stages: [{ orgFile, at: began, full: false }] };
}

/** What a person says once: the scores go out by themselves, and what came of it is told there. */
export async function publishItself(store: Store, at: number): Promise<void> {
  const said = { setAt: at, setBy: 'dana@ours.example' };
  await addSetting(store, { key: `${publishPrefix}main`, value: { on: true, first: true }, ...said });
  await addSetting(store, { key: publishChannelSetting, value: 'C1', ...said });
}

/** The records of a book, as its org has them, and some bystanders. */
export function fillAsBook(org: Org, book: Pick<PublishedBook, 'crm'>): void {
  const given = { Account: { Name: 'Named' }, Lead: { LastName: 'Lee', Company: 'Co' }, Contact: { LastName: 'Con' } };
  for (const object of scoredObjects) {
    const records = [...book.crm.records[object].values()];
    org.insert(
      object,
      records.map(({ Id, IsConverted = false, AccountId = null }) => ({
        ...{ ...given[object], Id: String(Id).slice(0, 15) },
        ...(object === 'Lead' ? { IsConverted } : {}),
        ...(object === 'Contact' ? { AccountId } : {}),
      })),
    );
    org.insert(
      object,
      Array.from({ length: 5 }, () => given[object]),
    );
  }
}

/** An empty book, and a company of which something of everything changes twice. */
export async function syncTemplate(root: string): Promise<Template> {
  const folder = join(root, 'sync');
  mkdirSync(folder, { recursive: true });
  await (await openEmbedded(folder)).close();
  const stages = [];
  for (const nth of [0, 1, 2]) {
    const orgFile = join(root, `sync-${nth}.sqlite`);
    const at = began + nth * day;
    if (nth > 0) cpSync(join(root, `sync-${nth - 1}.sqlite`), orgFile);
    await inOrg(orgFile, at, (org) => (nth === 0 ? fillCompany(org) : changeCompany(org, nth)));
    // The last reading is the weekly one, of everything.
    stages.push({ orgFile, at: at + day / 2, full: nth === 2 });
  }
  return { folder, stages };
}

/** Does something inside an org that is in a file. */
export async function inOrg(file: string, at: number, work: (org: Org) => void): Promise<void> {
  const local = await startLocalSalesforce({ file, org: localOrg, clock: () => at });
  work(local.org);
  await local.close();
}
