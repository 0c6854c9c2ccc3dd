import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import type { Crm } from '../../connectors/crm.ts';
import { IcpError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { LocalSalesforce } from '../../workbench/salesforce/local-salesforce.ts';
import { localOrg } from '../box/local-org.ts';
import { type CrmConnection, connectCrm } from './connect-crm.ts';

/** The CRM that the house works with: the org that the environment names, or the local one of the company in a box. */
export interface CrmDoor {
  /** Connects when it is first asked, and again where that failed; `null` where there is none. */
  crm(): Promise<Crm | null>;
  /** Whether there is one; asks nobody. */
  has(): boolean;
  /** The org on this machine; `null` where the data folder has none. @param make where it has none yet, it gets one */
  local(make?: boolean): Promise<LocalSalesforce | null>;
  close(): Promise<void>;
}

type Asked = Pick<Config, 'salesforce' | 'dataDir'>;
interface Deps {
  log: Log;
  now: () => number;
}

/** Where the local org of a data folder is. */
export function localOrgFile(dataDir: string): string {
  return join(dataDir, 'local-salesforce.sqlite');
}

export function openCrm(config: Asked, { log, now }: Deps): CrmDoor {
  let local: Promise<LocalSalesforce> | null = null;
  let connected: Promise<CrmConnection | null> | null = null;
  const file = localOrgFile(config.dataDir);
  const start = async () => {
    const { startLocalSalesforce } = await import('../../workbench/salesforce/local-salesforce.ts');
    return startLocalSalesforce({ file, org: localOrg, log: (what, error) => log.error({ err: error }, what) });
  };
  const localHere = async (make = false) => {
    if (config.salesforce.kind !== 'none') return null;
    if (local === null && !make && !existsSync(file)) return null;
    local ??= start().catch((error: unknown) => {
      local = null;
      throw error;
    });
    return local;
  };
  const connect = async () => {
    const here = await localHere();
    return connectCrm({ salesforce: here === null ? config.salesforce : signInOf(here) }, { log, now });
  };
  return {
    local: localHere,
    has: () => config.salesforce.kind !== 'none' || local !== null || existsSync(file),
    async crm() {
      connected ??= connect();
      const asked = connected;
      try {
        const found = await asked;
        // An org may still be made: the box is filled after the house was opened.
        if (found === null) connected = null;
        return found?.crm ?? null;
      } catch (error) {
        connected = null;
        throw error;
      }
    },
    async close() {
      const [crm, org] = await Promise.allSettled([connected, local]);
      if (crm.status === 'fulfilled') crm.value?.close();
      if (org.status === 'fulfilled') await org.value?.close();
    },
  };
}

function signInOf({ url, options }: LocalSalesforce): Config['salesforce'] {
  const { clientId, clientSecret } = options;
  return { kind: 'client credentials', loginUrl: url, clientId, clientSecret };
}

/** @throws {IcpError} `crm_not_connected` */
export async function requireCrm({ crm }: { crm: () => Promise<Crm | null> }): Promise<Crm> {
  const connected = await crm();
  if (connected !== null) return connected;
  throw new IcpError(
    'crm_not_connected',
    'this needs a connected CRM, and none is; set SF_LOGIN_URL, SF_CLIENT_ID and SF_CLIENT_SECRET in .env, and lodestar doctor says whether they work',
  );
}
