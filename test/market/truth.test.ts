import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { dayOf } from '../../src/market/calendar.ts';
import { detractorMatch } from '../../src/market/effects.ts';
import { type Market, openMarket } from '../../src/market/market.ts';
import { planMarket, type Story } from '../../src/market/plan.ts';
import { segments } from '../../src/market/segments.ts';
import { sizes } from '../../src/market/sizes.ts';
import { drawTraits } from '../../src/market/traits.ts';
import { createWorld, type EffectStage, logOdds, type PlantedThing, plantedThings } from '../../src/market/world.ts';
import { standardErrors } from './read-market.ts';

/** Every account of some boxes: what it is, and what became of it. Four boxes make 1,200 customers. */
function accounts(
  without: readonly PlantedThing[],
  seeds = [1, 2, 3, 4],
): { market: Market; account: number; story: Story }[] {
  return seeds.flatMap((seed) => {
    const market = openMarket({ size: sizes.box, seed, until: dayOf('2026-10-01'), without });
    return planMarket(market).map((story, account) => ({ market, account, story }));
  });
}

const planted = accounts([]);
const traitsOf = ({ market, account }: { market: Market; account: number }) => market.traits(account);
const hasExpanded = (story: Story): boolean =>
  story.deals.some((deal) => deal.type === 'expansion' && deal.outcome === 'won');
const closedNew = (story: Story): boolean => story.deals.some((deal) => deal.type === 'new' && deal.outcome !== 'open');

/** Shares of `yes` among those who show a trait and those who do not, apart by how many standard errors. */
function apart(
  rows: typeof planted,
  among: (story: Story) => boolean,
  shows: (row: (typeof planted)[number]) => boolean,
  yes: (story: Story) => boolean,
): number {
  const eligible = rows.filter(({ story }) => among(story));
  const [those, others] = [eligible.filter(shows), eligible.filter((row) => !shows(row))];
  return standardErrors(
    those.map(({ story }) => yes(story)),
    others.map(({ story }) => yes(story)),
  );
}

const isProfile = (row: (typeof planted)[number]): boolean => detractorMatch(traitsOf(row)) > 0.5;
const churned = (story: Story): boolean => story.customer?.churn === 'after use';
const isCustomer = (story: Story): boolean => story.customer !== null;
const stayed = (story: Story): boolean =>
  story.customer?.churn === null && story.customer.startedAt + 300 < dayOf('2026-10-01');
const famous = (row: (typeof planted)[number]): boolean => traitsOf(row).fame > 0.4;
const onWarehouse = (row: (typeof planted)[number]): boolean => traitsOf(row).technologies.includes('Snowflake');

describe('the planted truth', () => {
  /** The intercept at which the log-odds promise as many as there were; then what they promise for each account. */
  function promised(rows: typeof planted, stage: EffectStage, happened: number): number[] {
    const odds = rows.map((row) => logOdds(row.market.world, stage, traitsOf(row)));
    let [low, high] = [-30, 30];
    const chances = (intercept: number): number[] => odds.map((each) => 1 / (1 + Math.exp(-each - intercept)));
    for (let step = 0; step < 60; step += 1) {
      const middle = (low + high) / 2;
      if (chances(middle).reduce((sum, chance) => sum + chance, 0) > happened) high = middle;
      else low = middle;
    }
    return chances(low);
  }

  for (const segment of segments) {
    it(`wins as often in ${segment.name} as the log-odds say, within sampling error`, () => {
      const rows = planted.filter(({ story }) => closedNew(story));
      const chances = promised(rows, 'won', rows.filter(({ story }) => isCustomer(story)).length);
      const inside = rows.map((row) => segment.membership(traitsOf(row)) > 0.5);
      const expected = chances.reduce((sum, chance, place) => sum + (inside[place] ? chance : 0), 0);
      const variance = chances.reduce((sum, chance, place) => sum + (inside[place] ? chance * (1 - chance) : 0), 0);
      const won = rows.filter(({ story }, place) => inside[place] && isCustomer(story)).length;
      assert.ok(Math.abs(won - expected) < 4 * Math.sqrt(variance), `${won} won, ${expected.toFixed(1)} expected`);
      const ofAll = rows.filter(({ story }) => isCustomer(story)).length / rows.length;
      assert.ok(
        won / inside.filter(Boolean).length > 1.25 * ofAll,
        'a planted segment wins clearly more often than others',
      );
    });
  }

  it('gives the detractor’s kind a better chance to buy and a far better one to leave after use', () => {
    assert.ok(apart(planted, (story) => story.touchedAt !== null, isProfile, isCustomer) > 4);
    assert.ok(apart(planted, isCustomer, isProfile, churned) > 8);
  });

  it('lets reps love the well-known, whose customers do not expand', () => {
    assert.ok(
      apart(
        planted,
        (story) => story.touchedAt !== null,
        famous,
        (story) => story.acceptedAt !== null,
      ) > 8,
    );
    assert.ok(apart(planted, stayed, famous, hasExpanded) < -4);
  });

  it('lets a warehouse cause expansion', () => {
    assert.ok(apart(planted, stayed, onWarehouse, hasExpanded) > 3);
  });
});

