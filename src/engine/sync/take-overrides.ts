import type { MappedAccount } from '../../icp/crm-mapping/map-account.ts';
import type { Tier } from '../../icp/judgements/override.ts';
import type { FieldValue } from '../../icp/types.ts';
import { addAudit } from '../../store/audit.ts';
import type { SaidOfAccount } from '../../store/latest-versions.ts';
import { addOverride, endOverride, overrideAt } from '../../store/overrides.ts';
import { storedScoreNow } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { Reading } from './object-reading.ts';

const field = { tier: 'ICP_Override__c', reason: 'ICP_Override_Reason__c' } as const;
const place = 'in Salesforce';
const yearMs = 365 * 86_400_000;
const longestReason = 1000;

/**
 * Tiers that people set on records of the CRM, kept beside the model's as those that are set here: for a year at most, and
 * until the field is emptied. What stands already is left as it is, and one that was set here is not ended from there.
 */
export async function takeOverrides(
  tx: Store,
  reading: Reading,
  accounts: readonly MappedAccount[],
  said: ReadonlyMap<string, SaidOfAccount>,
): Promise<void> {
  for (const { id, values, ownerEmail } of accounts) {
    if (!Object.hasOwn(values, field.tier)) continue;
    const before = said.get(id)?.standing ?? {};
    const isSame = Object.values(field).every((name) => textOf(before[name]) === textOf(values[name]));
    if (!isSame) await takeOverride(tx, reading, { id, values, ownerEmail });
  }
}

async function takeOverride(
  tx: Store,
  { book, now }: Reading,
  { id, values, ownerEmail }: Pick<MappedAccount, 'id' | 'values' | 'ownerEmail'>,
): Promise<void> {
  const tier = tierOf(values[field.tier]);
  const standing = await overrideAt(tx, book, id, now);
  const subject = `account ${id} of ${book}`;
  const actor = `somebody ${place}`;
  if (tier === null) {
    if (standing === null || !standing.byName.endsWith(place)) return;
    await endOverride(tx, standing.id, 'Salesforce', now);
    await addAudit(tx, { at: now, actor, action: 'override.lifted', subject, details: { id: standing.id } });
    return;
  }
  const reason = (textOf(values[field.reason]) ?? 'no reason was given').slice(0, longestReason);
  if (standing?.tier === tier && standing.reason === reason) return;
  const score = await storedScoreNow(tx, book, id);
  const { id: number, replaced } = await addOverride(tx, {
    ...{ book, accountId: id, tier, reason, by: ownerEmail ?? 'Salesforce', setAt: now, until: now + yearMs },
    byName: `${ownerEmail ?? 'somebody'} ${place}`,
    modelVersion: score?.modelVersion ?? null,
    modelTier: score?.tier ?? null,
    modelScore: score?.score ?? null,
  });
  const details = { id: number, tier, reason, ...(replaced === null ? {} : { replaces: replaced.id }) };
  await addAudit(tx, { at: now, actor, action: 'override.set', subject, details });
}

/** `Not fit` is as low as our tiers go. */
function tierOf(value: FieldValue | undefined): Tier | null {
  const text = textOf(value);
  if (text === '1') return 1;
  if (text === '2') return 2;
  return text === '3' || text?.toLowerCase() === 'not fit' ? 3 : null;
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
