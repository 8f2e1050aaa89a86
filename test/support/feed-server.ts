import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { readFeed } from "../../src/feeds/read-feed.ts";
import type { Known } from "../../src/feeds/request-feed.ts";
import { createGuardedFetch } from "../../src/outbound/guarded-fetch.ts";

/** A site on the loopback, and readings of it through the real guarded client. */
export async function feedServer() {
  let listener: RequestListener = (_, response) => response.writeHead(404).end();
  const server = createServer((request, response) => listener(request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const guarded = createGuardedFetch({ allowedOrigins: [origin], allowedPrivateHosts: [] });
  const nothing: Known = { etag: null, lastModified: null };
  const read = (url = `${origin}/feed`, known = nothing) =>
    readFeed(guarded.fetch, url, known, AbortSignal.timeout(30_000));
  return {
    origin,
    guarded,
    read,
    answer(next: RequestListener) {
      listener = next;
    },
    /** What is read when this is the feed. */
    async reading(body: string | Uint8Array, headers: Record<string, string> = {}) {
      listener = (_, response) => response.writeHead(200, headers).end(body);
      const answer = await read();
      if (answer.kind !== "items") throw new Error("The feed was taken for unchanged");
      return answer;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await guarded.close();
    },
  };
}

export type FeedServer = Awaited<ReturnType<typeof feedServer>>;
