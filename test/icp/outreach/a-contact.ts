import type { OutreachFacts } from '../../../src/icp/outreach/outreach-facts.ts';

export const day = 86_400_000;
export const asOf = 1000 * day;

/** An account that was written to on day 800 and never answered, unless said otherwise. */
export function aContact(given: Partial<OutreachFacts> = {}): OutreachFacts {
  return {
    ...{ id: '001', contactedAt: 800 * day, isOutreach: true, repliedAt: null, tone: null },
    ...{ meetingAt: null, nextStepAt: null, pipelineAt: null, cycleDays: null },
    ...{ industry: 'Logistics', subIndustry: 'Freight', headcount: '51 to 200 employees', trigger: null },
    ...given,
  };
}

/** So many of them, of which the first `replied` answered well. */
export function contacts(n: number, replied: number, given: Partial<OutreachFacts> = {}): OutreachFacts[] {
  return Array.from({ length: n }, (_, at) =>
    aContact({
      ...given,
      id: `${given.industry ?? 'Logistics'} ${given.subIndustry ?? ''} ${at}`,
      ...(at < replied ? { repliedAt: 803 * day, tone: 'positive' as const } : {}),
    }),
  );
}
