/** Salesforce's codes, as somebody would say them who has the record before them (REST API Developer Guide, "Status Codes and Error Responses"). */
const said: Readonly<Record<string, string>> = {
  UNABLE_TO_LOCK_ROW: 'somebody else kept writing the record',
  NOT_PROCESSED: 'the CRM took it and did nothing with it',
  ENTITY_IS_DELETED: 'the record is deleted',
  CANNOT_UPDATE_CONVERTED_LEAD: 'the lead is converted',
  FIELD_CUSTOM_VALIDATION_EXCEPTION: 'a validation rule of the org refuses it',
  INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: 'the picklist does not have this value',
  REQUIRED_FIELD_MISSING: 'the record lacks another field that the org requires',
  STRING_TOO_LONG: 'a text is longer than its field',
  NUMBER_OUTSIDE_VALID_RANGE: 'a number does not fit its field',
  DUPLICATES_DETECTED: 'a duplicate rule of the org refuses it',
  CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: 'a trigger or flow of the org failed',
  INVALID_FIELD_FOR_INSERT_UPDATE: 'a field is read-only for our user',
  INSUFFICIENT_ACCESS_OR_READONLY: 'our user may not edit the record',
  INVALID_CROSS_REFERENCE_KEY: 'the record is of another org, or was merged',
  MALFORMED_ID: 'the id is none of this org',
};

/**
 * Why a row could not be written, in words with the CRM's code.
 *
 * @example failureInWords('UNABLE_TO_LOCK_ROW'); // => 'somebody else kept writing the record (UNABLE_TO_LOCK_ROW)'
 */
export function failureInWords(code: string): string {
  const words = said[code];
  return words === undefined ? code : `${words} (${code})`;
}
