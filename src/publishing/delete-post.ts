import { callFor } from "../accounts/call.ts";
import { renewLogin } from "../accounts/oauth/renew-login.ts";
import { PublishError } from "../adapters/contract/publish-error.ts";
import { lockPost } from "../db/edit-post.ts";
import { cancelDeliveries, closePost, findUnstoppable } from "../db/stop-deliveries.ts";
import { findPublished, markDeleted, type PublishedDelivery } from "../db/take-down.ts";
import { transaction } from "../db/transaction.ts";
import type { Platform } from "../domain/platform.ts";
import { Refusal } from "../domain/refusal.ts";
import { noSuchPost } from "./get-post.ts";
import type { World } from "./world.ts";

export interface Deletion {
  readonly id: string;
  /** False: some of it is still public. Deleting again tries again. */
  readonly gone: boolean;
  readonly deliveries: readonly TakenDown[];
}

export interface TakenDown {
  readonly id: string;
  readonly accountId: string;
  readonly platform: Platform;
  readonly externalUrl: string | null;
  readonly deleted: boolean;
  readonly reason: string | null;
}

const timeoutMs = 20_000;

/**
 * Deletes a post: what has not gone out is canceled, what is public is taken down where the platform lets us.
 * @throws Refusal `not_found`; `already_sending` while it may be becoming public
 */
export async function deletePost(world: World, workspaceId: string, id: string): Promise<Deletion> {
  const published = await stop(world, workspaceId, id);
  const deliveries: TakenDown[] = [];
  for (const delivery of published) deliveries.push(await takeDown(world, workspaceId, delivery));
  const gone = deliveries.every(({ deleted }) => deleted);
  if (gone && published.length > 0) await closePost(world.db, workspaceId, id, true);
  return { id, gone, deliveries };
}

/** One transaction: afterwards nothing of it can go out any more. @returns what is public */
function stop(world: World, workspaceId: string, id: string): Promise<PublishedDelivery[]> {
  return transaction(world.db, async (db) => {
    const post = await lockPost(db, workspaceId, id);
    if (!post) throw noSuchPost();
    await cancelDeliveries(db, workspaceId, id);
    const sending = await findUnstoppable(db, workspaceId, { postId: id });
    if (sending.length > 0)
      throw new Refusal(
        "already_sending",
        "It may be becoming public at this moment. Delete it when that is decided.",
        {
          facts: { deliveries: sending },
        },
      );
    const published = await findPublished(db, workspaceId, id);
    if (published.length === 0 || !post.canceledAt)
      await closePost(db, workspaceId, id, published.length === 0);
    return published;
  });
}

async function takeDown(world: World, workspaceId: string, delivery: PublishedDelivery): Promise<TakenDown> {
  const { id, accountId, platform, externalUrl } = delivery;
  const reason = await removeThere(world, delivery);
  if (reason === null) await markDeleted(world.db, workspaceId, id);
  return { id, accountId, platform, externalUrl, deleted: reason === null, reason };
}

/** Deleting twice is not an error there, so a crash before we have written it down is none either. */
async function removeThere(
  world: World,
  { platform, externalId, account }: PublishedDelivery,
): Promise<string | null> {
  const adapter = world.adapters[platform];
  const byHand = `Please delete it on ${adapter.displayName} by hand.`;
  if (!adapter.delete || !adapter.capabilities.delete)
    return `${adapter.displayName} does not let us delete posts. ${byHand}`;
  if (externalId === null) return `We do not know its id there. ${byHand}`;
  const { workspaceId, grantId, grantVersion } = account;
  if (grantId === null || grantVersion === null) return `The account was disconnected. ${byHand}`;
  const remove = async (version: string) => {
    const login = { ...account, grantId, grantVersion: version };
    await adapter.delete?.(externalId, await callFor(world, login, AbortSignal.timeout(timeoutMs)));
  };
  try {
    await remove(grantVersion).catch(async (error) => {
      if (!(error instanceof PublishError) || error.kind !== "unauthorized") throw error;
      // Nobody renewed it since the account last posted: logins of some platforms last an hour.
      const renewed = await renewLogin(world, { workspaceId, grantId, version: grantVersion });
      if (renewed.state !== "renewed") throw error;
      await remove(renewed.version);
    });
    return null;
  } catch (error) {
    if (!(error instanceof PublishError)) throw error;
    return `${error.message}. ${byHand}`;
  }
}
