import { type CrmRecord, type ScoredObject, scoredObjects } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { orgWithId } from '../../icp/org-in-words.ts';
import { differing, keptValues } from '../../icp/publishing/diff-values.ts';
import { mostByCall } from '../../icp/publishing/estimate-calls.ts';
import { inSendingOrder } from '../../icp/publishing/sending-order.ts';
import { type PlanRow, type PublicationRow, rowsOf } from '../../store/publication-rows.ts';
import { type NewPublication, orgOf, type Publication, planHashOf, publicationOf } from '../../store/publications.ts';
import type { Store } from '../../store/store.ts';
import { described, keepPlan, type PlanPorts, refuseSecond } from './plan-publication.ts';
import { publishedNames } from './plan-rows.ts';
import type { PlannedObject, PublicationPlan } from './planned.ts';
import { readCurrent } from './read-current.ts';
import { requirePublication } from './require-publication.ts';

export interface UndoPlan extends PublicationPlan {
  undoes: string;
  /** Records that somebody or something has changed since: they are left as they are. */
  changedSince: number;
}

/**
 * Plans to give every record of a publication back what it had, from the before-images, and freezes that plan; it is sent like
 * any other.
 *
 * Only records that still have exactly what was written get it back. The others are rows of the plan too, as changed since, with
 * what was changed. A record that was sent and of which nobody knew what became is one of them where it carries what was sent.
 *
 * @param wanted.by who asks
 * @throws {IcpError} `no_publication`, `publication_under_way`, `other_org`, `nothing_to_undo`
 */
export async function undoPublication(
  ports: Omit<PlanPorts, 'compute'>,
  { id: undone, by, dryRun = false }: { id: string; by: string; dryRun?: boolean },
): Promise<UndoPlan> {
  const { store, crm, now, newId = () => crypto.randomUUID() } = ports;
  const publication = await requirePublication(store, undone);
  if (!dryRun) await refuseSecond(store, publication.book);
  const callsBefore = crm.writer.calls();
  const org = await crm.org();
  if (org.id !== publication.orgId)
    throw new IcpError(
      'other_org',
      `undoing ${undone} needs the org ${orgWithId(orgOf(publication))}, and the one that is connected is ${orgWithId(org)}; connect the first`,
    );
  const rows: PlanRow[] = [];
  const counted: PlannedObject[] = [];
  for (const object of scoredObjects) {
    const sent = (await rowsOf(store, undone, { object, states: ['written', 'set aside', 'left out'] })).filter(
      wasSent,
    );
    if (sent.length === 0) continue;
    const planned = await undoRows(ports, { object, sent, firstNth: rows.length });
    for (const row of planned) rows.push(row);
    const restored = planned.filter(({ state }) => state === 'waiting').length;
    counted.push({ object, rows: restored, same: 0, converted: 0, withoutScore: 0, cleared: 0 });
  }
  if (rows.length === 0)
    throw new IcpError('nothing_to_undo', `publication ${undone} wrote nothing that could be undone`);
  const { book, modelVersion, modelHash, importId, scoredAt } = publication;
  const plan: NewPublication = {
    ...{ id: newId(), book, orgId: org.id, orgName: org.name, orgSetting: org.setting, kind: 'undo', undoes: undone },
    ...{ modelVersion, modelHash, importId, scoredAt, plannedAt: now(), by },
  };
  const planHash = planHashOf(plan, rows);
  const calls = crm.writer.calls() - callsBefore;
  if (!dryRun) await keepPlan(ports, { plan, planHash, rows, calls, counted });
  return {
    ...(await described(store, plan, { rows, counted, org })),
    ...{ notInOrg: 0, planHash, kept: !dryRun, undoes: undone },
    changedSince: rows.filter(({ state }) => state === 'changed since').length,
  };
}

async function undoRows(
  { store, crm }: Pick<PlanPorts, 'store' | 'crm'>,
  { object, sent, firstNth }: { object: ScoredObject; sent: readonly PublicationRow[]; firstNth: number },
): Promise<PlanRow[]> {
  const ids = sent.map(({ recordId }) => recordId);
  const beside = object === 'Contact' ? 'AccountId' : 'OwnerId';
  const current = await readCurrent(crm, object, ids, [...publishedNames, beside], mostByCall);
  const laterRuns = new Map<string, string>();
  const waiting: (Omit<PlanRow, 'nth'> & { beside: string })[] = [];
  const changed: Omit<PlanRow, 'nth'>[] = [];
  for (const { publicationId, state, recordId, accountId, before, after } of sent) {
    const record = current.get(recordId);
    const parts = { object, recordId, accountId };
    const isAsSent = record !== undefined && differing(record, after).length === 0;
    if (state !== 'written' && !isAsSent && record?.ICP_Run_Id__c !== publicationId) continue;
    if (isAsSent) {
      const place = String(record[beside] ?? '');
      waiting.push({ ...parts, before: keptValues(record), after: before, state: 'waiting', beside: place });
    } else {
      const reason = record === undefined ? 'the record is gone' : await changeInWords(store, record, after, laterRuns);
      const now = record === undefined ? after : keptValues(record);
      changed.push({ ...parts, before: now, after: before, state: 'changed since', reason });
    }
  }
  return [...inSendingOrder(waiting).map(({ beside: _, ...row }) => row), ...changed].map((row, at) => ({
    ...row,
    nth: firstNth + at,
  }));
}

/** Whether a record may carry what a row was to write. */
function wasSent({ state, attempts, jobNth }: PublicationRow): boolean {
  return state !== 'left out' || attempts > 0 || jobNth !== null;
}

async function changeInWords(
  store: Store,
  record: CrmRecord,
  after: PublicationRow['after'],
  laterRuns: Map<string, string>,
): Promise<string> {
  const run = record.ICP_Run_Id__c;
  if (typeof run === 'string' && run !== after.ICP_Run_Id__c) {
    const words = laterRuns.get(run) ?? runInWords(run, await publicationOf(store, run));
    laterRuns.set(run, words);
    return words;
  }
  const kept = keptValues(record);
  const each = differing(record, after).map(
    (name) => `${name} is ${kept[name] ?? 'empty'} and was written as ${after[name] ?? 'empty'}`,
  );
  return each.join('; ');
}

function runInWords(run: string, later: Publication | null): string {
  if (later === null) return `another run, ${run}, has written it since`;
  return `publication ${run} of ${new Date(later.plannedAt).toISOString().slice(0, 10)} has written it since`;
}
