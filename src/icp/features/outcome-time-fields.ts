import { slugText } from './clean-text.ts';

const closeWroteThem = `
  time_to_close days_to_close sales_cycle sales_cycle_days seasonal_factor close_quarter
  closed_quarter close_date closed_date close_at closed_at closed_on close_value won_at lost_at
  win_date loss_reason lost_reason reason_lost closed_lost_reason churn_reason churn_date
  reject_reason rejection_reason amount deal_size deal_value contract_value acv arr mrr tcv ltv
  products product products_bought products_purchased products_added outcome won lost is_won
  is_closed churn churned expanded converted is_converted is_customer customer_since customer_status
  started_at ended_at renewal_on renewal_date stage stage_name deal_stage opportunity_stage
  lifecycle_stage expansion_trigger
`;
const outcomeTime: ReadonlySet<string> = new Set(closeWroteThem.trim().split(/\s+/));

/**
 * Whether a field is known only at or after the close, or was written by us: no score of an open account may read it.
 *
 * Spelling does not matter: `Time To Close`, `timeToClose` and `Time_To_Close__c` are the same field.
 *
 * @example isOutcomeTimeField('Loss Reason'); // => true
 * @example isOutcomeTimeField('industry'); // => false
 */
export function isOutcomeTimeField(field: string): boolean {
  const name = columnName(field);
  return outcomeTime.has(name) || /^(?:lodestar|icp)_/.test(name);
}

/**
 * Whether a field says which account it is and not what it is like: names, ids, addresses, owners.
 *
 * @example isIdentityField('owner_email'); // => true
 */
export function isIdentityField(field: string): boolean {
  const name = columnName(field);
  return (
    /^(?:name|account|account_name|company|company_name|domain|website|url|id|email|phone|fax|description|notes?|owner)$/.test(
      name,
    ) || /(?:^owner_|_owner$|_ids?$|_email$|_url$|_phone$)/.test(name)
  );
}

function columnName(field: string): string {
  return slugText(field.replace(/__c$/i, '').replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2'));
}
