import { nobodyListens } from "../../src/accounts/identify.ts";
import type { Prepared, Question } from "../../src/adapters/contract/adapter.ts";
import { commit } from "../../src/adapters/contract/commit.ts";
import { wordpress } from "../../src/adapters/wordpress/index.ts";
import type { Variant } from "../../src/domain/post.ts";
import { createGuardedFetch } from "../../src/outbound/guarded-fetch.ts";
import { openMediaShelf } from "../contract/media-shelf.ts";
import { type AnyCall, stored } from "../contract/world.ts";
import type { RealWordpress } from "./real-wordpress.ts";
import { tempFolder } from "./temp-folder.ts";
import { routeWitness } from "./wordpress-routes.ts";

export type Author = Awaited<ReturnType<typeof openAuthor>>;
type Call = Parameters<typeof wordpress.publish>[1] & Parameters<NonNullable<typeof wordpress.prepare>>[1];

/** Someone who posts to a real WordPress through the adapter and the product's own client. */
export async function openAuthor(site: RealWordpress, through = site.url) {
  const folder = await tempFolder();
  const shelf = await openMediaShelf(folder.path);
  const client = createGuardedFetch({ allowedOrigins: [site.url, through], allowedPrivateHosts: [] });
  const witness = routeWitness(site.url, client.call);
  const { username, applicationPassword } = site;
  const authorization = `Basic ${btoa(`${username}:${applicationPassword}`)}`;
  let count = 0;
  const call = (changes: Partial<AnyCall> = {}): Call => ({
    credentials: { username, applicationPassword },
    account: { externalId: "2", handle: username },
    baseUrl: { api: through, web: site.url },
    fetch: witness.fetch,
    firstMessage: nobodyListens,
    now: () => new Date(),
    signal: AbortSignal.timeout(60_000),
    media: shelf.access,
    deliveryKey: `dlv_${Date.now()}_${++count}`,
    commit: (send) => commit(async () => {}, send),
    ...(changes as object),
  });
  return {
    shelf,
    call,
    strangers: witness.strangers,
    /** The API by itself, as the author. */
    async api(method: string, path: string, body?: unknown) {
      const response = await fetch(`${site.url}/wp-json/wp/v2${path}`, {
        method,
        headers: { authorization, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: await response.json() };
    },
    async publish(variant: Variant, changes: Partial<AnyCall> = {}) {
      const its = call(changes);
      const ready = await prepare(variant, its);
      const answer = await wordpress.publish(variant, { ...its, prepared: ready });
      if (answer.state !== "published") throw new Error(`It is ${answer.state}`);
      return { ...answer, prepared: ready };
    },
    reconcile: (question: Omit<Question, "sentAt" | "deliveryKey">) =>
      wordpress.reconcile({ deliveryKey: "dlv_1", sentAt: new Date(), ...question }, call()),
    async close() {
      shelf.close();
      await client.close();
      await folder.remove();
    },
  };
}

export async function prepare(variant: Variant, call: Call): Promise<Prepared> {
  if (!wordpress.prepare) throw new Error("WordPress prepares drafts");
  return stored(await wordpress.prepare(variant, call));
}
