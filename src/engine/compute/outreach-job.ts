import { type HealthFindings, measureHealth } from '../../icp/outreach/measure-health.ts';
import { createOutreachReader, type OutreachFacts } from '../../icp/outreach/outreach-facts.ts';
import { type OutreachTest, type OutreachTestFindings, readOutreachTest } from '../../icp/outreach/outreach-test.ts';
import type { Instant, TimeKind } from '../../icp/types.ts';
import type { Job } from './job.ts';

export interface HealthInput {
  timeKind: TimeKind;
  asOf: Instant;
  seed: number;
  /** What accounts are parted by; none: by industry. */
  segments: readonly { name: string; members: readonly string[] }[];
}

/** Asks of every account that somebody reached out to how it was answered. */
export function healthJob(input: HealthInput): Job<HealthFindings> {
  return outreachJob(input, (facts) => measureHealth(facts, input));
}

export interface OutreachTestInput {
  timeKind: TimeKind;
  asOf: Instant;
  test: OutreachTest;
}

/** Reads a test of outreach cell by cell. */
export function outreachTestJob(input: OutreachTestInput): Job<OutreachTestFindings> {
  return outreachJob(input, (facts) => readOutreachTest(facts, input));
}

/** Collects what came of reaching out, whatever order the accounts come in, and asks one thing of it. */
function outreachJob<Found>(
  input: { timeKind: TimeKind; asOf: Instant },
  ask: (facts: readonly OutreachFacts[]) => Found,
): Job<Found> {
  const read = createOutreachReader(input);
  const facts: OutreachFacts[] = [];
  return {
    passes: ['reading how outreach was answered'],
    add(_pass, histories) {
      for (const history of histories) {
        const found = read(history);
        if (found !== null) facts.push(found);
      }
    },
    finish: () => ask(facts.sort((a, b) => (a.id < b.id ? -1 : 1))),
  };
}
