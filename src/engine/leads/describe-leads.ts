import { ownOverride, tierSet } from '../../icp/crm-mapping/override-fields.ts';
import { explainAccount } from '../../icp/explain.ts';
import { readAccount } from '../../icp/features/read-account.ts';
import { cautionsOn } from '../../icp/judgements/caution.ts';
import { setterInCrm } from '../../icp/judgements/override.ts';
import { type LeadCard, type LeadScore, leadScoreOf } from '../../icp/leads/lead-card.ts';
import { leadPerson } from '../../icp/leads/lead-person.ts';
import { leadStanding } from '../../icp/leads/lead-standing.ts';
import type { FieldValue } from '../../icp/types.ts';
import type { Book } from '../../store/books.ts';
import { cautionsAt } from '../../store/cautions.ts';
import { readHistories } from '../../store/histories.ts';
import { answersToLeads } from '../../store/lead-answers.ts';
import { contactsAt, leadsNow, type StoredLead } from '../../store/leads.ts';
import { modelOfVersion } from '../../store/models.ts';
import { overridesAt } from '../../store/overrides.ts';
import { scoreRunOf } from '../../store/scores.ts';
import type { Store } from '../../store/store.ts';

/**
 * Leads as people are shown them, in the order asked for: who it is, what the model says, what people say beside it, and how
 * each stands.
 */
export async function describeLeads(
  { store, now }: { store: Store; now: () => number },
  book: Book,
  leadIds: readonly string[],
): Promise<LeadCard[]> {
  const found = new Map((await leadsNow(store, book.name, leadIds)).map((lead) => [lead.id, lead]));
  const accountIds = [...new Set([...found.values()].flatMap(({ accountId }) => accountId ?? []))];
  const answers = Map.groupBy(await answersToLeads(store, book.name, leadIds), ({ leadId }) => leadId);
  const contacts = await contactsAt(store, book.name, accountIds);
  const scores = await scoresNow(store, book, accountIds, now());
  return leadIds.flatMap((id) => {
    const lead = found.get(id);
    if (lead === undefined) return [];
    const { accountId, source, createdAt, more } = lead;
    const card: LeadCard = {
      ...{ book: book.name, leadId: id, accountId, source, company: companyOf(lead) },
      ownerEmail: lead.ownerEmail ?? lead.account?.ownerEmail ?? null,
      createdAt: book.timeKind === 'order' ? null : createdAt,
      person: leadPerson(more, accountId === null ? [] : (contacts.get(accountId) ?? [])),
      score: accountId === null ? null : withOwn(scores.get(accountId) ?? null, more[ownOverride]),
      state: leadStanding(answers.get(id) ?? []),
    };
    return [card];
  });
}

/** The scores of some accounts as the last scoring had them, worked out again so that there are reasons beside them. */
async function scoresNow(
  store: Store,
  { name, timeKind }: Book,
  accountIds: readonly string[],
  now: number,
): Promise<ReadonlyMap<string, LeadScore>> {
  const run = await scoreRunOf(store, name);
  const stored = run === null ? null : await modelOfVersion(store, run.modelVersion);
  const scores = new Map<string, LeadScore>();
  if (run === null || stored === null) return scores;
  const { model, catalogue, version } = stored;
  const { asOf, importId } = run;
  const overrides = new Map((await overridesAt(store, name, now, accountIds)).map((each) => [each.accountId, each]));
  const cautions = await cautionsAt(store, name, now);
  for await (const histories of readHistories(store, name, { importId, accountIds })) {
    for (const history of histories) {
      const read = readAccount(history, catalogue, asOf);
      const { explanation } = explainAccount({ model, modelVersion: version, timeKind, history, read, asOf });
      const override = overrides.get(history.id);
      scores.set(history.id, {
        ...leadScoreOf(explanation),
        override: override === undefined ? null : { tier: override.tier, byName: override.byName },
        cautions: cautionsOn(cautions, read.value),
      });
    }
  }
  return scores;
}

/** A tier that was set on the lead itself goes before one of its account: it is by that one that the CRM routes it. */
function withOwn(score: LeadScore | null, set: FieldValue | undefined): LeadScore | null {
  const tier = tierSet(set);
  if (score === null || tier === null) return score;
  return { ...score, override: { tier, byName: `${setterInCrm(null).byName}, of this lead alone` } };
}

function companyOf({ account, more }: StoredLead): string | null {
  const said = [account?.name, more.company, more.company_name, more.organization, more.domain, more.email];
  return said.find((value) => typeof value === 'string' && value.trim() !== '')?.toString() ?? null;
}
