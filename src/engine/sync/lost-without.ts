/** What the object as a whole is read for. */
const objects: Readonly<Record<string, string>> = {
  AccountHistory: 'what accounts were before the first sync is not known',
  LeadHistory: 'when leads were decided before the first sync is not known',
  OpportunityHistory: 'that a deal came to a stage that qualifies it is not known',
  OpportunityContactRole: 'how many people take part in a deal is not known',
  Contract: 'the end of a contract ends no customer',
  Asset: 'the end of an asset ends no customer',
  CurrencyType: 'amounts in several currencies cannot be added up',
  User: 'whose a record is, is not known, and no owner is told',
};
const fields: Readonly<Record<string, string>> = {
  'Account.Website': 'accounts have no domain, and leads do not find theirs by it',
  'Account.OwnerId': 'whose an account is, is not known',
  'Account.Industry': 'no score reads the industry',
  'Account.NumberOfEmployees': 'no score reads how large a company is',
  'Account.AnnualRevenue': 'no score reads the revenue',
  'Account.BillingCountry': 'no score reads the country',
  'Contact.Email': 'contacts have no address',
  'Contact.Title': 'how senior contacts are is not known',
  'Contact.Department': 'where contacts work is not known',
  'Lead.Email': 'leads do not find their account by the domain of their address',
  'Lead.Title': 'cards of leads have no title',
  'Lead.LeadSource': 'where leads come from is not known',
  'Lead.OwnerId': 'whose a lead is, is not known',
  'Lead.IsConverted': 'a lead that was converted does not count as accepted',
  'Lead.ConvertedAccountId': 'a lead that was converted is not tied to its account',
  'Opportunity.Type': 'expansions and renewals are told by the name of a deal alone',
  'Opportunity.StageName': 'lost deals without a loss reason have none',
  'Opportunity.Amount': 'deals have no value',
  'Opportunity.LeadSource': 'where deals come from is not known',
  'Opportunity.NextStep': 'the next step of a deal is not known',
  'Contract.StartDate': 'since when contracts run is not known',
  'Asset.PurchaseDate': 'since when assets run is not known',
  'Asset.InstallDate': 'since when assets run is not known',
  'User.Email': 'whose a record is, is not known, and no owner is told',
};
const otherwise: Readonly<Record<string, string>> = {
  Account: 'no score learns from it, and no customer is judged by it',
  Lead: 'why leads are turned down is not known',
  Opportunity: 'why deals are lost, or what they were about, is not known',
};

/**
 * What a sync goes without where the CRM does not show it something that every org has.
 *
 * @param field `null`: the object itself
 * @returns `null` for what an org may well not have
 * @example lostOfStandard('Opportunity', 'Amount'); // => 'deals have no value'
 * @example lostOfStandard('Account', 'Region__c'); // => null
 */
export function lostOfStandard(object: string, field: string | null): string | null {
  return (field === null ? objects[object] : fields[`${object}.${field}`]) ?? null;
}

/**
 * What a sync goes without where the CRM does not show it something, of the org's own or not.
 *
 * @param field `null`: the object itself
 * @example lostWithout('Account', 'Region__c'); // => 'no score learns from it, and no customer is judged by it'
 * @example lostWithout('Contract', null); // => 'the end of a contract ends no customer'
 */
export function lostWithout(object: string, field: string | null): string {
  return (
    lostOfStandard(object, field) ?? (field === null ? 'nothing is read' : (otherwise[object] ?? 'it is not read'))
  );
}
