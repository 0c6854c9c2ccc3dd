import type { Org } from '../../src/workbench/salesforce/org/org.ts';

const industries = ['Retail', 'Technology', 'Banking', 'Healthcare'] as const;

/** 15 characters of an id. */
function idOf(prefix: string, nth: number): string {
  return `${prefix}FA${String(nth).padStart(10, '0')}`;
}

/** A small company with some of everything that a sync reads. */
export function fillCompany(org: Org): void {
  const numbers = (count: number) => Array.from({ length: count }, (_, nth) => nth);
  org.insert(
    'User',
    numbers(3).map((nth) => ({
      ...{ Id: idOf('005', nth), LastName: `Rep ${nth}`, Email: `rep${nth}@ours.example` },
      ...{ Username: `rep${nth}@ours.example`, IsActive: true },
    })),
  );
  const owner = (nth: number) => ({ OwnerId: idOf('005', nth % 3) });
  org.insert(
    'Account',
    numbers(60).map((nth) => ({
      ...{ Id: idOf('001', nth), Name: `Account ${nth}`, Website: `https://www.a${nth}.example`, ...owner(nth) },
      ...{ Industry: industries[nth % 4], NumberOfEmployees: nth * 10, Region__c: nth % 7 === 0 ? null : 'EMEA' },
    })),
  );
  org.insert(
    'Contact',
    numbers(40).map((nth) => ({
      ...{ Id: idOf('003', nth), AccountId: idOf('001', nth % 60), LastName: `Person ${nth}`, Title: 'VP Sales' },
      ...{ Email: `p${nth}@a${nth}.example`, ...owner(nth) },
    })),
  );
  org.insert(
    'Lead',
    numbers(40).map((nth) => ({
      ...{ Id: idOf('00Q', nth), LastName: `Lead ${nth}`, Company: `Account ${nth}`, Email: `l${nth}@a${nth}.example` },
      ...{ Status: nth % 4 === 0 ? 'Closed - Not Converted' : 'Open - Not Contacted', ...owner(nth) },
    })),
  );
  org.insert(
    'Opportunity',
    numbers(40).map((nth) => ({
      ...{ Id: idOf('006', nth), AccountId: idOf('001', nth), Name: `Deal ${nth}`, Amount: 1000 * nth },
      ...{ StageName: (['Closed Won', 'Closed Lost', 'Prospecting'] as const)[nth % 3], CloseDate: '2026-06-30' },
      ...{ Type: 'New Business', ...owner(nth) },
    })),
  );
  org.insert(
    'OpportunityContactRole',
    numbers(30).map((nth) => ({ Id: idOf('00K', nth), OpportunityId: idOf('006', nth), ContactId: idOf('003', nth) })),
  );
}

/** What may happen to it between two readings: records come, change, go, are merged, and are erased for good. */
export function changeCompany(org: Org, nth: number): void {
  for (let at = 0; at < 20; at++)
    org.update('Account', idOf('001', at + nth), { Industry: 'Finance', NumberOfEmployees: 7 * at });
  for (let at = 0; at < 20; at++) org.update('Lead', idOf('00Q', at + nth * 4), { Status: 'Working - Contacted' });
  for (let at = 0; at < 15; at++) org.update('Opportunity', idOf('006', at + nth * 5), { StageName: 'Closed Won' });
  for (let at = 0; at < 12; at++) {
    const id = idOf('001', 100 * nth + at);
    org.insert('Account', [{ Id: id, Name: `New ${nth} ${at}`, Website: `https://n${at}.example` }]);
    org.insert('Contact', [{ AccountId: id, LastName: `New ${at}`, Email: `new@n${at}.example` }]);
  }
  org.delete('Contact', idOf('003', 30 + nth));
  org.delete('OpportunityContactRole', idOf('00K', 20 + nth));
  org.merge('Account', idOf('001', 50), idOf('001', 50 + nth));
  org.erase('Lead', idOf('00Q', 37 + nth));
}
