import { factsOf } from '../../icp/account-facts.ts';
import { isLowEvidence } from '../../icp/evidence.ts';
import { openPipeline } from '../../icp/explain.ts';
import type { FeatureCatalogue } from '../../icp/features/feature-rule.ts';
import { createAccountReader } from '../../icp/features/read-account.ts';
import type { AccountHistory } from '../../icp/history.ts';
import type { IcpModel } from '../../icp/model.ts';
import type { DryRun } from '../../icp/proposals/dry-run.ts';
import { type DryRunAccount, dryRunOf, type TestedAccount, type Verdict } from '../../icp/proposals/dry-run-of.ts';
import { scoreAccount } from '../../icp/score-account.ts';
import { supportOf } from '../../icp/score-support.ts';
import { segmentOf } from '../../icp/segments/member.ts';
import type { Instant, TimeKind } from '../../icp/types.ts';
import { type WeighInput, weighAccount } from '../../icp/weigh-account.ts';
import type { Job } from './job.ts';
import { readBy } from './rescore-job.ts';

export interface DryRunJobInput {
  /** The model in force. */
  base: IcpModel;
  /** Each is held against it. */
  variants: readonly IcpModel[];
  /** Reads the features of all of them. */
  catalogue: FeatureCatalogue;
  timeKind: TimeKind;
  asOf: Instant;
  importId: number;
  band: DryRun['band'];
}

const dayMs = 86_400_000;
/** Accounts that were first met so long ago are old enough to tell, and not so old that the market was another. */
const testedFrom = 3 * 365 * dayMs;
const testedTo = 365 * dayMs;

/**
 * Scores every account by the model in force and by each variant of it, by the function that scores them when it is really
 * applied: the numbers of a dry run are those of the real thing.
 */
export function dryRunJob(input: DryRunJobInput): Job<DryRun[]> {
  const { base, variants, catalogue, asOf, timeKind, importId, band } = input;
  const models = [base, ...variants];
  const read = createAccountReader(catalogue, new Set(models.flatMap((model) => [...readBy(model)])));
  const accounts: DryRunAccount[] = [];
  const tested: TestedAccount[] = [];
  const tableOf = (): { today: Verdict[]; asFirstMet: Pick<Verdict, 'score' | 'tier'>[] } => ({
    today: [],
    asFirstMet: [],
  });
  const before = tableOf();
  const after = variants.map(tableOf);
  const tables = [before, ...after];

  return {
    passes: ['scoring with and without'],
    add(_pass, histories) {
      for (const history of histories) {
        const facts = factsOf(history, { asOf, timeKind });
        const { id, name, ownerEmail } = history;
        accounts.push({
          ...{ id, name, ownerEmail, region: regionOf(history, asOf) },
          isCustomer: facts?.isCustomer ?? false,
          openPipeline: openPipeline(history, asOf),
        });
        const account = read(history, asOf);
        const { value } = account;
        const scored = models.map((model) => scoreAccount(model, value));
        const moves = scored.some(({ tier }) => tier !== scored[0]!.tier);
        for (const [at, model] of models.entries()) {
          const { score, tier, flagged } = scored[at]!;
          tables[at]!.today.push({
            score,
            tier,
            flagged,
            segment: segmentOf(model.segments ?? [], value)?.name ?? null,
            // Only accounts that move are told by name, with the score of today.
            ...(moves && at === 0 ? lowSupport({ model, timeKind, history, read: account, asOf }) : {}),
          });
        }
        if (timeKind === 'order' || facts === null) continue;
        const age = asOf - facts.touchedAt;
        if (age < testedTo || age > testedFrom) continue;
        const { won } = facts.reachedAt;
        tested.push({ won: won !== null && won - facts.touchedAt <= testedTo });
        const met = read(history, facts.touchedAt - dayMs);
        for (const [at, model] of models.entries()) {
          const { score, tier } = scoreAccount(model, met.value);
          tables[at]!.asFirstMet.push({ score, tier });
        }
      }
    },
    finish() {
      const about = { asOf: new Date(asOf).toISOString(), importId, band, accounts, tested };
      return after.map((variant) => dryRunOf(about, before, variant));
    },
  };
}

function lowSupport(input: WeighInput): Pick<Verdict, 'support'> {
  const support = supportOf(weighAccount(input));
  return isLowEvidence(support.evidence) ? { support } : {};
}

function regionOf({ observations }: AccountHistory, asOf: Instant): string | null {
  let [region, at]: [string | null, number] = [null, Number.NEGATIVE_INFINITY];
  for (const { values, observedAt } of observations) {
    const when = observedAt ?? Number.NEGATIVE_INFINITY;
    if (typeof values.region !== 'string' || when > asOf || when < at) continue;
    [region, at] = [values.region, when];
  }
  return region;
}
