import type { Instant } from './types.ts';

/** All that one analysis found, as plain data: what the reports are drawn from. */
export interface Findings {
  asOf: Instant;
}

/** What the findings need beside the data: kept with them, so that they can be found again. */
export interface FindingInputs {
  seed: number;
}