describe('a switch', () => {
  it('exists for everything that is planted', () => {
    const world = createWorld({ without: plantedThings });
    assert.deepEqual([world.plants.size, world.segments.length], [0, 0]);
    assert.ok(world.effects.every((effect) => effect.plant === null));
  });

  it('takes the segments away: the same companies win less often', () => {
    const member = (row: (typeof planted)[number]): boolean =>
      segments.some((segment) => segment.membership(traitsOf(row)) > 0.5);
    const touched = (rows: typeof planted): boolean[] =>
      rows.filter((row) => row.story.touchedAt !== null && member(row)).map(({ story }) => isCustomer(story));
    assert.ok(standardErrors(touched(planted), touched(accounts(['segments']))) > 3);
  });

  it('takes the detractor away: leaving has nothing to do with the profile', () => {
    assert.ok(Math.abs(apart(accounts(['detractor']), isCustomer, isProfile, churned)) < 3);
  });

  it('takes the darling away: fame moves neither reps nor expansion', () => {
    const plain = accounts(['darling']);
    const byReps = apart(
      plain,
      (story) => story.touchedAt !== null,
      famous,
      (story) => story.acceptedAt !== null,
    );
    // The well-known are larger, and size counts: some of the difference is real, a fifth of it at most.
    assert.ok(
      Math.abs(byReps) <
        0.2 *
          apart(
            planted,
            (story) => story.touchedAt !== null,
            famous,
            (story) => story.acceptedAt !== null,
          ),
    );
    assert.ok(Math.abs(apart(plain, stayed, famous, hasExpanded)) < 3);
  });

  it('takes the cause away: a warehouse does nothing', () => {
    assert.ok(Math.abs(apart(accounts(['cause', 'segments']), stayed, onWarehouse, hasExpanded)) < 3);
  });

  it('takes the confounder away: in one industry, growth brings no money', () => {
    const correlation = (without: readonly PlantedThing[]): number => {
      const market = openMarket({ size: sizes.box, seed: 5, until: 0, without });
      const pairs = Array.from({ length: 20_000 }, (_, account) =>
        drawTraits(market.world, market.random(account, 'any')),
      )
        .filter((traits) => traits.industry.name === 'Logistics')
        .map((traits) => [traits.growth, traits.fundingAmount > 0 ? 1 : 0] as const);
      const mean = (place: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[place], 0) / pairs.length;
      const [x, y] = [mean(0), mean(1)];
      const sum = (of: (pair: readonly [number, number]) => number): number =>
        pairs.reduce((total, pair) => total + of(pair), 0);
      return sum(([a, b]) => (a - x) * (b - y)) / Math.sqrt(sum(([a]) => (a - x) ** 2) * sum(([, b]) => (b - y) ** 2));
    };
    assert.ok(correlation([]) > 0.3, `${correlation([])}`);
    assert.ok(Math.abs(correlation(['confounder'])) < 0.09, `${correlation(['confounder'])}`);
  });
});
