import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { type SQL, sql } from 'drizzle-orm';
import { createCompute } from '../../../src/engine/compute/compute.ts';
import { verify } from '../../../src/engine/verify/verify.ts';
import { verifyAudit } from '../../../src/engine/verify/verify-audit.ts';
import { addAudit, latestAudit, sealOf } from '../../../src/store/audit.ts';
import { auditLog } from '../../../src/store/schema/audit.ts';
import type { Store } from '../../../src/store/store.ts';
import { freshStore } from '../../support/fresh-store.ts';
import { askablePlainBook } from '../../support/plain-book.ts';

class TakenBack extends Error {}

/** Does harm to the store, looks, and takes the harm back. */
async function harmed<Result>(
  store: Store,
  harm: readonly SQL[],
  look: (tx: Store) => Promise<Result>,
): Promise<Result> {
  let seen: { result: Result } | null = null;
  const work = store.transaction(async (tx) => {
    for (const statement of harm) await tx.db.execute(statement);
    seen = { result: await look(tx) };
    throw new TakenBack();
  });
  await assert.rejects(work, TakenBack);
  assert.ok(seen !== null);
  return (seen as { result: Result }).result;
}

describe('the audit log', () => {
  let store: Store;
  before(async () => {
    store = await freshStore();
    for (let nth = 1; nth <= 8; nth++)
      await store.transaction((tx) =>
        addAudit(tx, {
          ...{ at: 1_000 * nth, actor: 'dana@ours.example', action: 'setting.set', subject: `setting s${nth}` },
          details: { value: { b: nth, a: [nth / 7, null, 'ü'] } },
        }),
      );
  });
  after(() => store?.close());

  const badAfter = async (...harm: SQL[]) => (await harmed(store, harm, (tx) => verifyAudit(tx))).bad;

  it('holds as it was written, up to its head', async () => {
    const [last] = await latestAudit(store, 1);
    assert.deepEqual(await verifyAudit(store), { rows: 8, head: { seq: 8, hash: last?.hash }, bad: null });
  });

  it('names a row in which anything was changed', async () => {
    for (const harm of [
      sql`update audit_log set actor = 'rita@ours.example' where seq = 3`,
      sql`update audit_log set at = at + interval '1 millisecond' where seq = 3`,
      sql`update audit_log set details = details || '{"value": 1}' where seq = 3`,
      sql`update audit_log set hash = repeat('a', 64) where seq = 3`,
    ]) {
      const bad = await badAfter(harm);
      assert.equal(bad?.row, 3);
      assert.match(bad.why, /changed after it was written/);
    }
  });

  it('names a row that is gone, and two that changed places', async () => {
    const gone = await badAfter(sql`delete from audit_log where seq = 5`);
    assert.deepEqual([gone?.row, gone?.why], [5, 'it is missing: after row 4 comes row 6']);
    const swapped = await badAfter(
      sql`update audit_log set seq = -1 where seq = 4`,
      sql`update audit_log set seq = 4 where seq = 6`,
      sql`update audit_log set seq = 6 where seq = -1`,
    );
    assert.deepEqual([swapped?.row, swapped?.why], [4, 'it was moved: it was written as row 6']);
  });

  it('names the row after one that was changed and sealed anew', async () => {
    const bad = await harmed(store, [], async (tx) => {
      const rows = await latestAudit(tx, 8);
      const third = rows.find(({ seq }) => seq === 3) ?? assert.fail();
      const forged = { ...third, actor: 'nobody' };
      await tx.db.execute(sql`update audit_log set actor = 'nobody', hash = ${sealOf(forged)} where seq = 3`);
      return (await verifyAudit(tx)).bad;
    });
    assert.equal(bad?.row, 4);
    assert.match(bad.why, /does not stand on the row before it/);
  });

  it('shows rows that were cut off at the end, and a log that was written anew, against a head seen before', async () => {
    const [last] = await latestAudit(store, 1);
    const known = { seq: 8, hash: (last?.hash ?? '').slice(0, 12) };
    assert.equal((await verifyAudit(store, known)).bad, null);
    const cut = [sql`delete from audit_log where seq > 6`];
    assert.equal(await badAfter(...cut), null);
    const against = await harmed(store, cut, (tx) => verifyAudit(tx, known));
    assert.equal(against.bad?.row, 7);
    const rewritten = await harmed(store, [sql`delete from audit_log where seq = 8`], async (tx) => {
      await addAudit(tx, { at: 1, actor: 'another', action: 'setting.set', subject: 'setting s8', details: {} });
      return verifyAudit(tx, known);
    });
    assert.equal(rewritten.bad?.row, 8);
  });

  it('has nothing to say of an empty log', async () => {
    const bad = await harmed(store, [sql`delete from ${auditLog}`], (tx) => verifyAudit(tx));
    assert.deepEqual(bad, { rows: 0, head: null, bad: null });
  });
});

