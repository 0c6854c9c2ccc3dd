import {
  alwaysSeen,
  type Field,
  field,
  longText,
  number,
  picklist,
  readOnly,
  reference,
  required,
  text,
} from './field.ts';
import { historyObject, type ObjectSchema, recordObject, stageHistoryObject } from './object-schema.ts';

const industries = ['Banking', 'Education', 'Finance', 'Healthcare', 'Manufacturing', 'Retail', 'Technology', 'Other'];
const ratings = ['Hot', 'Warm', 'Cold'];
const sources = ['Web', 'Phone Inquiry', 'Partner Referral', 'Purchased List', 'Event', 'Other'];

function address(prefix: string) {
  const parts = [
    field(`${prefix}Street`, 'textarea', { length: 255 }),
    ...[text(`${prefix}City`, 40), text(`${prefix}State`, 80), text(`${prefix}PostalCode`, 20)],
    text(`${prefix}Country`, 80),
  ];
  const whole = `${prefix}Address`;
  return [
    ...parts.map((part): Field => ({ ...part, partOf: whole })),
    readOnly(field(whole, 'address', { filterable: false })),
  ];
}

const amount = number('Amount', 'currency');
const probability = number('Probability', 'percent', { precision: 3, scale: 0 });
const forecasts = ['Omitted', 'Pipeline', 'BestCase', 'Forecast', 'Closed'];
const lastActivity = alwaysSeen(readOnly(field('LastActivityDate', 'date')));
const owner = (...kinds: string[]) => alwaysSeen(reference('OwnerId', 'User', ...kinds));
const outcome = [field('IsClosed', 'boolean'), field('IsWon', 'boolean')].map((each) => alwaysSeen(readOnly(each)));
const mergedInto = (object: string) => alwaysSeen(readOnly(reference('MasterRecordId', object)));

/**
 * The objects of sales with the standard fields that a company's history is read from.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_list.htm
 */
export function salesObjects(): ObjectSchema[] {
  const person = [text('FirstName', 40), required(text('LastName', 80)), alwaysSeen(readOnly(text('Name', 121)))];
  const contacts = [field('Email', 'email', { length: 80 }), field('Phone', 'phone', { length: 40 })];
  return [
    recordObject('Account', '001', [
      ...[mergedInto('Account'), required(text('Name', 255)), reference('ParentId', 'Account')],
      ...[picklist('Type', ['Prospect', 'Customer', 'Partner', 'Other']), picklist('Industry', industries)],
      ...[field('Website', 'url', { length: 255 }), field('Phone', 'phone', { length: 40 })],
      ...[number('NumberOfEmployees', 'int', { precision: 8 }), number('AnnualRevenue', 'currency', { scale: 0 })],
      ...address('Billing'),
      ...[owner(), picklist('AccountSource', sources), picklist('Rating', ratings), picklist('Ownership')],
      ...[longText('Description'), text('AccountNumber', 40), text('Sic', 20), text('Site', 80), lastActivity],
    ]),
    recordObject('Contact', '003', [
      ...[mergedInto('Contact'), reference('AccountId', 'Account'), ...person, ...contacts],
      ...[text('Title', 128), text('Department', 80), picklist('LeadSource', sources), ...address('Mailing')],
      ...[owner(), longText('Description'), lastActivity],
    ]),
    recordObject('Lead', '00Q', [
      ...[mergedInto('Lead'), ...person, required(text('Company', 255)), ...contacts],
      ...[text('Title', 128), field('Website', 'url', { length: 255 }), required(picklist('Status'))],
      ...[picklist('LeadSource', sources), picklist('Industry', industries), picklist('Rating', ratings)],
      ...[number('NumberOfEmployees', 'int', { precision: 8 }), number('AnnualRevenue', 'currency', { scale: 0 })],
      ...address(''),
      ...[owner('Group'), longText('Description'), lastActivity],
      ...[
        ...[
          field('IsConverted', 'boolean'),
          field('ConvertedDate', 'date'),
          reference('ConvertedAccountId', 'Account'),
        ],
        ...[reference('ConvertedContactId', 'Contact'), reference('ConvertedOpportunityId', 'Opportunity')],
      ].map((each) => alwaysSeen(readOnly(each))),
    ]),
    recordObject('Opportunity', '006', [
      ...[reference('AccountId', 'Account'), required(text('Name', 120)), required(picklist('StageName')), amount],
      ...[probability, required(field('CloseDate', 'date')), picklist('Type', ['New Business', 'Existing Business'])],
      ...[picklist('LeadSource', sources), ...outcome],
      ...[
        alwaysSeen(readOnly(picklist('ForecastCategory', forecasts))),
        picklist('ForecastCategoryName'),
        text('NextStep', 255),
      ],
      ...[owner(), reference('ContractId', 'Contract'), reference('ContactId', 'Contact')],
      ...[longText('Description'), lastActivity, alwaysSeen(readOnly(field('LastStageChangeDate', 'datetime')))],
    ]),
    recordObject('Contract', '800', [
      ...[required(reference('AccountId', 'Account')), alwaysSeen(readOnly(text('ContractNumber', 30))), owner()],
      ...[required(picklist('Status', ['Draft', 'In Approval Process', 'Activated'])), field('StartDate', 'date')],
      ...[readOnly(field('EndDate', 'date')), number('ContractTerm', 'int', { precision: 4 }), longText('Description')],
      field('ActivatedDate', 'datetime'),
    ]),
    recordObject('Asset', '02i', [
      ...[reference('AccountId', 'Account'), reference('ContactId', 'Contact'), required(text('Name', 255))],
      ...[
        picklist('Status', ['Shipped', 'Installed', 'Registered', 'Obsolete', 'Purchased']),
        field('UsageEndDate', 'date'),
      ],
      ...[field('InstallDate', 'date'), field('PurchaseDate', 'date'), number('Price', 'currency')],
      ...[number('Quantity', 'double'), owner(), longText('Description')],
    ]),
    recordObject(
      'OpportunityContactRole',
      '00K',
      [
        ...[required(reference('OpportunityId', 'Opportunity')), required(reference('ContactId', 'Contact'))],
        ...[picklist('Role', ['Business User', 'Decision Maker', 'Economic Buyer', 'Evaluator', 'Executive Sponsor'])],
        field('IsPrimary', 'boolean'),
      ],
      'Opportunity',
    ),
    recordObject(
      'Task',
      '00T',
      [
        ...[reference('WhoId', 'Contact', 'Lead'), reference('WhatId', 'Account', 'Opportunity'), text('Subject', 255)],
        ...[required(picklist('Status', ['Not Started', 'In Progress', 'Completed'])), field('ActivityDate', 'date')],
        ...[picklist('Type', ['Call', 'Email', 'Meeting']), owner(), longText('Description')],
      ],
      null,
    ),
    stageHistoryObject('OpportunityHistory', '008', 'OpportunityId', 'Opportunity', [
      ...[
        picklist('StageName'),
        amount,
        number('ExpectedRevenue', 'currency'),
        field('CloseDate', 'date'),
        probability,
      ],
      ...[picklist('ForecastCategory', forecasts), number('PrevAmount', 'currency'), field('PrevCloseDate', 'date')],
    ]),
    historyObject('AccountHistory', '017', 'AccountId', 'Account'),
    historyObject('ContactHistory', '03j', 'ContactId', 'Contact'),
    historyObject('LeadHistory', '00L', 'LeadId', 'Lead'),
    historyObject('OpportunityFieldHistory', '00g', 'OpportunityId', 'Opportunity'),
  ];
}
