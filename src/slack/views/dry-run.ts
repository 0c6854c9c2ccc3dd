import type { DryRun, MovedAccount } from '../../icp/proposals/dry-run.ts';
import { formatDate, formatNumber, roughScore } from '../../questions/format-figure.ts';
import { writeRate } from './rates.ts';
import { plain } from './text.ts';

const mostGroups = 12;
const mostMoves = 4;

/** A time as a person reads it: `2 Oct 2026, 10:00 UTC`. */
export function formatTime(at: number): string {
  const iso = new Date(at).toISOString();
  return `${formatDate(iso)}, ${iso.slice(11, 16)} UTC`;
}

/**
 * What a dry run says to whoever decides, in few lines: tiers, tier 1 against its band with every alarm, open deals, and how
 * well tier 1 sorts today and then.
 *
 * @param version what it changes; absent where every tier is told with its details anyway
 */
export function dryRunLines(dryRun: DryRun, version?: number): string[] {
  return [
    movesLine(dryRun, version === undefined ? undefined : mostMoves),
    ...(version === undefined || dryRun.tam.length === 0 ? [] : [tiersLine(dryRun.tam, `against version ${version}`)]),
    ...[tamLine(dryRun), ...alarmLines(dryRun), pipelineLine(dryRun), ...testedLines(dryRun)],
  ];
}

/** Accounts that are no customers, tier by tier, with how far each count moved. */
export function tiersLine(
  tiers: readonly { tier: number; before: number | null; after: number }[],
  against: string,
): string {
  const said = tiers.map(({ tier, before, after }) => {
    if (before === null) return `tier ${tier} ${count(after)}`;
    const change = before === 0 ? '' : ` (${signedPercent(after / before - 1)})`;
    return `tier ${tier} ${count(before)} to ${count(after)}${change}`;
  });
  return `Market by tier, ${against}: ${said.join(', ')}.`;
}

/** How many accounts change tier, by from and to: the largest moves where `most` says how many. */
export function movesLine({ moves, accounts }: DryRun, most = moves.length): string {
  const moved = moves.reduce((sum, move) => sum + move.accounts, 0);
  if (moved === 0) return `None of ${count(accounts)} accounts changes its tier.`;
  const largest = new Set(moves.toSorted((a, b) => b.accounts - a.accounts).slice(0, most));
  const shown = moves.filter((move) => largest.has(move));
  const left = moved - shown.reduce((sum, move) => sum + move.accounts, 0);
  const pairs = shown.map(({ from, to, accounts: some }) => `${count(some)} from ${from} to ${to}`);
  return `*${count(moved)} of ${count(accounts)} accounts change tier:* ${pairs.join(', ')}${left === 0 ? '' : `, ${count(left)} more`}.`;
}

/** Alarms, said as such. */
export function alarmLines({ alarms }: Pick<DryRun, 'alarms'>): string[] {
  return alarms.map((alarm) => `*Alarm:* ${plain(alarm, 300)}.`);
}

function tamLine({ tam, band }: DryRun): string {
  const [first] = tam;
  if (first === undefined) return 'There is no market to share out.';
  const { shareBefore, shareAfter } = first;
  return `Tier 1 holds *${percent(shareAfter)}* of the market instead of ${percent(shareBefore)}; it should hold ${percent(band.low)} to ${percent(band.high)}, ${count(band.most)} accounts at most.`;
}

function pipelineLine({ pipeline: { up, down } }: DryRun): string {
  if (up.accounts + down.accounts === 0) return 'No open pipeline moves.';
  const side = ({ accounts, amount }: typeof up, way: string) =>
    `${count(amount)} ${way} (${count(accounts)} ${accounts === 1 ? 'account' : 'accounts'})`;
  return `Open pipeline that moves: ${side(up, 'up')}, ${side(down, 'down')}.`;
}

function testedLines({ tested: { accounts, before, after } }: DryRun): string[] {
  if (accounts === 0) return ['No account is old enough to tell how tier 1 would have done.'];
  const rate = (side: typeof before, key: 'reach' | 'precision') => {
    const held = side[key];
    return held === null ? 'not known' : writeRate(held);
  };
  return [
    `Precision of tier 1, won within a year: ${rate(after, 'precision')}; today ${rate(before, 'precision')}.`,
    `Reach of tier 1, share of accounts: ${rate(after, 'reach')}; today ${rate(before, 'reach')}. The table may have learnt from them.`,
  ];
}

/** The whole of a dry run for whoever wants to know exactly: a heading, then its lines. */
export function dryRunDetails(dryRun: DryRun): { heading: string; lines: string[] }[] {
  const { tam, byOwner, byRegion, up, down, writes } = dryRun;
  const fields = Object.entries(writes.fields).filter(([, accounts]) => accounts > 0);
  return [
    {
      heading: 'Accounts that are no customers, tier by tier',
      lines: tam.map(({ tier, before, after, shareBefore, shareAfter }) => {
        const change = before === 0 ? '' : `, ${signedPercent(after / before - 1)}`;
        return `Tier ${tier}: ${count(before)} (${percent(shareBefore)}) to ${count(after)} (${percent(shareAfter)})${change}`;
      }),
    },
    { heading: 'By owner', lines: groupLines(byOwner.map(({ owner, ...counts }) => ({ name: owner, ...counts }))) },
    { heading: 'By region', lines: groupLines(byRegion.map(({ region, ...counts }) => ({ name: region, ...counts }))) },
    { heading: 'Furthest up', lines: up.map(accountLine) },
    { heading: 'Furthest down', lines: down.map(accountLine) },
    {
      heading: 'Fields of the CRM that would be written',
      lines:
        fields.length === 0
          ? ['none']
          : [
              `${count(writes.accounts)} accounts: ${fields.map(([field, accounts]) => `${plain(field, 60)} of ${count(accounts)}`).join(', ')}`,
            ],
    },
  ].filter(({ lines }) => lines.length > 0);
}

function groupLines(groups: readonly { name: string | null; up: number; down: number }[]): string[] {
  const lines = groups
    .slice(0, mostGroups)
    .map(({ name, up, down }) => `${plain(name ?? 'nobody', 80) || 'nobody'}: ${count(up)} up, ${count(down)} down`);
  return groups.length > mostGroups ? [...lines, `and ${count(groups.length - mostGroups)} more`] : lines;
}

function accountLine({ name, id, ownerEmail, from, to, before, support, after }: MovedAccount): string {
  const called = plain(name, 80) || plain(id, 80) || 'without a name';
  const owner = ownerEmail === null ? '' : `, ${plain(ownerEmail, 80)}`;
  const today = support === undefined ? formatNumber(before, 1) : `${roughScore(before, support.range)},`;
  return `${called}: tier ${from} to ${to}, ${today} to ${formatNumber(after, 1)}${owner}`;
}

function count(v: number): string {
  return formatNumber(v, 0);
}

function percent(share: number): string {
  return `${formatNumber(100 * share, 1).replace(/\.0$/, '')} %`;
}

function signedPercent(share: number): string {
  const said = percent(share);
  return share > 0 && said !== '0 %' ? `+${said}` : said;
}
