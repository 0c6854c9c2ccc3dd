import type { Instant } from '../../icp/types.ts';
import { columnFor } from './column-words.ts';
import type { FoundOutcome } from './find-outcome.ts';
import type { Recipe } from './mapping-schema.ts';
import { parseNumber } from './parse-values.ts';
import type { ColumnProfile, FileProfile } from './profile-columns.ts';
import type { Gathered, ProposedFile } from './propose-accounts.ts';

/** Proposes how a file with a churn column feeds the customers: by dates, by months of tenure, or by order alone. */
export function proposeCustomers(
  file: FileProfile,
  { id, outcome, now }: { id: Recipe; outcome: FoundOutcome; now: Instant },
  gathered: Gathered,
): { time: Record<string, unknown>; customers: ProposedFile; taken: Set<string> } {
  const when = { column: outcome.column.name, is: [...outcome.lost] };
  const started = columnFor(file, 'started_at');
  const ended = columnFor(file, 'ended_at');
  const tenure = file.columns.find(
    ({ plain, type }) => /tenure|months(active|ascustomer)?$|monthswithus/.test(plain) && type === 'number',
  );
  const feeds = { file: file.name, feeds: 'customers' };
  if (started?.type === 'date') {
    for (const column of [started, ended]) if (column?.dateFormat != null) gathered.formats.add(column.dateFormat);
    const hasEnd = ended?.type === 'date';
    if (!hasEnd)
      gathered.questions.push(
        'when customers left is not said: the day of the export stands in for it (time.snapshot)',
      );
    const more = Object.fromEntries(
      ['churn_reason', 'arr', 'renewal_on'].flatMap((target) => {
        const column = columnFor(file, target);
        return column === undefined ? [] : [[target, column.name] as const];
      }),
    );
    const endedAt: Recipe = hasEnd ? ended.name : { snapshot: true, when };
    return {
      time: { kind: 'dates', ...(hasEnd ? {} : { snapshot: day(now) }) },
      customers: { ...feeds, columns: { account_id: id, started_at: started.name, ended_at: endedAt, ...more } },
      taken: new Set([started.name, ...(hasEnd ? [ended.name] : [])]),
    };
  }
  if (tenure !== undefined) {
    gathered.questions.push(
      `on which day the export was taken (time.snapshot): "${tenure.name}" is counted back from it in months`,
    );
    const alike = file.columns.filter(
      (column) => column !== tenure && column.type === 'number' && correlation(column, tenure) > 0.8,
    );
    return {
      time: { kind: 'dates', snapshot: day(now) },
      customers: {
        ...feeds,
        columns: {
          account_id: id,
          started_at: { monthsBeforeSnapshot: tenure.name },
          ended_at: { snapshot: true, when },
        },
      },
      taken: new Set([tenure, ...alike].map(({ name }) => name)),
    };
  }
  gathered.questions.push(
    'nothing tells how long anybody has been a customer: the order of the rows is all the time there is',
  );
  const columns = { account_id: id, started_at: { order: true as const }, ended_at: { order: true as const, when } };
  return { time: { kind: 'order', by: 'row' }, customers: { ...feeds, columns }, taken: new Set() };
}

const day = (instant: Instant) => new Date(instant).toISOString().slice(0, 10);

/** Pearson's correlation over the rows where both are known. */
function correlation(one: ColumnProfile, other: ColumnProfile): number {
  const pairs = one.texts.flatMap((text, row) => {
    const pair = [parseNumber(text), parseNumber(other.texts[row] ?? '')] as const;
    return pair[0] === null || pair[1] === null ? [] : [[pair[0], pair[1]] as const];
  });
  const mean = (at: 0 | 1) => pairs.reduce((sum, pair) => sum + pair[at], 0) / pairs.length;
  const [a, b] = [mean(0), mean(1)];
  const sums = pairs.reduce(
    (sum, [x, y]) => ({ xy: sum.xy + (x - a) * (y - b), xx: sum.xx + (x - a) ** 2, yy: sum.yy + (y - b) ** 2 }),
    { xy: 0, xx: 0, yy: 0 },
  );
  return sums.xx === 0 || sums.yy === 0 ? 0 : sums.xy / Math.sqrt(sums.xx * sums.yy);
}
