/** A tab of the page: an object, its list, and where its records are looked for by name. */
export interface Tab {
  object: string;
  label: string;
  /** Those that the org does not have are left out. */
  columns: readonly string[];
  search: readonly string[];
  /** The order at first; `-` is the largest first. The first that the org has is taken. */
  sort: readonly string[];
}

const icp = ['ICP_Tier__c', 'ICP_Score__c', 'ICP_Segment__c', 'ICP_Reasons__c'];

/** The objects that people in sales open, in the order of the tabs. */
export const tabs = [
  {
    ...{ object: 'Account', label: 'Accounts', search: ['Name', 'Website'], sort: ['-ICP_Score__c', 'Name'] },
    columns: ['Name', ...icp, 'OwnerId', 'ICP_Scored_At__c'],
  },
  {
    ...{ object: 'Lead', label: 'Leads', search: ['Name', 'Company', 'Website'], sort: ['-ICP_Score__c', 'Company'] },
    columns: ['Name', 'Company', ...icp, 'OwnerId', 'ICP_Scored_At__c'],
  },
  {
    ...{ object: 'Contact', label: 'Contacts', search: ['Name', 'Email'], sort: ['-ICP_Score__c', 'Name'] },
    columns: ['Name', 'AccountId', ...icp, 'OwnerId', 'ICP_Scored_At__c'],
  },
  {
    ...{ object: 'Opportunity', label: 'Opportunities', search: ['Name'], sort: ['-CloseDate'] },
    columns: ['Name', 'AccountId', 'StageName', 'Amount', 'CloseDate', 'OwnerId'],
  },
] as const satisfies readonly Tab[];

/** The field by which a list is kept to one tier. */
export const tierField = 'ICP_Tier__c';
/** Whether anything is scored is told by this one. */
export const scoreField = 'ICP_Score__c';

export const tabNames = tabs.map(({ object }) => object);

/** The tab of an object; `undefined`: it has none. */
export function tabOf(object: string): Tab | undefined {
  return tabs.find((tab) => tab.object === object);
}
