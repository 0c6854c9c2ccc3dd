import { FakeOrg, recordId } from './fake-org.ts';

const day = (text: string) => `${text}T09:00:00.000+0000`;

/** An org with some of everything: what a sync reads at its plainest. */
export function smallOrg(options: { accounts?: number; pageSize?: number } = {}): FakeOrg {
  const { accounts = 9, pageSize = 4 } = options;
  const org = new FakeOrg({ pageSize });
  const owner = recordId('005', 1);
  org.write('User', owner, { Email: 'Dana@Ours.example', Name: 'Dana' });
  for (let at = 1; at <= accounts; at++) {
    const accountId = recordId('001', at);
    org.write('Account', accountId, {
      ...{
        Name: `Account ${at}`,
        Website: `https://www.a${at}.example/`,
        OwnerId: owner,
        CreatedDate: day('2024-01-05'),
      },
      ...{ Industry: at % 2 === 0 ? 'Logistics' : 'Retail', NumberOfEmployees: 10 * at, AnnualRevenue: null },
      ...{ BillingCountry: 'DE', Rating: 'Hot', ICP_Score__c: at, ICP_Override__c: null, ICP_Override_Reason__c: null },
      ...{ Churn_Date__c: null },
    });
    org.write('Contact', recordId('003', at), {
      AccountId: accountId,
      Name: `Ann ${at}`,
      Email: `ann@a${at}.example`,
      Title: 'VP Sales',
    });
    org.write('Lead', recordId('00Q', at), {
      ...{
        Name: `Ann ${at}`,
        Company: `Account ${at}`,
        Title: 'VP Sales',
        Email: `ann@a${at}.example`,
        OwnerId: owner,
      },
      ...{
        Status: at % 3 === 0 ? 'Disqualified' : 'Open - Not Contacted',
        LeadSource: 'Web',
        CreatedDate: day('2024-02-01'),
      },
      ...{
        IsConverted: false,
        ConvertedDate: null,
        ConvertedAccountId: null,
        Reject_Reason__c: at % 3 === 0 ? 'Too small' : null,
      },
    });
    org.write('Opportunity', recordId('006', at), {
      ...{
        AccountId: accountId,
        Name: `Deal ${at}`,
        Type: 'New Business',
        Amount: 1000 * at,
        CreatedDate: day('2024-03-01'),
      },
      ...{
        StageName: at % 2 === 0 ? 'Closed Won' : 'Closed Lost',
        IsClosed: true,
        IsWon: at % 2 === 0,
        CloseDate: '2024-06-30',
      },
      ...{ LeadSource: 'Web', NextStep: null, Loss_Reason__c: at % 2 === 0 ? null : 'Price' },
    });
    org.write('OpportunityContactRole', recordId('00K', at), {
      OpportunityId: recordId('006', at),
      ContactId: recordId('003', at),
    });
  }
  org.write('LeadHistory', recordId('017', 1), {
    ...{ LeadId: recordId('00Q', 3), Field: 'Status', OldValue: 'Open - Not Contacted', NewValue: 'Disqualified' },
    ...{ CreatedDate: day('2024-02-10'), SystemModstamp: null },
  });
  org.write('AccountHistory', recordId('018', 1), {
    ...{ AccountId: recordId('001', 2), 'Account.CreatedDate': day('2024-01-05'), Field: 'Industry' },
    ...{ OldValue: 'Mining', NewValue: 'Logistics', CreatedDate: day('2024-05-01'), SystemModstamp: null },
  });
  return org;
}
