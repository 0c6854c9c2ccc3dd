import type { Random } from '../stats/random.ts';

/** Rivals of the company in the box. Made up, so that nothing is said about anybody. */
export const competitorTools = ['Dealwright', 'Pacehook'] as const;

export const sequencers = ['Outreach', 'Salesloft'] as const;

/** A company has one at most. */
export const crms = ['Salesforce', 'HubSpot', 'Pipedrive', 'Zoho CRM', ''] as const;

/** Tools that say nothing about buying: a stack has many, and a learner must not be drawn to them. */
const others: readonly (readonly [name: string, share: number])[] = [
  ['Slack', 0.55],
  ['Microsoft Teams', 0.45],
  ['Google Analytics', 0.62],
  ['Zendesk', 0.24],
  ['NetSuite', 0.14],
  ['Marketo', 0.1],
  ['Looker', 0.13],
  ['DocuSign', 0.3],
  ['Jira', 0.34],
  ['ZoomInfo', 0.16],
];

/**
 * Draws what a company runs on.
 *
 * @param logSize natural logarithm of its number of employees
 * @param reporter whether it is one of those who buy to make reports, and then leave
 */
export function drawStack(random: Random, logSize: number, salesTeam: number, reporter: boolean): string[] {
  const large = Math.tanh((logSize - 5) / 1.5);
  const crmWeights = reporter
    ? [44, 46, 5, 2, 3]
    : [32 + 12 * large, 27 - 8 * large, 13 - 6 * large, 7, 20 - 8 * large];
  const crm = random.weighted(crms, crmWeights);
  const stack: string[] = crm === '' ? [] : [crm];
  const sequences = (crm === '' ? 0.08 : 0.24) + 0.3 * Math.tanh(salesTeam / 60);
  if (random.next() < sequences) stack.push(random.pick(sequencers));
  if (random.next() < 0.36 + 0.1 * large) stack.push('Snowflake');
  if (random.next() < 0.3) stack.push('Stripe');
  if (random.next() < (reporter ? 0.8 : 0.15)) stack.push('Airtable');
  if (random.next() < 0.14) stack.push(random.pick(competitorTools));
  for (const [name, share] of others) if (random.next() < share) stack.push(name);
  return stack;
}

/** The same stack a year on: now and then a tool is dropped, and one that says nothing about buying is added. */
export function ageStack(random: Random, stack: readonly string[]): string[] {
  const dull = new Set(others.map(([name]) => name));
  const kept = stack.filter((name) => !dull.has(name) || random.next() > 0.06);
  const [added] = random.pick(others);
  return random.next() < 0.3 && !kept.includes(added) ? [...kept, added] : kept;
}
