import { IcpError } from '../errors.ts';
import { compareRouting, type RoutingChange } from '../icp/routing/compare-routing.ts';
import { queuesIn, type RoutingQueues, usualQueues } from '../icp/routing/routing-queues.ts';
import { type RoutingRule, routingRules } from '../icp/routing/routing-rules.ts';
import { activationsOf, modelOfVersion, type StoredModel } from '../store/models.ts';
import { settingsAt } from '../store/settings.ts';
import type { Store } from '../store/store.ts';

export const routingPrefix = 'routing.';

/** How leads are routed under a version, beside how they were under the one before it. */
export interface Routing {
  book: string;
  version: number;
  /** `null`: no version came before. */
  beforeVersion: number | null;
  inForce: boolean;
  rules: readonly RoutingRule[];
  changes: readonly RoutingChange[];
}

/**
 * The routing rules of a book as of an instant: those of the version in force beside the one before it, or those that a version
 * would bring beside those in force.
 *
 * @param asked.version absent: the one in force
 * @throws {IcpError} `no_version` for a version that the book does not have, or where none is in force
 */
export async function routingOf(store: Store, asked: { book: string; at: number; version?: number }): Promise<Routing> {
  const { book, at } = asked;
  const past = (await activationsOf(store, book)).filter((each) => each.at <= at).map(({ version }) => version);
  const current = past.at(-1) ?? null;
  const version = asked.version ?? current;
  const beforeVersion = version === current ? (past.findLast((each) => each !== version) ?? null) : current;
  const queues = await queuesAt(store, book, at);
  const rules = routingRules((await versionOf(store, book, version)).model, queues);
  const before =
    beforeVersion === null ? [] : routingRules((await versionOf(store, book, beforeVersion)).model, queues);
  const told = { book, version: version ?? 0, beforeVersion, inForce: version === current };
  return { ...told, rules, changes: compareRouting(before, rules) };
}

async function versionOf(store: Store, book: string, version: number | null): Promise<StoredModel> {
  if (version === null)
    throw new IcpError(
      'no_version',
      `no version of the book ${book} is in force yet; lodestar analyze learns the first`,
    );
  const model = await modelOfVersion(store, version);
  if (model === null || model.model.book !== book)
    throw new IcpError('no_version', `the book ${book} has no version ${version}; lodestar models lists them`);
  return model;
}

async function queuesAt(store: Store, book: string, at: number): Promise<RoutingQueues> {
  const set = (await settingsAt(store, [routingPrefix + book], at)).get(routingPrefix + book);
  return queuesIn(set?.value) ?? usualQueues;
}
