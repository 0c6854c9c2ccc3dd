import { assertNever } from '../../errors.ts';
import type { Cause, CauseOutcome, CauseReason, Refutation } from '../../icp/causes/cause-findings.ts';
import type { CausalVerdict } from '../../icp/model.ts';

/** What an outcome is called in a sentence: `drives expansion`. */
export function outcomeWord(outcome: CauseOutcome): string {
  return outcome === 'expansion' ? 'expansion' : 'winning';
}

/** Who an outcome is judged on; figures `people` and `rate` say how many and how it went. */
export function populationLine(outcome: CauseOutcome): string {
  return outcome === 'expansion'
    ? 'Among {{people}} accounts that became customers half a year ago or earlier, of whom {{rate}} have bought more by now; the time since is held equal. It says nothing about accounts that never bought.'
    : 'Among {{people}} touched accounts that are old enough to tell, of which {{rate}} were won within a year of the first touch.';
}

/** The verdict as it stands in a table. */
export function verdictWord(verdict: CausalVerdict): string {
  return verdict === 'structural' ? 'structural: nobody can change it' : verdict;
}

/** Why nothing more can be said, and what would help. */
export function reasonLine(reason: CauseReason, outcome: CauseOutcome): string {
  switch (reason) {
    case 'holds up':
      return 'The difference holds up in every check.';
    case 'explained by the rest':
      return 'At least half of the difference goes away once the rest is held equal, and what is left may be nothing.';
    case 'no clear difference':
      return 'There is no clear difference to explain. More accounts would show a smaller one.';
    case 'only after adjusting':
      return 'The difference shows only once the rest is held equal, and nobody can count it. More accounts would tell.';
    case 'interval too wide':
      return 'The accounts differ, but with the rest held equal too few are left to say by how much. More accounts, or fewer blanks in this field, would tell.';
    case 'too few':
      return outcome === 'expansion'
        ? 'It takes 30 customers of half a year on either side, and 10 of them with and without expansion.'
        : 'It takes 30 touched accounts on either side, and 10 of them won and not won.';
    case 'no overlap':
      return 'The two sides hardly resemble each other in what else is on record, so nothing can be compared. Accounts that mix the two would tell.';
    case 'depends on the order':
      return 'The answer changes with what is taken to come first, and these fields have no dates. Dates on them would tell.';
    case 'fails a check':
      return 'The difference fails a check that a true one passes.';
    case 'weak against hidden factors':
      return outcome === 'expansion'
        ? 'It goes with being won in the first place as well, or too few accounts could show that it does not: something behind both cannot be ruled out. Recording more about these accounts would help, and so would a trial.'
        : 'Something that nobody recorded could make a difference of this size. Recording more about these accounts would help, and so would a trial.';
    case 'cannot be fitted':
      return 'What is on record is too much alike to be told apart.';
    case 'nobody can change it':
      return 'Nobody can change it, so it is a reason to choose an account and never one to expect a change.';
    case 'sign of a purchase under way':
      return 'Activity may be a sign of a purchase that is under way already, so it is not tested as a cause of one.';
    case 'not recorded':
      return 'It is not on record as of the first touch, so it was not tested.';
    default:
      return assertNever(reason);
  }
}

/** A check and how it went; figures `PREFIX.v`, `.low`, `.high` and `.about` belong to it. */
export function refutationRow(
  { name, passed, v, low }: Refutation,
  prefix: string,
): [check: string, found: string, went: string] {
  const went = passed ? 'passed' : v === null ? 'could not be made' : 'failed';
  switch (name) {
    case 'placebo outcome':
      return [
        'Does it go with being won in the first place, which it should not?',
        `{{${prefix}.v}} points (between {{${prefix}.low}} and {{${prefix}.high}})`,
        went,
      ];
    case 'placebo treatment':
      return ['Is there a difference when sides are dealt out by chance?', `{{${prefix}.v}} points`, went];
    case 'random common cause':
      return ['Does a column of noise move it?', `to {{${prefix}.v}} points`, went];
    case 'subsets':
      return [
        'Is it there in random eight tenths of the accounts?',
        low === null ? `{{${prefix}.v}} points` : `between {{${prefix}.low}} and {{${prefix}.high}} points`,
        went,
      ];
    case 'recorded only':
      return [`Is it there where {{${prefix}.about}} is on record?`, `{{${prefix}.v}} points`, went];
    default:
      return assertNever(name);
  }
}

/** Whether more or less of the outcome goes with it. */
export function direction(cause: Pick<Cause, 'adjusted' | 'raw'>): 'more' | 'less' {
  return (cause.adjusted ?? cause.raw)!.v >= 0 ? 'more' : 'less';
}
