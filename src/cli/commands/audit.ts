import { UsageError } from '../../errors.ts';
import { auditSince } from '../../store/audit.ts';
import type { Command } from '../command.ts';
import { instantOption, integerOption } from '../reading.ts';

export const audit: Command = {
  name: 'audit',
  options: [
    { flags: '--limit <n>', description: 'how many of the latest; 50 when not given' },
    { flags: '--since <date>', description: 'only from this day on' },
  ],
  async run({ store }, { out, options }) {
    const limit = integerOption(options.limit, '--limit', 50);
    if (limit < 1) throw new UsageError(`--limit needs a number of rows from 1 on, got ${limit}`);
    const since = instantOption(options.since, '--since');
    const rows = await auditSince(store, since ?? 0, limit);
    out.answer(
      rows.map(({ at, ...row }) => ({ ...row, at: new Date(at).toISOString() })),
      rows.length === 0
        ? `nothing is in the audit log${since === null ? '' : ' from that day on'}`
        : rows
            .map(({ seq, at, actor, action, subject, details }) =>
              `${String(seq).padStart(6)}  ${new Date(at).toISOString().slice(0, 19)}Z  ${action}  ${subject}  ${actor}  ${shownDetails(details)}`.trimEnd(),
            )
            .join('\n'),
    );
  },
};

function shownDetails(details: Readonly<Record<string, unknown>>): string {
  return Object.keys(details).length === 0 ? '' : JSON.stringify(details);
}
