import type { FindingContext, FindingInputs } from '../icp/findings.ts';
import type { Hypothesis } from '../icp/hypothesis.ts';
import type { NamedSegment } from '../icp/segments/types.ts';
import { findingsAt } from '../store/findings.ts';
import { pastModels } from '../store/models.ts';
import type { Store } from '../store/store.ts';
import { wordingKey, wordingsOf } from '../store/wordings.ts';
import { bandIn } from './proposals/proposal-settings.ts';
import { targetsOf } from './tier-targets.ts';

/** What findings were held against that do not name a band: found again, they are to come out as they were. */
const bandBeforeItWasKept = { low: 0.05, high: 0.2 };

/** What an analysis begun now needs beside the data: past versions and the one in force, the written ICP, segments under their names, the band of tier 1 and targets. */
export async function findingInputs(
  store: Store,
  at: { book: string; importId: number; asOf: number },
  { seed, hypothesis, inForce = null }: { seed: number; hypothesis: Hypothesis | null; inForce?: number | null },
): Promise<FindingInputs> {
  const past = await pastModels(store, at.book);
  const previous = await previousSegments(store, at);
  const { low, high } = await bandIn(store);
  const targets = await targetsOf(store, at.book);
  return {
    ...{ seed, hypothesis, previous, pastVersions: past.map(({ version }) => version), tamBand: { low, high } },
    ...(targets === null ? {} : { targets }),
    ...(inForce === null ? {} : { inForce }),
  };
}

/** The inputs with the models that their versions name. */
export async function contextOf(store: Store, book: string, inputs: FindingInputs): Promise<FindingContext> {
  const past = (await pastModels(store, book)).filter(({ version }) => inputs.pastVersions.includes(version));
  return { tamBand: bandBeforeItWasKept, ...inputs, past: past.map(({ version, model }) => ({ version, model })) };
}

/** The segments of the last analysis; a name that somebody gave since has taken the place of the template's. */
async function previousSegments(
  store: Store,
  at: { book: string; importId: number; asOf: number },
): Promise<NamedSegment[]> {
  const kept = await findingsAt(store, at);
  if (kept === null) return [];
  const { words } = await wordingsOf(store, at.book);
  return kept.findings.segments.segments.map(({ id, name, description, namedBy, conditions, members }) => {
    const said = words.get(wordingKey('segment', id));
    const named =
      said === undefined
        ? { name, description, namedBy }
        : {
            name: said.name,
            description: said.text || description,
            namedBy: said.person === null ? ('language model' as const) : ('person' as const),
          };
    return { id, ...named, conditions, members };
  });
}
