import { governanceChannelSetting } from '../../src/engine/governance/governance-channel.ts';
import type { ProposalState } from '../../src/icp/proposals/proposal-state.ts';
import { openEmbedded } from '../../src/store/open.ts';
import { addSetting } from '../../src/store/settings.ts';
import { analyzeAgain, marketEnd, withSmallMarket } from './small-market.ts';

const quarter = 120 * 86_400_000;

/**
 * Fills a data folder with the small market, a model of a quarter before in force, and a proposal of what has been learnt since,
 * drafted now, so that its deadline is to come.
 */
export async function fillWithProposal(dataDir: string): Promise<ProposalState> {
  const store = await openEmbedded(dataDir);
  try {
    await withSmallMarket(store, undefined, marketEnd - quarter);
    const setAt = Date.now();
    await addSetting(store, { key: governanceChannelSetting, value: 'C0GOVERN', setAt, setBy: 'a test' });
    const { proposal } = await analyzeAgain(store, marketEnd, { now: () => Date.now() });
    if (proposal === null) throw new Error('a quarter changes nothing, and a proposal was needed');
    return proposal;
  } finally {
    await store.close();
  }
}
