/** What of a CRM's object is read. */
export interface ObjectFields {
  object: string;
  /** A field of a related record by path, such as `RecordType.Name`. */
  fields: readonly string[];
}

/** What a permission set says to let its user read something. */
export interface ReadGrants {
  objects: readonly string[];
  /** `Account.Industry`; an address as a whole, whichever part of it is read. */
  fields: readonly string[];
}

/**
 * Objects without permissions of their own: who works here is open to every user who is not walled off by sharing, the history
 * of a record, and who takes part in a deal, go with the record, and rates are there only in orgs with several currencies.
 */
const withoutPermissions = /^User$|History$|^OpportunityContactRole$|^CurrencyType$/;

/** Filled in by Salesforce, or required: everybody who sees the object sees them. */
const seenOnEvery: readonly string[] = [
  ...['Id', 'Name', 'OwnerId', 'RecordTypeId', 'IsDeleted', 'MasterRecordId'],
  ...['CreatedDate', 'CreatedById', 'LastModifiedDate', 'LastModifiedById', 'SystemModstamp', 'LastActivityDate'],
  'CurrencyIsoCode',
];
const seenOn: Readonly<Record<string, readonly string[]>> = {
  // Required, and what Salesforce sets when a lead is converted.
  Lead: [
    ...['Company', 'Status'],
    ...['IsConverted', 'ConvertedDate', 'ConvertedAccountId', 'ConvertedContactId', 'ConvertedOpportunityId'],
  ],
  // Required, and what follows from the stage.
  Opportunity: ['StageName', 'CloseDate', 'IsClosed', 'IsWon'],
  // Required, and what follows from the status.
  Contract: ['AccountId', 'Status', 'StatusCode'],
};

/** Only in orgs that once had Data.com: elsewhere naming it fails the deployment. */
const notInEveryOrg: readonly string[] = ['Account.YearStarted'];

const partOfAddress =
  /^(?<which>Billing|Shipping|Mailing|Other|)(?:Street|City|State|StateCode|PostalCode|Country|CountryCode|Latitude|Longitude|GeocodeAccuracy)$/;

/**
 * The permissions by which a user reads the standard fields of some objects.
 *
 * Permissions of required fields cannot be deployed, and one of them fails the whole permission set ("You cannot deploy to a
 * required field"): these are left out, as are those that Salesforce fills in and the fields that an org has made itself.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_permissionset.htm PermissionSetFieldPermissions
 */
export function readGrants(reads: readonly ObjectFields[]): ReadGrants {
  const own = reads.filter(({ object }) => !withoutPermissions.test(object));
  const fields = own.flatMap(({ object, fields: asked }) =>
    asked.flatMap((field) => permissionOf(object, field) ?? []),
  );
  const objects = own.map(({ object }) => object);
  return { objects: [...new Set(objects)].sort(), fields: [...new Set(fields)].sort() };
}

/**
 * The name by which a permission set of every org lets a standard field be read; `null` where none can.
 *
 * @example permissionOf('Account', 'Industry'); // => 'Account.Industry'
 * @example permissionOf('Account', 'BillingCountry'); // => 'Account.BillingAddress'
 * @example permissionOf('Opportunity', 'StageName'); // => null
 * @example permissionOf('Opportunity', 'CurrencyIsoCode'); // => null
 */
export function permissionOf(object: string, field: string): string | null {
  if (field.includes('.') || field.endsWith('__c') || withoutPermissions.test(object)) return null;
  if (seenOnEvery.includes(field) || seenOn[object]?.includes(field)) return null;
  const which = partOfAddress.exec(field)?.groups?.which;
  const name = `${object}.${which === undefined ? field : `${which}Address`}`;
  return notInEveryOrg.includes(name) ? null : name;
}
