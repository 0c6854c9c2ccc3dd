import type { TableName } from './bundle-tables.ts';
import { type ColumnProfile, type FileProfile, plainName } from './profile-columns.ts';

/** What other systems call the columns of a bundle: plain names, the surest first. */
const synonyms: Record<string, readonly string[]> = {
  name: ['name', 'accountname', 'companyname', 'company', 'account', 'customername', 'organization'],
  domain: ['domain', 'website', 'companydomainname', 'companydomain', 'url', 'websiteurl'],
  owner_email: ['owneremail', 'ownerid', 'owner', 'companyowner', 'accountowner', 'leadowner'],
  region: ['region', 'territory', 'billingstate', 'stateregion'],
  industry: ['industry', 'sector', 'vertical'],
  sub_industry: ['subindustry', 'subsector'],
  employees: ['employees', 'numberofemployees', 'employeecount', 'headcount', 'noofemployees'],
  revenue: ['revenue', 'annualrevenue'],
  country: ['country', 'billingcountry', 'countryregion', 'officelocation', 'hqcountry'],
  funding_stage: ['fundingstage', 'lastfundingtype', 'lastfundinground'],
  funding_amount: ['fundingamount', 'totalfunding', 'totalmoneyraised', 'totalfundingamount'],
  technologies: ['technologies', 'techstack', 'webtechnologies', 'technologystack'],
  email: ['email', 'emailaddress', 'workemail'],
  title: ['title', 'jobtitle'],
  seniority: ['seniority', 'employmentseniority'],
  created_at: [
    'createdat',
    'createddate',
    'createdate',
    'created',
    'engagedate',
    'opendate',
    'openedat',
    'datecreated',
  ],
  closed_at: ['closedat', 'closedate', 'closeddate', 'closed', 'wondate'],
  decided_at: ['decidedat', 'converteddate', 'convertdate'],
  amount: ['amount', 'dealvalue', 'closevalue', 'dealamount', 'value', 'tcv', 'acv'],
  next_step: ['nextstep', 'nextsteps'],
  loss_reason: ['lossreason', 'closedlostreason', 'lostreason', 'reasonlost', 'whylost'],
  reject_reason: ['rejectreason', 'disqualifiedreason', 'unqualifiedreason', 'rejectionreason'],
  source: ['leadsource', 'source', 'originalsource', 'originalsourcetype'],
  started_at: [
    'startedat',
    'startdate',
    'customersince',
    'contractstart',
    'contractstartdate',
    'subscriptionstart',
    'signupdate',
    'signedupat',
    'activatedat',
  ],
  ended_at: ['endedat', 'churndate', 'churnedat', 'enddate', 'cancelledat', 'canceledat', 'cancellationdate'],
  churn_reason: ['churnreason', 'cancellationreason'],
  arr: ['arr', 'annualrecurringrevenue'],
  renewal_on: ['renewalon', 'renewaldate'],
  kind: ['kind', 'type'],
};

/** The column of a file that plays a part, by its name. */
export function columnFor(file: FileProfile, target: string): ColumnProfile | undefined {
  const names = [plainName(target), ...(synonyms[target] ?? [])];
  for (const name of names) {
    const found = file.columns.find(({ plain, known }) => plain === name && known > 0);
    if (found !== undefined) return found;
  }
  return undefined;
}

const idNames: Partial<Record<TableName, RegExp>> = {
  accounts: /^(account|company|customer|client|organi[sz]ation|prospect)?(id|key|guid|number|no)$|^recordid$/,
  contacts: /^(contact|person)?id$|^recordid$/,
  leads: /^(lead|prospect)?(id|number|no)$|^recordid$/,
  opportunities: /^(opportunity|opp|deal)?(id|number|no)$|^recordid$/,
};

/** The column that identifies the rows of a file: unique, and named like one; else the first unique column of names. */
export function idColumn(file: FileProfile, feeds: TableName): ColumnProfile | undefined {
  const unique = file.columns.filter(({ isUnique }) => isUnique);
  const pattern = idNames[feeds];
  return (
    unique.find(({ plain }) => pattern?.test(plain)) ??
    unique.find(({ plain }) => /id$/.test(plain)) ??
    unique.find(({ type, plain }) => type === 'category' && !/mail|phone/.test(plain))
  );
}

/**
 * The column by which rows of one file name rows of another: most of its texts are ids there. In a sample of a large
 * file few of them are, and the column's name decides.
 */
export function referenceTo(file: FileProfile, target: ColumnProfile): ColumnProfile | undefined {
  let best: ColumnProfile | undefined;
  let bestShare = 0.5;
  for (const column of file.columns) {
    if (column.known === 0 || column.type === 'flag' || column.type === 'date') continue;
    const found = column.texts.filter((text) => text !== '' && target.words.has(text)).length;
    const share = found / column.known;
    if (share > bestShare || (share === bestShare && best !== undefined && /account|company/.test(column.plain))) {
      best = column;
      bestShare = share;
    }
  }
  return best ?? file.columns.find(({ plain, known }) => known > 0 && plain === target.plain && plain !== 'id');
}
