import { sql } from 'drizzle-orm';
import { type PublishLine, publishJob } from '../../src/engine/compute/publish-job.ts';
import { rescoreJob } from '../../src/engine/compute/rescore-job.ts';
import { type PlanPorts, type PlanWanted, planPublication } from '../../src/engine/publish/plan-publication.ts';
import type { PublicationPlan } from '../../src/engine/publish/planned.ts';
import { sendPublication } from '../../src/engine/publish/send-publication.ts';
import type { SendPorts } from '../../src/engine/publish/sending.ts';
import { keepScores } from '../../src/engine/rescore.ts';
import type { FeatureCatalogue } from '../../src/icp/features/feature-rule.ts';
import type { IcpModel } from '../../src/icp/model.ts';
import { differing } from '../../src/icp/publishing/diff-values.ts';
import type { BundleRecord } from '../../src/icp/records.ts';
import { latestImport } from '../../src/store/books.ts';
import { readHistories } from '../../src/store/histories.ts';
import { type Activation, activateModel, activeModel, addModel } from '../../src/store/models.ts';
import { savePerson } from '../../src/store/people.ts';
import { rowsInOrder } from '../../src/store/publication-rows.ts';
import type { Publication } from '../../src/store/publications.ts';
import type { Store } from '../../src/store/store.ts';
import { aLead } from './a-lead.ts';
import { aBin, aCriterion, aModel } from './a-model.ts';
import { noFeatures } from './a-proposal.ts';
import { createFakeCrm, type FakeCrm } from './fake-crm.ts';
import { freshStore } from './fresh-store.ts';
import { anAccount } from './plain-book.ts';
import { importRecords } from './records.ts';
import { onlyBook } from './small-market.ts';

const industries = ['SaaS', 'Retail', 'Media', 'Public sector'] as const;

/** The two features that `modelWorth` scores by. */
export const worthCatalogue: FeatureCatalogue = {
  ...noFeatures,
  features: [
    {
      ...{
        key: 'industry',
        label: 'Industry',
        layer: 'firmographic',
        part: 'fit',
        type: 'category',
        field: 'industry',
      },
      levels: industries,
    },
    { key: 'employees', label: 'Employees', layer: 'firmographic', part: 'fit', type: 'number', field: 'employees' },
  ],
  rules: [{ how: 'value' }, { how: 'value' }],
};

/** A model of two criteria; `saas` is what the industry SaaS is worth, in tenths of a point. */
export function modelWorth(saas: number, asOf: number): IcpModel {
  return aModel({
    ...{ book: 'main', asOf },
    criteria: [
      aCriterion('industry', [
        aBin({ kind: 'is', values: ['SaaS'] }, saas, { label: 'the industry is SaaS' }),
        aBin({ kind: 'is', values: ['Retail'] }, -137, { label: 'the industry is Retail', churn: 1_500 }),
        aBin({ kind: 'other' }, 12),
      ]),
      aCriterion('employees', [
        aBin({ kind: 'range', from: null, to: 50 }, -61, { label: 'fewer than 50 employees' }),
        aBin({ kind: 'range', from: 50, to: null }, 33, { label: '50 employees or more' }),
      ]),
    ],
    detractor: { intercept: -1_000, baseOdds: 0.5, baseRate: 1 / 3, k: 0.75, flagAt: 0.4, events: 30, rows: 90 },
  });
}

export interface PublishedBook {
  store: Store;
  crm: FakeCrm;
  clock: { now: number };
  ports: PlanPorts & SendPorts;
  plan(wanted?: Partial<PlanWanted>): Promise<PublicationPlan>;
  /** As when a person asks, who does not wait for the time at which it would go on by itself; or as the clock does. */
  send(id: string, more?: Partial<SendPorts> & { giveUp?: boolean }, evenIfPaused?: boolean): Promise<Publication>;
  /** Puts another model in force and scores by it. */
  learn(saas: number, activation?: Partial<Activation>): Promise<void>;
  score(): Promise<void>;
  /** Forgets every publication, and empties the fields of the CRM. */
  reset(): Promise<void>;
  /** Records that do not have what the plan of a publication says, by id. */
  unlike(id: string): Promise<string[]>;
}

export const morning = Date.parse('2026-10-01T08:00:00Z');

