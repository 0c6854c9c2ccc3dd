import { round } from '../round.ts';
import type { DryRun } from './dry-run.ts';

/** What tier 1, or tiers 1 and 2 together, may lose at once where nobody has said how much. */
const usualShrink = 0.25;

const verbs = {
  'would come': { hold: 'would hold', shrink: 'would shrink' },
  'has come': { hold: 'holds', shrink: 'shrank' },
} as const;

/**
 * What is to be said aloud of the market by tier: tier 1 outside its band, and a market that shrinks by more than it may.
 *
 * Where tier 1 keeps its accounts, tiers 1 and 2 are watched together: those that fall to tier 3 are a loss, those that rise to
 * tier 1 are none. So there are three alarms at most.
 *
 * @param when whether it would come of a change, or has come since the counts before
 */
export function tierAlarms(
  tam: readonly Pick<DryRun['tam'][number], 'before' | 'after' | 'shareAfter'>[],
  { low, high, most, shrink = usualShrink }: DryRun['band'],
  when: keyof typeof verbs,
): string[] {
  const [first, second] = tam;
  if (first === undefined) return [];
  const verb = verbs[when];
  const { after, shareAfter } = first;
  const alarms: string[] = [];
  if (shareAfter < low)
    alarms.push(`tier 1 ${verb.hold} ${percent(shareAfter)} of the market, under the ${percent(low)} that it should`);
  if (shareAfter > high)
    alarms.push(`tier 1 ${verb.hold} ${percent(shareAfter)} of the market, over the ${percent(high)} that it should`);
  if (after > most)
    alarms.push(`tier 1 ${verb.hold} ${count(after)} accounts, over the ${count(most)} that people can work`);
  const both = { before: first.before + (second?.before ?? 0), after: after + (second?.after ?? 0) };
  const lost = ({ before, after: left }: typeof both) => before > 0 && left < (1 - shrink) * before;
  const who = lost(first) ? 'tier 1' : 'tiers 1 and 2 together';
  const held = lost(first) ? first : both;
  if (lost(held))
    alarms.push(
      `${who} ${verb.shrink} by ${percent(1 - held.after / held.before)}, from ${count(held.before)} to ${count(held.after)} accounts`,
    );
  return alarms;
}

function percent(share: number): string {
  return `${round(100 * share, 1)} %`;
}

function count(v: number): string {
  return v.toLocaleString('en');
}
