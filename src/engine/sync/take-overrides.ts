import type { MappedAccount } from '../../icp/crm-mapping/map-account.ts';
import { overrideField as field, tierSet } from '../../icp/crm-mapping/override-fields.ts';
import { isSetInCrm, type Override, setterInCrm } from '../../icp/judgements/override.ts';
import type { FieldValue } from '../../icp/types.ts';
import { addAudit } from '../../store/audit.ts';
import type { SaidOfAccount } from '../../store/latest-versions.ts';
import { addOverride, endOverride, overrideAt } from '../../store/overrides.ts';
import { storedScoreNow } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';
import type { PageChanges, Reading } from './object-reading.ts';

const yearMs = 365 * 86_400_000;
const longestReason = 1000;

type Values = MappedAccount['values'];

/**
 * Tiers that people set on accounts of the CRM, kept beside the model's as those that are set here: for a year at most, and
 * until the field is emptied. What stands already is left as it is, and one that was set here is not ended from there.
 *
 * @param known.said what was said of the accounts before this page
 * @param known.changes who last changed the field, where the CRM keeps that
 */
export async function takeOverrides(
  tx: Store,
  reading: Reading,
  accounts: readonly MappedAccount[],
  { said, changes }: { said: ReadonlyMap<string, SaidOfAccount>; changes: PageChanges },
): Promise<void> {
  for (const account of accounts) {
    const { id, values } = account;
    if (!Object.hasOwn(values, field.tier)) continue;
    const before = said.get(id)?.standing ?? {};
    if (Object.values(field).every((name) => textOf(before[name]) === textOf(values[name]))) continue;
    const standing = await overrideAt(tx, reading.book, id, reading.now);
    await takeOverride(tx, reading, {
      account,
      standing,
      setter: setterOf(reading, account, { before, standing, changes }),
    });
  }
}

async function takeOverride(
  tx: Store,
  { book, now }: Reading,
  {
    account: { id, values },
    standing,
    setter,
  }: { account: MappedAccount; standing: Override | null; setter: ReturnType<typeof setterInCrm> },
): Promise<void> {
  const tier = tierSet(values[field.tier]);
  const subject = `account ${id} of ${book}`;
  if (tier === null) {
    if (standing === null || !isSetInCrm(standing)) return;
    await endOverride(tx, standing.id, 'Salesforce', now);
    const actor = setterInCrm(null).byName;
    await addAudit(tx, { at: now, actor, action: 'override.lifted', subject, details: { id: standing.id } });
    return;
  }
  const reason = (textOf(values[field.reason]) ?? 'no reason was given').slice(0, longestReason);
  if (standing?.tier === tier && standing.reason === reason) return;
  const score = await storedScoreNow(tx, book, id);
  const { id: number, replaced } = await addOverride(tx, {
    ...{ book, accountId: id, tier, reason, ...setter, setAt: now, until: now + yearMs },
    modelVersion: score?.modelVersion ?? null,
    modelTier: score?.tier ?? null,
    modelScore: score?.score ?? null,
  });
  const details = { id: number, tier, reason, ...(replaced === null ? {} : { replaces: replaced.id }) };
  await addAudit(tx, { at: now, actor: setter.byName, action: 'override.set', subject, details });
}

/**
 * Who set the tier: whom the CRM's record of changes names; else whoever changed the account last, if it was read before and the tier
 * is another one since; else whoever set the tier that only its reason changes of. The owner is nobody to ask: anybody may have
 * set it. Where none of these says, nobody is named.
 */
function setterOf(
  { users, ourId }: Pick<Reading, 'users' | 'ourId'>,
  { id, values, changedBy }: MappedAccount,
  { before, standing, changes }: { before: Values; standing: Override | null; changes: PageChanges },
): ReturnType<typeof setterInCrm> {
  const tier = textOf(values[field.tier]);
  const change = changes.get(id);
  if (change !== undefined && change.to === tier) return setterInCrm(users.get(change.by) ?? null);
  if (textOf(before[field.tier]) === tier)
    return standing !== null && isSetInCrm(standing) ? { by: standing.by, byName: standing.byName } : setterInCrm(null);
  const wasRead = Object.hasOwn(before, field.tier);
  // Scores that were written after the person was there hide who that was.
  if (!wasRead || changedBy === null || changedBy === ourId) return setterInCrm(null);
  return setterInCrm(users.get(changedBy) ?? null);
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
