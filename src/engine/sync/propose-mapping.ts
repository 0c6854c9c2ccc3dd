import type { Crm } from '../../connectors/crm.ts';
import { type CrmProposal, proposeCrmMapping } from '../../icp/crm-mapping/propose-mapping.ts';
import { describeObject } from './shown-fields.ts';

/** Looks at the org and proposes what its records mean, with a reason for each part. */
export async function proposeMapping(crm: Pick<Crm, 'reader'>): Promise<CrmProposal> {
  const seen = async (object: string) => [...((await describeObject(crm, object)) ?? new Map()).values()];
  return proposeCrmMapping({
    account: await seen('Account'),
    lead: await seen('Lead'),
    opportunity: await seen('Opportunity'),
    contract: await seen('Contract'),
  });
}
