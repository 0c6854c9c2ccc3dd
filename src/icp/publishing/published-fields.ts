/** How a CRM keeps a field of ours. */
export type PublishedType =
  | { type: 'number'; precision: number; scale: number }
  | { type: 'picklist'; values: readonly string[] }
  | { type: 'text'; length: number }
  | { type: 'checkbox' }
  | { type: 'datetime' };

export interface PublishedField {
  /** As the CRM calls it. */
  name: string;
  label: string;
  kind: PublishedType;
  /** For the person who sees it on a record. */
  help: string;
  /** A change of this field alone is no reason to write a record. */
  follows: boolean;
}

const points = { type: 'number', precision: 5, scale: 1 } as const;

/** What a tier is called in the CRM: text, so that a tier can be added without refusing whole rows. */
export const tierNames = ['1', '2', '3', 'Not fit'] as const;

/**
 * The fields that are written on every record that carries a score, in the order of the columns that are sent.
 *
 * They are fields of the CRM's own kinds, so that views, reports and automations can use them.
 */
export const publishedFields = [
  {
    ...{ name: 'ICP_Score__c', label: 'ICP Score', follows: false },
    kind: { type: 'number', precision: 5, scale: 1 },
    help: 'How well the account fits, 0 to 100.',
  },
  {
    ...{ name: 'ICP_Tier__c', label: 'ICP Tier', follows: false },
    kind: { type: 'picklist', values: tierNames },
    help: 'Where the score stands: 1 is where to work first.',
  },
  {
    ...{ name: 'ICP_Segment__c', label: 'ICP Segment', follows: false },
    kind: { type: 'text', length: 80 },
    help: 'The group of alike customers that it belongs to.',
  },
  {
    ...{ name: 'ICP_Reasons__c', label: 'ICP Reasons', follows: false },
    kind: { type: 'text', length: 255 },
    help: 'The points behind the score; they add up to it.',
  },
  {
    ...{ name: 'ICP_Detractor__c', label: 'ICP Detractor', follows: false },
    kind: { type: 'checkbox' },
    help: 'Looks like customers who left after real use.',
  },
  {
    ...{ name: 'ICP_Detractor_Reason__c', label: 'ICP Detractor Reason', follows: false },
    kind: { type: 'text', length: 255 },
    help: 'What it has in common with them.',
  },
  {
    ...{ name: 'ICP_Firmographic__c', label: 'ICP Firmographic Points', follows: false, kind: points },
    help: 'Points for what kind of company it is.',
  },
  {
    ...{ name: 'ICP_Technographic__c', label: 'ICP Technographic Points', follows: false, kind: points },
    help: 'Points for what it runs.',
  },
  {
    ...{ name: 'ICP_Behavioural__c', label: 'ICP Behavioural Points', follows: false, kind: points },
    help: 'Points for what it does.',
  },
  {
    ...{ name: 'ICP_Pain__c', label: 'ICP Pain Points', follows: false, kind: points },
    help: 'Points for signs that it needs help.',
  },
  {
    ...{ name: 'ICP_Scored_At__c', label: 'ICP Scored At', follows: true, kind: { type: 'datetime' } },
    help: 'When the score or what stands beside it last changed here, not when it was last looked at.',
  },
  {
    ...{ name: 'ICP_Model_Version__c', label: 'ICP Model Version', follows: true },
    kind: { type: 'text', length: 40 },
    help: 'The approved model behind the score.',
  },
  {
    ...{ name: 'ICP_Run_Id__c', label: 'ICP Run', follows: true, kind: { type: 'text', length: 36 } },
    help: 'The publication that wrote this; it can be undone by this id.',
  },
] as const satisfies readonly PublishedField[];

/** Fields that people own: read, shown beside the model's tier, never written. */
export const overrideFields = [
  {
    ...{ name: 'ICP_Override__c', label: 'ICP Override', follows: false },
    kind: { type: 'picklist', values: tierNames },
    help: 'The tier that a person has set; it stands beside the tier of the model.',
  },
  {
    ...{ name: 'ICP_Override_Reason__c', label: 'ICP Override Reason', follows: false },
    kind: { type: 'text', length: 255 },
    help: 'Why the person set it.',
  },
] as const satisfies readonly PublishedField[];

export type PublishedName = (typeof publishedFields)[number]['name'];
