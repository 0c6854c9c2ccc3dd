import type { CrmResult } from '../crm.ts';
import { type Complaint, SalesforceError } from './errors.ts';

type RowFailure = NonNullable<CrmResult['failure']>;

/** What befell a row, by Salesforce's code: in words, and whether sending it again may help. */
const reasons: Readonly<Record<string, readonly [RowFailure['kind'], string]>> = {
  UNABLE_TO_LOCK_ROW: ['retry', 'somebody else was writing the record'],
  SERVER_UNAVAILABLE: ['retry', 'Salesforce was out of reach'],
  REQUEST_RUNNING_TOO_LONG: ['retry', 'it took Salesforce too long'],
  QUERY_TIMEOUT: ['retry', 'it took Salesforce too long'],
  UNKNOWN_EXCEPTION: ['retry', 'something broke inside Salesforce'],
  ALL_OR_NONE_OPERATION_ROLLED_BACK: ['retry', 'another row of the same request failed'],
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: ['set aside', 'the picklist does not have this value'],
  FIELD_CUSTOM_VALIDATION_EXCEPTION: ['set aside', 'a validation rule of the org refused it'],
  FIELD_INTEGRITY_EXCEPTION: ['set aside', 'a value does not go with another of the record'],
  REQUIRED_FIELD_MISSING: ['set aside', 'the record lacks a field that the org requires'],
  STRING_TOO_LONG: ['set aside', 'the text is longer than the field'],
  NUMBER_OUTSIDE_VALID_RANGE: ['set aside', 'the number is larger than the field'],
  INVALID_TYPE_ON_FIELD_IN_RECORD: ['set aside', 'the value is of another kind than the field'],
  ENTITY_IS_DELETED: ['set aside', 'the record was deleted'],
  ENTITY_IS_LOCKED: ['set aside', 'the record is locked by an approval'],
  NOT_FOUND: ['set aside', 'the record is not there'],
  CANNOT_UPDATE_CONVERTED_LEAD: ['set aside', 'the lead was converted'],
  DUPLICATES_DETECTED: ['set aside', 'a duplicate rule of the org refused it'],
  DUPLICATE_VALUE: ['set aside', 'another record has the same value'],
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: ['set aside', 'a trigger or a flow of the org failed on it'],
  INVALID_FIELD_FOR_INSERT_UPDATE: ['set aside', 'this user may not write the field'],
  INSUFFICIENT_ACCESS_OR_READONLY: ['set aside', 'this user may not change the record'],
  INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: ['set aside', 'this user may not see a record that it refers to'],
  INVALID_CROSS_REFERENCE_KEY: ['set aside', 'the id is of another org, or of a record that was merged'],
  MALFORMED_ID: ['set aside', 'the id is none of this org'],
};

/** What befell a row, for the person who reads the report. A code that is not known is set aside with Salesforce's words. */
export function rowFailure({ code, message, fields }: Complaint): RowFailure {
  const [kind, words] = reasons[code] ?? ['set aside', 'Salesforce refused it'];
  const said = message.replace(/\s+/g, ' ').trim().slice(0, 300);
  return { code, kind, fields, message: said === '' ? words : `${words} (${said})` };
}

/**
 * The failure of a row as a result file has it: `CODE:words:FIELD, FIELD --`.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_failed_results.htm
 * @example complaintOfCell('STRING_TOO_LONG:too: long:ICP_Reasons__c --'); // => { code: 'STRING_TOO_LONG', message: 'too: long', fields: ['ICP_Reasons__c'] }
 */
export function complaintOfCell(cell: string): Complaint {
  const [, code, message, fields] = /^([A-Z][A-Z_0-9]*):?(.*?)(?::([\w., ]*) ?--)?$/s.exec(cell.trim()) ?? [];
  if (code === undefined) return { code: 'UNKNOWN', message: cell.trim(), fields: [] };
  const named = (fields ?? '').split(',').map((field) => field.trim());
  return { code, message: message ?? '', fields: named.filter((field) => field !== '') };
}

/** The failure of a row whose whole request was refused for it; `null` where the request failed for another reason. */
export function failureOfRow(error: unknown): RowFailure | null {
  if (!(error instanceof SalesforceError) || error.code !== 'crm_stop') return null;
  const [complaint] = error.complaints;
  return complaint !== undefined && reasons[complaint.code] !== undefined ? rowFailure(complaint) : null;
}
