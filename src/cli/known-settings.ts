import { isFolders } from '../compose/sources.ts';
import { driftChannelSetting } from '../compose/tell-people.ts';
import { dataBoundsIn, qualityPrefix } from '../engine/data-quality.ts';
import { calibrationPrefix, ownerPrefix, playbookPrefix, reviewPrefix } from '../engine/governance/governance.ts';
import { governanceChannelSetting } from '../engine/governance/governance-channel.ts';
import { overridersSetting } from '../engine/judgements/set-override.ts';
import { leadStatusIn, leadStatusPrefix } from '../engine/leads/lead-status-setting.ts';
import { leadsChannelSetting, leadsMostSetting, usualMost } from '../engine/leads/post-leads.ts';
import { testIn, testPrefix } from '../engine/outreach-test.ts';
import { decidersSetting } from '../engine/proposals/deciders.ts';
import {
  bandSetting,
  deadlineSetting,
  effectiveDaysSetting,
  isBand,
  ownerSetting,
  twoPeopleSetting,
} from '../engine/proposals/proposal-settings.ts';
import { publishPrefix } from '../engine/publish/may-publish.ts';
import { publishChannelSetting } from '../engine/publish/tell-publication.ts';
import { routingPrefix } from '../engine/routing.ts';
import {
  crmBookSetting,
  crmFieldsPrefix,
  crmMappingPrefix,
  crmOrgSetting,
  crmWithoutPrefix,
} from '../engine/sync/crm-settings.ts';
import { expansionChannelSetting } from '../engine/tell-expansions.ts';
import { targetsIn, targetsPrefix } from '../engine/tier-targets.ts';
import { churnBudgetSetting, churnChannelSetting } from '../engine/watch-churn.ts';
import { crmMappingSchema } from '../icp/crm-mapping/mapping-schema.ts';
import { queuesIn } from '../icp/routing/routing-queues.ts';
import { roles } from '../icp/types.ts';
import { jobNames, scheduleKey } from '../jobs/jobs.ts';
import { parseSchedule } from '../jobs/schedule.ts';
import { competitorsPrefix } from '../questions/competitors.ts';
import { actAsSetting } from './acting.ts';
import { isCount, isDay, isDays, isText, isTexts, isTextsEach, isYesOrNo } from './setting-values.ts';

