import type { AuditHeadTold } from '../../engine/notifier.ts';
import { formatNumber } from '../../questions/format-figure.ts';
import { context, type Message, section } from './blocks.ts';
import { plain } from './text.ts';

/** The seal of everything that was done so far: whoever keeps it can show later that nothing before it was rewritten. */
export function auditHeadMessage({ rows, head, bad }: AuditHeadTold): Message {
  if (bad !== null) {
    const said = `*The audit log was tampered with.* Row ${bad.row}: ${plain(bad.why, 500)}.`;
    return {
      text: said.replaceAll('*', ''),
      blocks: [
        section(said),
        context('`lodestar verify` says more. Restore a backup from before, or ask who changed it.'),
      ],
    };
  }
  if (head === null) return { text: 'The audit log is empty.', blocks: [context('The audit log is empty.')] };
  const counted =
    rows === 1 ? 'one row, and it is as it was written' : `${formatNumber(rows, 0)} rows, all as they were written`;
  return {
    text: `The audit log has ${counted}. Head ${head.seq}:${head.hash.slice(0, 16)}`,
    blocks: [context(`The audit log has ${counted}. Head \`${head.seq}:${head.hash.slice(0, 16)}\``)],
  };
}
