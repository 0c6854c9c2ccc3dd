import { verify as verifyAll } from '../../engine/verify/verify.ts';
import type { KnownHead } from '../../engine/verify/verify-audit.ts';
import { IcpError, UsageError } from '../../errors.ts';
import type { Command } from '../command.ts';

export const verify: Command = {
  name: 'verify',
  options: [
    { flags: '--head <seq:hash>', description: 'a head of the audit log as it was told before, such as 120:ab34cd56' },
  ],
  async run({ store, compute }, { out, options }) {
    const ports = { store, compute, onProgress: (what: string) => out.progress(what) };
    const { checks, head, bad } = await verifyAll(ports, knownHead(options.head));
    const lines = checks.map((one) => {
      const counted = `${one.what}: ${one.checked.toLocaleString('en')} checked`;
      return one.bad === null ? `${counted}, all as written` : `${counted}, BAD: ${one.bad}`;
    });
    const at = head === null ? 'the audit log is empty' : `head of the audit log ${head.seq}:${head.hash}`;
    out.answer({ ok: bad === null, bad, head, checks }, [...lines, at].join('\n'));
    if (bad !== null)
      throw new IcpError('verify_failed', `${bad.why}; restore a backup from before, or ask who changed it`);
  },
};

function knownHead(value: unknown): KnownHead | null {
  if (value === undefined) return null;
  const [, seq, hash] = /^(\d+):([0-9a-f]{8,64})$/.exec(String(value)) ?? [];
  if (seq === undefined || hash === undefined)
    throw new UsageError(`--head needs a row and its hash such as 120:ab34cd56, got ${String(value)}`);
  return { seq: Number(seq), hash };
}
