import type { JudgementDeps } from '../../src/slack/judgements/judgement-deps.ts';

const none = async (): Promise<never> => {
  throw new Error('the test did not expect to be asked for this');
};

/** A house that keeps no judgements of people: a test puts those that it needs in their place. */
export const noJudgements: JudgementDeps = {
  override: none,
  liftOverride: none,
  answerFlag: none,
  recordEvent: none,
  undoEvent: none,
  acknowledge: none,
  caution: none,
  liftCaution: none,
};
