import type { Crm, CrmField, CrmRecord, CrmResult, CrmValue } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import { maybeIdOf } from '../../icp/crm-mapping/crm-values.ts';
import { leadStatusOf } from '../../icp/crm-mapping/map-lead.ts';
import { type CrmMapping, defaultCrmMapping } from '../../icp/crm-mapping/mapping-schema.ts';
import { type LeadAnswer, undoMs } from '../../icp/leads/lead-standing.ts';
import { orgInWords } from '../../icp/org-in-words.ts';
import { failureInWords } from '../../icp/publishing/failure-words.ts';
import { addAudit } from '../../store/audit.ts';
import { claimList } from '../../store/churn-alerts.ts';
import { answersToWrite, leadStatusList } from '../../store/lead-status.ts';
import type { Store } from '../../store/store.ts';
import { crmMappingOf, knownOrg, requireSameOrg } from '../sync/crm-settings.ts';
import { withLease } from '../with-lease.ts';
import { leadStatusLacks } from './lead-status-lacks.ts';
import { type LeadStatusSetting, leadStatusOn, leadStatusPrefix } from './lead-status-setting.ts';

/** One call a lead: the rest waits for the next run. */
const mostAtOnce = 200;
/** What could not be written for so long is not written any more: the lead has moved on. */
const latestMs = 30 * 86_400_000;

export interface WrittenBack {
  written: number;
  /** Leads that somebody had changed, or that are converted or gone. */
  left: number;
  /** Refused by the CRM for good, each with the reason in words. */
  refused: readonly { leadId: string; reason: string }[];
  /** To be tried again. */
  again: number;
}

interface Ports {
  store: Store;
  crm: Crm;
  now: () => number;
  holder: string;
}

/**
 * Sets the status of leads in the CRM to what reps answered here, where the operator has switched that on.
 *
 * An answer is written once it can no longer be taken back, and only those given since the switch. A lead that a person has
 * changed since, that is converted or gone is left alone. What became of an answer is kept after the CRM has answered: a run
 * that was cut off in between finds the status that it wrote, and leaves it.
 *
 * @returns `null` where it is off
 * @throws {IcpError} `lead_status` where the org has no such status or field; those of the CRM when it is not there
 */
export async function writeBackAnswers(ports: Ports, book: string): Promise<WrittenBack | null> {
  const { store, crm, now, holder } = ports;
  const on = await leadStatusOn(store, book);
  if (on === null) return null;
  return withLease(store, { what: `the lead statuses of ${book}`, holder }, async () => {
    const from = Math.max(on.since, now() - latestMs);
    const answers = await answersToWrite(store, book, { from, until: now() - undoMs, most: mostAtOnce });
    const done = { written: 0, left: 0, refused: [] as { leadId: string; reason: string }[], again: 0 };
    if (answers.length === 0) return done;
    const org = await crm.org();
    if ((await knownOrg(store)) !== null) await requireSameOrg(store, org, now());
    const reason = await requireStatuses(crm, orgInWords(org), { setting: on.setting, book });
    const mapping = (await crmMappingOf(store, book)) ?? defaultCrmMapping;
    const ids = answers.flatMap(({ leadId }) => crmIdOf(leadId) ?? []);
    const current = await crm.reader.byId('Lead', ids, ['Status', 'IsConverted']);
    for (const answer of answers) {
      const status = on.setting[answer.answer];
      const id = crmIdOf(answer.leadId);
      const record = id === null ? undefined : current.get(id);
      const why = whyLeft(record, status, mapping);
      if (why !== null || id === null) {
        await settle(ports, answer, { action: 'lead.status_left', details: { reason: why } });
        done.left += 1;
        continue;
      }
      const { failure } = await crm.writer.setLeadStatus(id, valuesOf(answer, status, reason));
      if (failure === null) {
        const details = { from: record?.Status ?? null, to: status, by: answer.byName };
        await settle(ports, answer, { action: 'lead.status_written', details });
        done.written += 1;
      } else if (failure.kind === 'retry') done.again += 1;
      else {
        const said = reasonOf(failure);
        await settle(ports, answer, { action: 'lead.status_refused', details: { to: status, reason: said } });
        done.refused.push({ leadId: answer.leadId, reason: said });
      }
    }
    return done;
  });
}

/** Makes sure that the org has what the setting names. @returns the field of the reason; `null` where none is set */
async function requireStatuses(
  crm: Crm,
  org: string,
  { setting, book }: { setting: LeadStatusSetting; book: string },
): Promise<CrmField | null> {
  const fields = await crm.reader.describe('Lead');
  const [lack] = leadStatusLacks(fields, setting, org);
  if (lack !== undefined)
    throw new IcpError(
      'lead_status',
      `the setting ${leadStatusPrefix}${book} needs ${lack.what}; change the setting or ${org}`,
    );
  return setting.reasonField === null ? null : (fields.get(setting.reasonField) ?? null);
}

/** Why a lead is not written over, in words; `null` where it may be. */
function whyLeft(record: CrmRecord | undefined, status: string, mapping: CrmMapping): string | null {
  if (record === undefined) return 'the CRM has no such lead';
  if (record.IsConverted === true) return 'the lead is converted';
  const now = String(record.Status ?? '');
  if (now === status) return 'the CRM says so already';
  return leadStatusOf(now, mapping) === 'open' ? null : `somebody has set the lead to ${now}`;
}

function valuesOf(answer: LeadAnswer, status: string, field: CrmField | null): Record<string, CrmValue> {
  const reason = field === null || answer.answer === 'accepted' ? null : reasonFor(answer.reason ?? '', field);
  return { Status: status, ...(field === null || reason === null ? {} : { [field.name]: reason }) };
}

/** A reason as the field takes it: of a picklist, the value that it begins with, in whichever letters; `null` where it has none. */
function reasonFor(reason: string, { picklist, length }: CrmField): string | null {
  if (picklist.length === 0) return length > 0 ? reason.slice(0, length) : reason;
  const [kind = ''] = reason.split(': ');
  return picklist.find((value) => value.toLowerCase() === kind.trim().toLowerCase()) ?? null;
}

/** Keeps what became of an answer, so that it is gone through once. */
async function settle(
  { store, now }: Ports,
  { id, book, leadId }: LeadAnswer,
  { action, details }: { action: string; details: Readonly<Record<string, unknown>> },
): Promise<void> {
  await store.transaction(async (tx) => {
    if (!(await claimList(tx, { book, list: leadStatusList, week: String(id) }, now()))) return;
    const subject = `lead ${leadId} of ${book}`;
    await addAudit(tx, { at: now(), actor: 'the clock', action, subject, details: { answerId: id, ...details } });
  });
}

function reasonOf({ code, message }: NonNullable<CrmResult['failure']>): string {
  return message === '' ? failureInWords(code) : message;
}

/** `null` for a lead that came from elsewhere. */
function crmIdOf(leadId: string): string | null {
  return /^00Q[a-zA-Z0-9]{12}(?:[a-zA-Z0-9]{3})?$/.test(leadId) ? maybeIdOf({ Id: leadId }, 'Id') : null;
}