/** A book of accounts, leads and contacts, scored, and a CRM that has their records. */
export async function publishedBook({
  accounts = 12,
  leads = 0,
  contacts = 0,
  into,
}: {
  accounts?: number;
  leads?: number;
  contacts?: number;
  into?: Store;
} = {}): Promise<PublishedBook> {
  const store = into ?? (await freshStore());
  const clock = { now: morning };
  const crm = createFakeCrm(() => clock.now);
  const records: BundleRecord[] = [];
  // The last three letters say which of the first fifteen are capitals.
  const idOf = (prefix: string, nth: number) =>
    `${prefix}${String(nth).padStart(12, '0')}${prefix === '00Q' ? 'EAA' : 'AAA'}`;
  const inCrm = (object: 'Account' | 'Lead' | 'Contact', id: string, more = {}) =>
    crm.records[object].set(id, { Id: id, OwnerId: `005${id.slice(-5)}`, SystemModstamp: null, ...more });
  for (let nth = 0; nth < accounts; nth++) {
    const id = idOf('001', nth);
    const values = { industry: industries[nth % 4] ?? null, employees: 10 + ((nth * 37) % 90) };
    records.push(anAccount(id, { values, observedAt: morning - 86_400_000 }));
    inCrm('Account', id);
  }
  for (let nth = 0; nth < leads; nth++) {
    const id = idOf('00Q', nth);
    records.push(aLead(id, idOf('001', nth % accounts)));
    inCrm('Lead', id, { IsConverted: nth % 5 === 4 });
  }
  for (let nth = 0; nth < contacts; nth++) {
    const id = idOf('003', nth);
    const accountId = idOf('001', nth % accounts);
    records.push({ kind: 'contact', id, accountId, email: null, title: null, seniority: null, more: {} });
    inCrm('Contact', id, { AccountId: accountId });
  }
  const untouched = structuredClone(crm.records);
  await importRecords(store, records);
  await savePerson(store, { email: 'dana@ours.example', slackId: null, name: 'Dana', role: 'revops' });
  let lines: { input: string; said: PublishLine[] } | null = null;
  const ports: PublishedBook['ports'] = {
    ...{ store, crm, now: () => clock.now, random: () => 0.5 },
    sleep: async (ms) => {
      clock.now += ms;
    },
    compute: {
      async publish(input) {
        // The same model says the same of the same accounts.
        if (lines?.input === JSON.stringify(input)) return lines.said;
        const job = publishJob(input);
        await addAll(store, job, (await latestImport(store, 'main')) ?? 0);
        lines = { input: JSON.stringify(input), said: job.finish(() => {}) };
        return lines.said;
      },
    },
  };
  const book: PublishedBook = {
    ...{ store, crm, clock, ports },
    plan: async (wanted = {}) =>
      planPublication(ports, { book: await onlyBook(store), by: 'via command line by a test', ...wanted }),
    send: (id, { giveUp = false, ...more } = {}, evenIfPaused = true) =>
      sendPublication({ ...ports, ...more }, id, { evenIfPaused, giveUp }),
    async learn(saas, activation = {}) {
      const model = modelWorth(saas, clock.now);
      const importId = (await latestImport(store, 'main')) ?? 0;
      const entry = { book: 'main', importId, asOf: clock.now, model, catalogue: worthCatalogue, verdict: 'by hand' };
      const version = await addModel(store, entry, clock.now);
      await activateModel(store, version, { by: 'dana@ours.example', at: clock.now, kind: 'approved', ...activation });
      await book.score();
    },
    async score() {
      const model = await activeModel(store, 'main');
      if (model === null) throw new Error('no model is in force');
      const importId = (await latestImport(store, 'main')) ?? 0;
      const under = { book: 'main', modelVersion: model.version, importId, asOf: clock.now };
      const job = rescoreJob({ ...model, ...under, timeKind: 'dates' });
      await addAll(store, job, importId);
      await keepScores(
        { store },
        under,
        job.finish(() => {}),
      );
    },
    async reset() {
      for (const table of ['publication_rows', 'publication_jobs', 'publications'])
        await store.rows(sql.raw(`delete from ${table}`));
      const { records: _, ...pristine } = createFakeCrm(() => clock.now);
      crm.records = structuredClone(untouched);
      const { org, reader, writer, ...knobs } = pristine;
      Object.assign(crm, knobs);
    },
    async unlike(id) {
      const found: string[] = [];
      for await (const chunk of rowsInOrder(store, id))
        for (const { object, recordId, after } of chunk) {
          const record =
            crm.records[object === 'Lead' ? 'Lead' : object === 'Contact' ? 'Contact' : 'Account'].get(recordId);
          if (record === undefined || differing(record, after).length > 0) found.push(recordId);
        }
      return found;
    },
  };
  await book.learn(230, { kind: 'first' });
  return book;
}

async function addAll(
  store: Store,
  job: { add: (pass: number, histories: Parameters<ReturnType<typeof publishJob>['add']>[1]) => void },
  importId: number,
): Promise<void> {
  for await (const chunk of readHistories(store, 'main', { importId })) job.add(0, chunk);
}