describe('verify', () => {
  let store: Store;
  before(async () => {
    ({ store } = await askablePlainBook());
  });
  after(() => store?.close());

  const ports = { compute: createCompute(), onProgress: () => {} };
  const badAfter = async (...harm: SQL[]) =>
    (await harmed(store, harm, (tx) => verify({ ...ports, store: tx }))).bad?.why ?? null;

  it('finds a book as it was written: every score, model, activation and finding', async () => {
    const { checks, bad } = await verify({ ...ports, store });
    assert.equal(bad, null);
    assert.deepEqual(
      checks.map(({ what, checked }) => [what, checked > 0]),
      [
        ['audit log', true],
        ['models of main', true],
        ['activations of main', true],
        ['findings of main', true],
        ['publications of main', false],
        ['scores of main', true],
      ],
    );
    const scores = checks.at(-1);
    assert.equal(scores?.checked, 360);
  });

  it('names the first score that somebody changed, with what it should be', async () => {
    const why = await badAfter(
      sql`update scores set score = score + 0.1 where account_id in ('a0100', 'a0200')`,
      sql`update scores set tier = 1 where account_id = 'a0300'`,
    );
    assert.match(why ?? '', /^account a0100: score is stored as [\d.]+ and comes out as [\d.]+$/);
    assert.match((await badAfter(sql`delete from scores where account_id = 'a0007'`)) ?? '', /a0007 has no score/);
  });

  it('names a model that was changed, and one in force that is not what was put there', async () => {
    const points = sql`update models set model = jsonb_set(model, '{base}', '999')`;
    assert.match((await badAfter(points)) ?? '', /model 1 was changed after it was made/);
    const both = [points, sql`update models set content_hash = null`];
    assert.match((await badAfter(...both)) ?? '', /put another content in force than the model has now/);
    assert.match(
      (await badAfter(sql`update findings set content_hash = 'x'`)) ?? '',
      /the findings \d+ were changed after they were kept/,
    );
  });

  it('names a model that came into force without an approval of that very content', async () => {
    const unapproved = sql`update activations set kind = 'approved', proposal_id = 4`;
    assert.match((await badAfter(unapproved)) ?? '', /names proposal 4, which was not approved/);
    const proposal = sql`insert into proposals (book, base_version, import_id, as_of, drafted_at, drafted_by, deadline_at, dry_run)
      values ('main', 1, 1, now(), now(), 'a test', now(), '{}')`;
    const scheduled = (hash: SQL) => sql`insert into proposal_events (proposal_id, key, kind, at, by, by_name, details)
      select p.id, 'scheduled', 'scheduled', now(), 'dana', 'Dana', jsonb_build_object('version', 1, 'contentHash', ${hash})
      from proposals p, activations a`;
    const own = sql`update activations set kind = 'approved', proposal_id = (select max(id) from proposals)`;
    assert.match(
      (await badAfter(proposal, scheduled(sql`'another'::text`), own)) ?? '',
      /is not what was approved in proposal/,
    );
    assert.equal(await badAfter(proposal, scheduled(sql`a.content_hash`), own), null);
  });
});
