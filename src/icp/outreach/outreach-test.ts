import { fisherExact } from '../../stats/tests/fisher-exact.ts';
import { holm } from '../../stats/tests/holm.ts';
import { dayMs } from '../features/calendar.ts';
import { foldText } from '../features/clean-text.ts';
import { roundedRate } from '../rates.ts';
import { roundP } from '../round.ts';
import type { Instant, Rate } from '../types.ts';
import { fewestToJudge, jointRate } from './judge-rate.ts';
import type { OutreachFacts } from './outreach-facts.ts';

/** A test that somebody began: for so many days outreach goes by a hypothesis, and then it is read cell by cell. */
export interface OutreachTest {
  name: string;
  hypothesis: string | null;
  startsAt: Instant;
  endsAt: Instant;
}

/** One kind of account by three things at once. Its rates hold together with those of all other cells. */
export interface TestCell {
  subIndustry: string;
  headcount: string;
  trigger: string;
  accounts: number;
  replies: Rate;
  pipeline: Rate;
  /** How likely it differs so much from the rest by chance, corrected for all cells. */
  p: number;
  /** `tighten`: nobody replied, and that is no chance. `expand`: replies beyond the rest, and deals or next steps at least as often. */
  advice: 'expand' | 'tighten' | 'keep looking';
}

export interface OutreachTestFindings {
  test: OutreachTest;
  asOf: Instant;
  isOver: boolean;
  contacted: number;
  /** Whether a reply is a positive one; else any. */
  labelled: boolean;
  replies: Rate | null;
  pipeline: Rate | null;
  /** Those with ten accounts or more, the most replies first. */
  cells: readonly TestCell[];
  /** In cells of fewer. */
  inSmallCells: number;
  /** The place of the cell that replies beyond the rest by the widest margin; `null` where none surely does. */
  winner: number | null;
}

const fewestInCell = 10;
/** So long a prospect is given to answer. */
const answerDays = 14;
const chance = 0.05;

/**
 * Reads a test by kinds of accounts: sub-industry, range of employees and what made the moment, all three at once.
 *
 * Of many cells the best looks good by luck alone. So intervals are wide enough to hold for all cells at once, and a cell wins
 * only where Fisher's exact test against the rest, corrected after Holm for all cells, leaves one chance in twenty. Which cells
 * are looked at depends on how many accounts they have and not on what came of them.
 */
export function readOutreachTest(
  all: readonly OutreachFacts[],
  { test, asOf }: { test: OutreachTest; asOf: Instant },
): OutreachTestFindings {
  const isOutreach = all.some((facts) => facts.isOutreach);
  const until = Math.min(test.endsAt, asOf - answerDays * dayMs);
  const facts = all.filter(
    (each) => each.isOutreach === isOutreach && each.contactedAt >= test.startsAt && each.contactedAt < until,
  );
  const labelled = facts.some(({ tone }) => tone !== null);
  const counted = facts.map((each) => ({
    cell: [each.subIndustry ?? each.industry ?? unknown, each.headcount ?? unknown, each.trigger ?? 'no trigger'],
    replied: labelled ? each.tone === 'problem' || each.tone === 'positive' : each.repliedAt !== null,
    ledOn: each.pipelineAt !== null || each.nextStepAt !== null,
  }));
  const cells = countCells(counted);
  const large = cells.filter(({ n }) => n >= fewestInCell);
  const replied = counted.filter((each) => each.replied).length;
  const ledOn = counted.filter((each) => each.ledOn).length;
  const total = counted.length;
  const ps = holm(large.map((cell) => fisherExact(cell.replied, cell.n, replied - cell.replied, total - cell.n)));
  const judged = large.map((cell, nth): TestCell => {
    const [subIndustry = unknown, headcount = unknown, trigger = unknown] = cell.name;
    const rest = {
      replies: others(replied, cell.replied, total - cell.n),
      led: others(ledOn, cell.ledOn, total - cell.n),
    };
    const more = cell.replied / cell.n > rest.replies && ps[nth]! <= chance;
    const noneByChance = (1 - rest.replies) ** cell.n * large.length;
    const tighten = cell.replied === 0 && total >= fewestToJudge && noneByChance <= chance;
    const expand = more && cell.ledOn > 0 && cell.ledOn / cell.n >= rest.led;
    return {
      ...{ subIndustry, headcount, trigger, accounts: cell.n, p: roundP(ps[nth]!) },
      replies: jointRate(cell.replied, cell.n, large.length),
      pipeline: jointRate(cell.ledOn, cell.n, large.length),
      advice: tighten ? 'tighten' : expand ? 'expand' : 'keep looking',
    };
  });
  judged.sort((a, b) => b.replies.v - a.replies.v || b.accounts - a.accounts || (cellName(a) < cellName(b) ? -1 : 1));
  return {
    ...{ test, asOf, isOver: asOf >= test.endsAt, contacted: total, labelled },
    ...{ replies: roundedRate(replied, total), pipeline: roundedRate(ledOn, total), cells: judged },
    inSmallCells: cells.reduce((sum, { n }) => (n < fewestInCell ? sum + n : sum), 0),
    winner: winnerOf(judged, total, replied),
  };
}

const unknown = 'not known';

/** A cell in words, as people would say it. */
export function cellName({ subIndustry, headcount, trigger }: Pick<TestCell, 'subIndustry' | 'headcount' | 'trigger'>) {
  return [subIndustry, headcount, trigger].join(', ');
}

/** The cell that is surely above the rest, by the widest margin that is left when luck is taken off. */
function winnerOf(cells: readonly TestCell[], total: number, replied: number): number | null {
  if (total < fewestToJudge) return null;
  const sure = [...cells.keys()].filter((at) => cells[at]!.p <= chance && cells[at]!.replies.v > replied / total);
  return sure.sort((a, b) => cells[b]!.replies.low - cells[a]!.replies.low || a - b)[0] ?? null;
}

function others(all: number, own: number, n: number): number {
  return n === 0 ? 0 : (all - own) / n;
}

function countCells(counted: readonly { cell: readonly string[]; replied: boolean; ledOn: boolean }[]) {
  const cells = new Map<string, { name: readonly string[]; n: number; replied: number; ledOn: number }>();
  for (const { cell, replied, ledOn } of counted) {
    const key = cell.map(foldText).join('|');
    const known = cells.get(key) ?? { name: cell, n: 0, replied: 0, ledOn: 0 };
    cells.set(key, known);
    known.n += 1;
    if (replied) known.replied += 1;
    if (ledOn) known.ledOn += 1;
  }
  return [...cells.values()];
}
