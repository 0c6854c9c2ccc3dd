import type { SetAside, SourceRow } from '../../connectors/ports.ts';
import type { BundleRecord } from '../../icp/records.ts';
import type { FirstLines } from './first-lines.ts';

/** Takes out of a row what an earlier line of its file has said already, and says where. */
export function setRepeatsAside(row: SourceRow, file: string, seen: FirstLines): SourceRow {
  const records: BundleRecord[] = [];
  const setAside: SetAside[] = [...row.setAside];
  for (const record of row.records) {
    const repeatable = repeatOf(record);
    const before = repeatable === null ? null : seen.note(`${record.kind}\n${repeatable.key}`, row.line);
    if (repeatable === null || before === null) records.push(record);
    else {
      const reason = `${repeatable.reason} (first at line ${before})`;
      setAside.push({ file, line: row.line, reason, excerpt: repeatable.key });
    }
  }
  return { line: row.line, records, setAside };
}

/** What makes two records of a file one and the same; `null` for signals: equal ones are one event, others are two. */
function repeatOf(record: BundleRecord): { key: string; reason: string } | null {
  switch (record.kind) {
    case 'account':
    case 'contact':
    case 'lead':
    case 'opportunity':
      return { key: record.id, reason: `duplicate id "${record.id}"` };
    case 'person':
      return { key: record.email, reason: `duplicate email "${record.email}"` };
    case 'customer': {
      const { accountId, startedAt } = record;
      return {
        key: `${accountId} ${startedAt}`,
        reason: `account "${accountId}" becomes a customer twice at one time`,
      };
    }
    case 'outcome': {
      const { accountId, outcome, occurredAt, source } = record;
      const key = `${accountId} ${outcome} ${occurredAt} ${source}`;
      return { key, reason: `a second "${outcome}" of account "${accountId}" at the same time` };
    }
    case 'usage': {
      const { accountId, metric, periodStart } = record;
      const key = `${accountId} ${metric} ${periodStart}`;
      return { key, reason: `a second "${metric}" of account "${accountId}" for the same period` };
    }
    case 'observation': {
      const { accountId, values, observedAt, source } = record;
      const field = Object.keys(values).join(' ');
      const key = `${accountId} ${field} ${observedAt} ${source}`;
      return { key, reason: `a second "${field}" of account "${accountId}" from the same source and time` };
    }
    case 'signal':
      return null;
  }
}