/** Every setting there is: its key (a star stands for a book), what it does, and how a value must look. */
export const known = [
  { key: 'book.primary', does: 'the book that is meant when nobody names one', valid: isText, like: 'main' },
  {
    key: 'fields.allowed.*',
    does: 'suspect fields of a book that a person allows',
    valid: isTexts,
    like: '["onboarding_stage"]',
  },
  {
    key: 'hypothesis.*',
    does: 'the written ICP of a book: it scores while there is no data, and the learnt scoring is held against it',
    valid: isText,
    like: '/path/to/icp.yaml',
  },
  {
    key: 'flags.reviewer',
    does: 'who looks at scores that somebody found wrong: an e-mail',
    valid: isText,
    like: 'rita@ours.example',
  },
  {
    key: churnChannelSetting,
    does: 'the channel in which customer success is told who may leave; none, and nobody is told',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: churnBudgetSetting,
    does: 'the most churn alerts for each customer success manager in a week; 5 unless set',
    valid: isCount,
    like: '5',
  },
  {
    key: expansionChannelSetting,
    does: 'the channel of the weekly list of who may buy more; that of the churn alerts unless set',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: driftChannelSetting,
    does: 'the channel that is told when the market has moved, or a week was unlike those before it',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: leadsChannelSetting,
    does: 'the channel in which new leads are shown, and on Mondays what was answered, or owner for a direct message to the owner of each; none, and none are',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: leadsMostSetting,
    does: `the most lead cards a run in the channel, or for each owner; ${usualMost} unless set`,
    valid: isCount,
    like: '10',
  },
  {
    key: `${leadStatusPrefix}*`,
    does: 'whether what a rep answers to a lead of a book sets its status in Salesforce, to which, and where the reason goes; off unless set',
    valid: (value: unknown) => leadStatusIn(value) !== null,
    like: '{"on":true,"accepted":"Working - Contacted","rejected":"Closed - Not Converted","reasonField":"Reject_Reason__c"}',
  },
  {
    key: `${routingPrefix}*`,
    does: 'the queues of Salesforce that leads of a book go to, by tier and by segment; ICP_Tier_1 and so on unless set',
    valid: (value: unknown) => queuesIn(value) !== null,
    like: '{"tier1":"Enterprise_Team","segments":{"Fintech on Snowflake":"Fintech_Team"}}',
  },
  {
    key: 'sources.*',
    does: 'the folders that a book is synced from every day; those that were imported unless set',
    valid: isFolders,
    like: '[{"folder":"/path/to/bundle","mapping":null}]',
  },
  {
    key: 'facts.changeable.*',
    does: 'fields or features of a book that could be changed, for what it would take; the technologies unless set',
    valid: isTexts,
    like: '["technologies","onboarding_stage"]',
  },
  {
    key: `${competitorsPrefix}*`,
    does: 'the tools that compete with us, for lists of who uses one; none unless set',
    valid: isTexts,
    like: '["Dealwright","Zoho CRM"]',
  },
  { key: deadlineSetting, does: 'hours until a proposal has to be decided; 24 unless set', valid: isCount, like: '24' },
  {
    key: effectiveDaysSetting,
    does: 'days between the last decision and when it takes effect; none unless set',
    valid: isCount,
    like: '7',
  },
  { key: ownerSetting, does: 'who is to decide on proposals: an e-mail', valid: isText, like: 'rita@ours.example' },
  {
    key: twoPeopleSetting,
    does: 'whether whoever changed a line may not approve it: true or false',
    valid: isYesOrNo,
    like: 'true',
  },
  {
    key: bandSetting,
    does: 'what tier 1 may hold of the accounts that are no customers, for proposals and impact alike, and the share that it, or tiers 1 and 2 together, may lose at once, without an alarm; 5 to 30 %, 5,000 and a quarter unless set',
    valid: isBand,
    like: '{"low":0.05,"high":0.3,"most":5000,"shrink":0.25}',
  },
  {
    key: `${targetsPrefix}*`,
    does: 'what each tier of a book is to bring in a quarter, which its open pipeline is divided by; none unless set',
    valid: (value: unknown) => targetsIn(value) !== null,
    like: '{"tier1":900000,"tier2":400000,"tier3":100000}',
  },
  {
    key: `${qualityPrefix}*`,
    does: `between what the data of a book are good enough to stand on without a caution: won for each lost, and days over which accounts were observed; 0.1 to 2 and 180 unless set`,
    valid: (value: unknown) => dataBoundsIn(value) !== null,
    like: '{"wonToLost":[0.1,2],"historyDays":180}',
  },
  { key: decidersSetting, does: 'the roles that may decide on proposals', valid: isRoles, like: '["revops","admin"]' },
  {
    key: governanceChannelSetting,
    does: 'the channel in which those who govern are told: proposals, flags, the head of the audit log',
    valid: isText,
    like: 'C0123456789',
  },
  { key: crmBookSetting, does: 'the book that Salesforce feeds; main unless set', valid: isText, like: 'main' },
  {
    key: crmOrgSetting,
    does: 'the org that the data came from, which the first sync sets: another one is refused',
    valid: isOrg,
    like: '{"id":"00D...","name":"Ours","setting":"production","url":"https://..."}',
  },
  {
    key: `${crmMappingPrefix}*`,
    does: 'what the records of the org mean, for a book; lodestar sync --propose prints one',
    valid: (value: unknown) => crmMappingSchema.safeParse(value).success,
    like: '{"lead":{"rejected":["Disqualified"]}}',
  },
  {
    key: `${crmWithoutPrefix}*`,
    does: 'fields and objects of Salesforce that may be hidden from a sync into a book; any other that was read or is mapped stops it',
    valid: isTexts,
    like: '["Account.Website"]',
  },
  {
    key: `${crmFieldsPrefix}*`,
    does: 'the fields that the last sync into a book has read, by object, which the sync sets',
    valid: isTextsEach,
    like: '{"Account":["Name","Website"]}',
  },
  {
    key: publishChannelSetting,
    does: 'the channel in which publications are reported; that of governance unless set',
    valid: isText,
    like: 'C0123456789',
  },
  {
    key: `${publishPrefix}*`,
    does: 'whether scores of a book are published, and whether also those of a first model, which nobody decided on',
    valid: isSwitch,
    like: '{"on":true,"first":false}',
  },
  {
    key: actAsSetting,
    does: 'for whom the command line may act: true for everybody, or a list of e-mails',
    valid: (value: unknown) => typeof value === 'boolean' || isTexts(value),
    like: 'true',
  },
  {
    key: `${testPrefix}*`,
    does: 'the dated test of a book; lodestar test start begins one, and the history has those before',
    valid: (value: unknown) => testIn(value) !== null,
    like: '{"name":"spring","startsAt":"2027-01-15","endsAt":"2027-03-16"}',
  },
  { key: overridersSetting, does: 'the roles that may override a tier', valid: isRoles, like: '["revops","leader"]' },
  {
    key: `${ownerPrefix}*`,
    does: 'who owns the signals, the definitions, the criteria or one kind of signal: an e-mail',
    valid: isText,
    like: 'rita@ours.example',
  },
  {
    key: `${reviewPrefix}*`,
    does: 'the day of their next review; setting it anew says that they were reviewed',
    valid: isDay,
    like: '2027-01-15',
  },
  {
    key: `${calibrationPrefix}conversion`,
    does: 'how often, in days, the model is held against conversion at the least; 30 unless set',
    valid: isDays,
    like: '30',
  },
  {
    key: `${calibrationPrefix}retention`,
    does: 'how often, in days, it is held against retention; 90 unless set',
    valid: isDays,
    like: '90',
  },
  ...[1, 2, 3].map((tier) => ({
    key: `${playbookPrefix}${tier}`,
    does: `what happens at tier ${tier}, in words`,
    valid: isText,
    like: '"called within a day, by the owner"',
  })),
  ...jobNames.map((job) => ({
    key: scheduleKey(job),
    does: `when the job ${job} is due`,
    valid: isSchedule,
    like: '"Mon 06:00 Europe/Berlin", "daily 03:00" or off',
  })),
] as const;

/** The setting that a key is of. */
export function settingOfKey(key: string): (typeof known)[number] | undefined {
  return known.find((candidate) => matches(candidate.key, key));
}

function matches(pattern: string, key: string): boolean {
  return pattern.endsWith('*') ? key.startsWith(pattern.slice(0, -1)) && key.length >= pattern.length : key === pattern;
}

function isSchedule(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  parseSchedule(value);
  return true;
}

function isRoles(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((role) => roles.some((known) => known === role));
}

function isSwitch(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'boolean';
}

function isOrg(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'id' in value && isText(value.id) && 'url' in value;
}
