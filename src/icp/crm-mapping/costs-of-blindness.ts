/** What it costs when an org does not show a standard field, or an object (under `''`), to the user that reads it. */
const costs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  User: {
    '': 'owners are not known, and nobody is told of theirs',
    Email: 'owners are not known, and nobody is told of theirs',
  },
  Account: {
    Website: 'accounts have no domain, so leads do not find theirs by their address',
    OwnerId: 'the owners of accounts are not known',
    Industry: 'no score reads the industry',
    NumberOfEmployees: 'no score reads how large a company is',
    AnnualRevenue: 'no score reads the revenue',
    BillingCountry: 'no score reads the country',
  },
  Contact: {
    Email: 'people have no address',
    Title: 'how senior people are is not known',
  },
  Lead: {
    Email: 'leads do not find their account by their address',
    OwnerId: 'the owners of leads are not known',
    IsConverted: 'a lead that was converted does not count as accepted',
    ConvertedAccountId: 'a lead that was converted is not tied to its account',
  },
  Opportunity: {
    Amount: 'deals have no price, and what customers pay is not known by them',
    Type: 'expansions are taken for new business, and renewals are known by their name only',
    StageName: 'lost deals without a loss reason have none',
    NextStep: 'no deal counts as qualified',
  },
  OpportunityContactRole: { '': 'how many people take part in a deal is not known' },
  LeadHistory: { '': 'when leads were decided is known from the first sync on only' },
  AccountHistory: { '': 'what accounts were before the first sync is not known' },
};

/** Something standard that an org does not show, with what that costs. */
export interface Unseen {
  object: string;
  /** `null`: the object itself. */
  field: string | null;
  cost: string;
}

/**
 * What an org does not show of what is usually read, each with what that costs.
 *
 * @param shown the fields of each object that is read, by its name; `null` for one that is not shown
 * @example unseenOf(new Map([['LeadHistory', null]]))[0]?.cost; // => 'when leads were decided is known from the first sync on only'
 */
export function unseenOf(shown: ReadonlyMap<string, Readonly<{ has(field: string): boolean }> | null>): Unseen[] {
  return [...shown].flatMap(([object, fields]) =>
    Object.entries(costs[object] ?? {}).flatMap(([field, cost]): Unseen[] => {
      if (fields === null) return field === '' ? [{ object, field: null, cost }] : [];
      return field === '' || fields.has(field) ? [] : [{ object, field, cost }];
    }),
  );
}
