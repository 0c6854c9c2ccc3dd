import type { KnownBlock } from '@slack/types';
import type { WorthNoting } from '../../icp/proposals/worth-noting.ts';
import type { EmergingSegment } from '../../icp/segments/types.ts';
import { asSentence } from '../../questions/as-sentence.ts';
import { formatDate, formatNumber } from '../../questions/format-figure.ts';
import { context } from './blocks.ts';
import { writeRate, writeShare } from './rates.ts';
import { plain } from './text.ts';

const mostNamed = 5;
const mostEmerging = 3;

/** What every digest names, whatever is proposed: a line each, and none for what there is none of. */
export function worthNotingLines({ emerging, stale, overdue, cautions }: WorthNoting): KnownBlock[] {
  return [
    ...emerging.slice(0, mostEmerging).map((segment) => context(emergingLine(segment))),
    ...(emerging.length > mostEmerging
      ? [context(`${emerging.length - mostEmerging} more are emerging; \`/icp segments\` has them all.`)]
      : []),
    ...cautions.map((caution) => context(`*Data:* ${plain(asSentence(caution), 300)}`)),
    ...listed('Stale criteria', stale, ({ label, validatedAt }) => {
      const last = validatedAt === null ? 'never validated' : `last validated ${day(validatedAt)}`;
      return `${plain(label, 80)} (${last})`;
    }),
    ...listed('Reviews overdue', overdue, ({ label, owner, nextReview }) => {
      const due = nextReview === null ? '' : `due ${day(nextReview)}, `;
      return `${plain(label, 80)} (${due}${owner === null ? 'owned by nobody' : plain(owner, 60)})`;
    }),
  ];
}

/** A kind of company that is new among the wins, with what the finding counts. */
function emergingLine({ name, from, won, shareOfWins, shareOfRevenue, thin, provisional }: EmergingSegment): string {
  const revenue =
    shareOfRevenue === null ? 'its share of revenue is not known' : `${writeShare(shareOfRevenue)} of revenue`;
  const known = [...(thin ? ['thin data'] : []), ...(provisional ? ['provisional'] : [])];
  const sure = known.length === 0 ? '' : `  _${known.join(', ')}_`;
  return `*Emerging: ${plain(name, 120)}.* ${formatNumber(won, 0)} ${won === 1 ? 'win' : 'wins'} in the quarter from ${day(from)}: ${writeRate(shareOfWins)} of all wins, ${revenue}.${sure}`;
}

function listed<Named>(what: string, all: readonly Named[], said: (one: Named) => string): KnownBlock[] {
  if (all.length === 0) return [];
  const more = all.length > mostNamed ? ` and ${all.length - mostNamed} more` : '';
  return [context(`${what}: ${all.slice(0, mostNamed).map(said).join(', ')}${more}.`)];
}

function day(at: number): string {
  return formatDate(new Date(at).toISOString());
}
