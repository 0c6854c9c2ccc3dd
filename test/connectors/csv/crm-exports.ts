/** Exports as the two most common CRMs write them, small and made up. */
const days = (from: number, count: number) => new Date(Date.UTC(2024, 0, 1 + from + count)).toISOString().slice(0, 10);

const industries = ['Logistics', 'Software', 'Retail'];

/** Account, Opportunity, Lead, Contact and User of a Salesforce data export: 60 accounts, 90 opportunities. */
export function salesforceExport(): Record<string, string> {
  const accounts = Array.from({ length: 60 }, (_, at) =>
    [
      `001A${at}`,
      `Company ${at}`,
      `https://www.company${at}.example/home`,
      industries[at % 3],
      10 + at,
      1e6 + at,
      `005${at % 2}`,
      days(at, 0),
    ].join(','),
  );
  const opportunities = Array.from({ length: 90 }, (_, at) => {
    const stage = ['Closed Won', 'Closed Lost', 'Negotiation'][at % 3] ?? '';
    const [won, closed] = [at % 3 === 0, at % 3 !== 2];
    const created = `${days(at, 0)}T09:30:00.000+0000`;
    return [
      `006B${at}`,
      `001A${at % 60}`,
      `Deal ${at}`,
      stage,
      won,
      closed,
      days(at, closed ? 30 : 9000),
      100 * at,
      created,
      'Web',
    ].join(',');
  });
  const leads = Array.from({ length: 40 }, (_, at) => {
    const status = ['Open - Not Contacted', 'Unqualified', 'Qualified'][at % 3] ?? '';
    const converted = at % 4 === 0;
    return [
      `00Q${at}`,
      `Company ${at}`,
      status,
      converted,
      converted ? `001A${at}` : '',
      converted ? days(at, 9) : '',
      days(at, 0),
    ].join(',');
  });
  const contacts = Array.from({ length: 20 }, (_, at) => `003${at},001A${at},person${at}@company${at}.example,CTO`);
  return {
    'Account.csv': `Id,Name,Website,Industry,NumberOfEmployees,AnnualRevenue,OwnerId,CreatedDate\n${accounts.join('\n')}\n`,
    'Opportunity.csv': `Id,AccountId,Name,StageName,IsWon,IsClosed,CloseDate,Amount,CreatedDate,LeadSource\n${opportunities.join('\n')}\n`,
    'Lead.csv': `Id,Company,Status,IsConverted,ConvertedAccountId,ConvertedDate,CreatedDate\n${leads.join('\n')}\n`,
    'Contact.csv': `Id,AccountId,Email,Title\n${contacts.join('\n')}\n`,
    'User.csv': 'Id,Name,Email\n0050,Dana,dana@ours.example\n0051,Eli,eli@ours.example\n',
  };
}

/** Companies and deals as HubSpot exports them: 50 companies, 80 deals. */
export function hubspotExport(): Record<string, string> {
  const companies = Array.from({ length: 50 }, (_, at) =>
    [
      9000 + at,
      `"Company ${at}, Inc."`,
      `company${at}.example`,
      'dana@ours.example',
      industries[at % 3],
      10 + at,
      `${days(at, 0)} 10:22`,
    ].join(','),
  );
  const deals = Array.from({ length: 80 }, (_, at) => {
    const stage = ['Closed won', 'Closed lost', 'Appointment scheduled', 'Closed lost'][at % 4] ?? '';
    const reason = stage === 'Closed lost' ? 'Price' : '';
    const closed = stage.startsWith('Closed') ? `${days(at, 20)} 08:00` : '';
    return [`d${at}`, `Deal ${at}`, stage, closed, `${days(at, 0)} 10:00`, 50 * at, 9000 + (at % 50), reason].join(',');
  });
  return {
    'companies.csv': `Record ID,Company name,Company Domain Name,Company owner,Industry,Number of Employees,Create Date\n${companies.join('\n')}\n`,
    'deals.csv': `Record ID,Deal Name,Deal Stage,Close Date,Create Date,Amount,Associated Company IDs,Closed Lost Reason\n${deals.join('\n')}\n`,
  };
}
