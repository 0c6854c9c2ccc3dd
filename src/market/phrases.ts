/** What people say in public when it hurts, in their own words. */
export const painPhrases = [
  'our reps live in spreadsheets',
  'nobody trusts the forecast, so we build our own every Monday',
  'half of the pipeline has no next step in it',
  'we find out that a deal is dead when the quarter ends',
  'our CRM is a graveyard of good intentions',
  'I spend two days a month chasing close dates',
  'every region counts pipeline differently',
  'we hired five SDRs and cannot tell what they do all day',
  'leads wait three days before anybody calls them back',
  'our board deck is stitched together by hand',
] as const;
export const painSources = ['community', 'podcast', 'review-site', 'social'] as const;

/** Pain of another kind, that the product does not cure. */
export const otherPhrases = [
  'parking at the new office is a nightmare',
  'our expense tool logs me out every hour',
  'payroll was late again this month',
] as const;

export const contentTitles = [
  'Guide: forecasting without guesswork',
  'Template: weekly pipeline review',
  'Report: how long deals really take',
  'Checklist: leaving spreadsheets behind',
  'Recording: territory planning in an hour',
] as const;
export const eventNames = [
  'Pipeline breakfast',
  'RevOps meet-up',
  'Autumn summit',
  'Forecasting webinar',
  'Product tour',
] as const;
export const searchTerms = [
  'sales forecasting software',
  'pipeline management tool',
  'dealwright alternative',
  'crm forecasting add-on',
  'revenue operations platform',
] as const;
export const intentTopics = [
  'sales forecasting',
  'revenue operations',
  'pipeline analytics',
  'sales engagement',
] as const;
export const jobTitles = [
  'Sales Development Representative',
  'Account Executive',
  'Revenue Operations Analyst',
] as const;
export const newLeaders = ['New VP Sales', 'New Chief Revenue Officer', 'New Head of Revenue Operations'] as const;

export const leadSources = [
  'webinar',
  'demo request',
  'content',
  'event',
  'partner',
  'paid search',
  'outbound list',
] as const;
export const leadSourceShares = [16, 20, 24, 12, 8, 12, 8] as const;

export const churnReasons = [
  'only ever used the reports',
  'not enough people used it',
  'went back to Airtable',
  'budget cut',
  'champion left',
] as const;
export const earlyChurnReasons = ['never rolled out', 'bought by another team', 'project stopped'] as const;
export const nextSteps = [
  'Demo for the sales team',
  'Security review',
  'Pricing call with finance',
  'Pilot plan',
  'Contract with legal',
] as const;
export const products = ['Forecast', 'Pipeline', 'Territories', 'Commissions'] as const;
export const expansionKinds = ['seats', 'usage', 'products', 'upsell', 'cross_sell'] as const;
export const expansionTriggers = [
  'team grew',
  'hit the plan limit',
  'second region',
  'asked for another product',
] as const;
