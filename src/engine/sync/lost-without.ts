/** What the object as a whole is read for. */
const objects: Readonly<Record<string, string>> = {
  AccountHistory: 'what accounts were before the first sync is not known',
  LeadHistory: 'when leads were decided before the first sync is not known',
  OpportunityHistory: 'that a deal came to a stage that qualifies it is not known',
  OpportunityContactRole: 'how many people take part in a deal is not known',
  Contract: 'the end of a contract ends no customer',
  Asset: 'the end of an asset ends no customer',
  User: 'whose a record is, is not known, and no owner is told',
};
const fields: Readonly<Record<string, string>> = {
  'Account.Website': 'accounts have no domain, and leads do not find theirs by it',
  'Contact.Email': 'contacts have no address',
  'Contact.Title': 'how senior contacts are is not known',
  'Contact.Department': 'where contacts work is not known',
  'Lead.Email': 'leads do not find their account by the domain of their address',
  'Lead.Title': 'cards of leads have no title',
  'Lead.LeadSource': 'where leads come from is not known',
  'Opportunity.Type': 'expansions and renewals are told by the name of a deal alone',
  'Opportunity.Amount': 'deals have no value',
  'Opportunity.LeadSource': 'where deals come from is not known',
  'Opportunity.NextStep': 'the next step of a deal is not known',
  'Contract.StartDate': 'since when contracts run is not known',
  'Asset.PurchaseDate': 'since when assets run is not known',
  'Asset.InstallDate': 'since when assets run is not known',
};
const otherwise: Readonly<Record<string, string>> = {
  Account: 'no score learns from it, and no customer is judged by it',
  Lead: 'why leads are turned down is not known',
  Opportunity: 'why deals are lost, or what they were about, is not known',
};

/**
 * What a sync goes without where the CRM does not show it something.
 *
 * @param field `null`: the object itself
 * @example lostWithout('Opportunity', 'Amount'); // => 'deals have no value'
 * @example lostWithout('Contract', null); // => 'the end of a contract ends no customer'
 */
export function lostWithout(object: string, field: string | null): string {
  const nothing = objects[object] ?? 'nothing is read';
  if (field === null) return nothing;
  return fields[`${object}.${field}`] ?? otherwise[object] ?? 'it is not read';
}
