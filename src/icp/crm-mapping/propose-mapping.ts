import type { FeatureType, Layer } from '../types.ts';
import { type CrmMapping, crmMappingSchema, defaultCrmMapping, isNeverFed } from './mapping-schema.ts';

/** A field as a CRM describes it. */
export interface DescribedField {
  name: string;
  label: string;
  type: string;
  custom: boolean;
  picklist: readonly string[];
}

export interface CrmProposal {
  mapping: CrmMapping;
  /** One sentence for each part that is not the plain default. */
  reasons: readonly { part: string; reason: string }[];
}

interface Described {
  account: readonly DescribedField[];
  lead: readonly DescribedField[];
  opportunity: readonly DescribedField[];
  contract: readonly DescribedField[];
}

const words = {
  rejected: /disqualif|unqualif|reject|recycl|not converted|not a fit|no fit|junk|spam|bad data|dead/i,
  // A status that only says that it is new accepts nothing.
  accepted: /work|contacted|nurtur|qualif|accept|engag|progress|meeting|convert/i,
  notYet: /\bnot contacted|^new\b|^open\b|unassigned|uncontacted|not yet|attempt/i,
  expansion: /exist|expan|up[\s-]?sell|cross[\s-]?sell|add[\s-]?on|upgrade/i,
  renewal: /renew|replacement/i,
} as const;

const types: Readonly<Record<string, FeatureType | 'list'>> = {
  ...{ picklist: 'category', multipicklist: 'list', boolean: 'flag', string: 'category', combobox: 'category' },
  ...{ int: 'number', double: 'number', currency: 'number', percent: 'number' },
};

const outcomeWords =
  /churn|loss|lost|renew|cancel|contract|customer|arr\b|mrr\b|acv\b|tcv\b|won\b|stage|close|health|nps|csm|success|usage|onboard|segment|tier|score|grade|fit\b|status/i;
const layerWords: readonly (readonly [RegExp, Layer])[] = [
  [/tech|tool|stack|uses\b|crm\b|platform|software|sequencer/i, 'technographic'],
  [/visit|session|page|click|download|trial|webinar|event|engag|intent/i, 'behavioural'],
  [/pain|complain|ticket|review|incident/i, 'pain'],
];

/**
 * What the records of an org probably mean, by the values of its picklists and the names of its own fields; for a person to
 * look at. A field whose name speaks of what comes after the sale is not proposed as an attribute.
 */
export function proposeCrmMapping(described: Described): CrmProposal {
  const reasons: { part: string; reason: string }[] = [];
  const because = <Value>(part: string, value: Value, reason: string): Value => {
    reasons.push({ part, reason });
    return value;
  };
  const fields = { ...known(described.account), ...ownFields(described.account) };
  for (const [field, { as }] of Object.entries(fields))
    if (field.endsWith('__c')) because(`account.fields.${field}`, as, `is a field of the org's own, read as ${as}`);
  const status = described.lead.find(({ name }) => name === 'Status')?.picklist ?? [];
  const type = described.opportunity.find(({ name }) => name === 'Type')?.picklist ?? [];
  const rejected = status.filter((one) => words.rejected.test(one));
  const accepted = status.filter(
    (one) => !rejected.includes(one) && words.accepted.test(one) && !words.notYet.test(one),
  );
  const renewal = type.filter((one) => words.renewal.test(one));
  const expansion = type.filter((one) => words.expansion.test(one) && !renewal.includes(one) && !/^new\b/i.test(one));
  const usual = defaultCrmMapping;
  const list = (part: string, found: readonly string[], otherwise: readonly string[], what: string) =>
    found.length === 0 ? otherwise : because(part, found, `${what}: ${found.join(', ')}`);
  const field = (part: string, object: readonly DescribedField[], pattern: RegExp, kinds?: RegExp) => {
    const found = object.find(
      ({ name, label, type: kind, custom }) =>
        custom &&
        !isNeverFed(name) &&
        pattern.test(`${name} ${label}`.replaceAll('_', ' ')) &&
        (kinds?.test(kind) ?? true),
    );
    return found === undefined ? null : because(part, found.name, `${found.name} is called ${found.label}`);
  };
  const budgetConfirmed = field('opportunity.budgetConfirmed', described.opportunity, /budget/i, /boolean/);
  const isConverted = described.lead.some(({ name }) => name === 'ConvertedOpportunityId');
  const mapping = crmMappingSchema.parse({
    account: { fields },
    lead: {
      accepted: list('lead.accepted', accepted, usual.lead.accepted, 'statuses of a lead that somebody works on'),
      rejected: list('lead.rejected', rejected, usual.lead.rejected, 'statuses of a lead that was turned down'),
      convertedQualifies:
        budgetConfirmed === null &&
        isConverted &&
        because(
          'lead.convertedQualifies',
          true,
          'deals say nothing of a budget, so a lead that was converted into one qualifies its account',
        ),
      rejectReason: field('lead.rejectReason', described.lead, /reject|disqualif|unqualif|loss|reason/i),
    },
    opportunity: {
      expansion: list('opportunity.expansion', expansion, usual.opportunity.expansion, 'types of deals with customers'),
      renewal: list('opportunity.renewal', renewal, usual.opportunity.renewal, 'types of deals that renew'),
      lossReason: field(
        'opportunity.lossReason',
        described.opportunity,
        /(?:loss|lost).*reason|reason.*(?:loss|lost)/i,
      ),
      budgetConfirmed,
    },
    customer: {
      churnDate: field('customer.churnDate', described.account, /churn|cancel/i, /^date/),
      churnReason: field('customer.churnReason', described.account, /(?:churn|cancel).*reason/i),
      arr: field('customer.arr', described.account, /\barr\b|annual recurring/i, /currency|double|int/),
      renewalOn: field('customer.renewalOn', described.account, /renewal/i, /^date/),
      csOwnerEmail: field('customer.csOwnerEmail', described.account, /\bcsm?\b.*e-?mail|success.*e-?mail/i),
      contracts: described.contract.some(({ name }) => name === 'EndDate'),
    },
  });
  return { mapping, reasons };
}

/** The usual fields that the org shows; all of them where nothing is known of it. */
function known(account: readonly DescribedField[]): CrmMapping['account']['fields'] {
  const names = new Set(account.map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(defaultCrmMapping.account.fields).filter(([field]) => names.size === 0 || names.has(field)),
  );
}

function ownFields(account: readonly DescribedField[]): CrmMapping['account']['fields'] {
  const found: CrmMapping['account']['fields'] = {};
  for (const { name, label, type, custom } of account) {
    const feature = types[type];
    const spaced = `${name} ${label}`.replaceAll('_', ' ');
    if (!custom || feature === undefined || isNeverFed(name) || outcomeWords.test(spaced)) continue;
    if (/\b(?:e-?mail|phone|url|id|name|notes?|description)\b/i.test(spaced.replace(/ c\b/, ''))) continue;
    const layer = layerWords.find(([pattern]) => pattern.test(spaced))?.[1] ?? 'firmographic';
    const as = name.replace(/__c$/i, '').toLowerCase();
    const isTools = as === 'technologies';
    found[name] = { as, layer, type: isTools ? 'list' : feature, label, leftOut: null };
  }
  return found;
}
