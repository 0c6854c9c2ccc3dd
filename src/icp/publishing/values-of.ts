import type { Explanation } from '../explanation.ts';
import type { Instant } from '../types.ts';
import { oneLine } from './one-line.ts';
import { type PublishedName, type PublishedType, publishedFields } from './published-fields.ts';
import { type ReasonsInput, reasonsText } from './reasons-text.ts';

/** A value as a field of the CRM has it. */
export type PublishedCell = string | number | boolean | null;

/** Every published field with its value, in the order of the columns. */
export type PublishedValues = Readonly<Record<PublishedName, PublishedCell>>;

/** What an explanation says that is published. */
export type Standing = ReasonsInput &
  Pick<Explanation, 'layers' | 'segment'> & {
    detractor: Pick<Explanation['detractor'], 'multiplier' | 'flagged' | 'reasons'>;
  };

/** What is said with a score wherever it is published. */
export interface ToldWith {
  /** The tier that others are told, which waits for a score to hold. */
  tier: 1 | 2 | 3;
  scoredAt: Instant;
  modelVersion: number;
  /** The publication that writes it. */
  runId: string;
}

const lengths = new Map(
  publishedFields.map(({ name, kind }: { name: PublishedName; kind: PublishedType }) => [
    name,
    kind.type === 'text' ? kind.length : 0,
  ]),
);

/**
 * What a record of an account is to have in its fields: score, tier, segment, reasons that add up, detractor, the points of the
 * four layers, and what it all stands on.
 */
export function valuesOf(standing: Standing, { tier, scoredAt, modelVersion, runId }: ToldWith): PublishedValues {
  const { score, segment, detractor, layers } = standing;
  return {
    ICP_Score__c: oneDecimal(score),
    ICP_Tier__c: String(tier),
    ICP_Segment__c: textIn('ICP_Segment__c', segment ?? ''),
    ICP_Reasons__c: reasonsText(standing, lengths.get('ICP_Reasons__c') ?? 0),
    ICP_Detractor__c: detractor.flagged,
    ICP_Detractor_Reason__c: textIn('ICP_Detractor_Reason__c', detractor.flagged ? detractor.reasons.join('; ') : ''),
    ICP_Firmographic__c: oneDecimal(layers.firmographic),
    ICP_Technographic__c: oneDecimal(layers.technographic),
    ICP_Behavioural__c: oneDecimal(layers.behavioural),
    ICP_Pain__c: oneDecimal(layers.pain),
    ICP_Scored_At__c: wholeSecond(scoredAt),
    ICP_Model_Version__c: String(modelVersion),
    ICP_Run_Id__c: runId,
  };
}

/** The same values as another publication writes them. */
export function withRun(values: PublishedValues, told: Omit<ToldWith, 'scoredAt' | 'modelVersion'>): PublishedValues {
  return { ...values, ICP_Tier__c: String(told.tier), ICP_Run_Id__c: told.runId };
}

function textIn(name: PublishedName, text: string): string | null {
  const line = oneLine(text, lengths.get(name) ?? 0);
  return line === '' ? null : line;
}

/** Without a zero that has a sign. */
function oneDecimal(points: number): number {
  return Math.round(points * 10) / 10 + 0;
}

/** A CRM keeps an instant to the second. */
function wholeSecond(at: Instant): string {
  return new Date(Math.floor(at / 1000) * 1000).toISOString();
}
