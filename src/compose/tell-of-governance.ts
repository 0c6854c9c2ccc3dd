import { tellAuditHead } from '../engine/governance/tell-audit-head.ts';
import { tellLapse } from '../engine/governance/tell-lapse.ts';
import { tellOpenFlags } from '../engine/judgements/flags.ts';
import type { RunSummary } from '../jobs/ports.ts';
import type { Lodestar } from './open-lodestar.ts';
import type { Tellers } from './tell-people.ts';

/** The daily word to those who govern: the head of the audit log, and flags that could not be told when they were raised. */
export async function tellOfGovernance(
  { store, now }: Pick<Lodestar, 'store' | 'now'>,
  tellers: Tellers,
): Promise<RunSummary> {
  const { checked, told } = await tellAuditHead({ store, notifier: tellers }, now());
  const lapse = await tellLapse({ store, notifier: tellers }, now());
  const flags = await tellOpenFlags({ store, now, tellers });
  const { rows, bad } = checked;
  const log = bad === null ? `${rows} rows, all as written` : `tampered with at row ${bad.row}: ${bad.why}`;
  const where = told === 'nowhere' ? ', and no channel is set in governance.channel' : `, head ${told}`;
  return {
    read: { audit_rows: rows },
    written: { flags_told: flags },
    note: `audit log: ${log}${where}; calibrations: ${lapse}`,
  };
}
