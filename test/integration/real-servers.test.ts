import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { audit } from "../faults/audit.ts";
import { openStage, type Stage } from "../faults/stage.ts";
import type { Worker } from "../faults/worker.ts";
import { type CuttingProxy, startCuttingProxy } from "../support/cutting-proxy.ts";
import { describeWithRealPds, type RealPds, startRealPds } from "../support/real-pds.ts";
import { describeWithWordpress, type RealWordpress, startRealWordpress } from "../support/real-wordpress.ts";
import { until } from "../support/until.ts";

interface Delivery {
  readonly state: string;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
}

const timeoutMs = 120_000;

/** The whole straight line, from POST to a server that we did not write: API, diary, queue, a worker of its own, HTTP. */
function straightLine(platform: Platform, options: Readonly<Record<string, string>>) {
  let stage: Stage;
  let worker: Worker;
  let accountId = "";
  return {
    async start(baseUrl: string, credentials: Readonly<Record<string, string>>) {
      stage = await openStage("postgres", { env: { ALLOWED_PRIVATE_HOSTS: "127.0.0.1" } });
      worker = await stage.worker([platform]);
      worker.begin();
      const body = { platform, mode: "live", baseUrl, credentials };
      accountId = (await stage.call<{ id: string }>("POST", "/v1/accounts", body)).id;
    },
    async post(text: string): Promise<Delivery> {
      const variants = { [platform]: { options } };
      const body = { text, accounts: [accountId], variants, dueAt: "now" };
      const { id } = await stage.call<{ id: string }>("POST", "/v1/posts", body);
      const ended = await until(
        "the post to come to its end",
        async () => {
          const post = await stage.call<{ state: string; deliveries: Delivery[] }>("GET", `/v1/posts/${id}`);
          return ["published", "failed", "needs_decision"].includes(post.state) ? post : undefined;
        },
        60_000,
      );
      return ended.deliveries[0]!;
    },
    /** But for what the audit cannot know: it asks the practice network, and these are elsewhere. */
    breaches: async () => (await audit(stage)).filter((breach) => !breach.includes("but not on")),
    async stop() {
      await worker?.end();
      await stage?.close();
    },
  };
}

describeWithRealPds("through the whole straight line to a real Bluesky server", () => {
  const line = straightLine("bluesky", {});
  let pds: RealPds;
  let proxy: CuttingProxy;
  let did = "";
  beforeAll(async () => {
    pds = await startRealPds();
    proxy = await startCuttingProxy(pds.url);
    const { identifier, password, did: id } = await pds.createAccount("water-for-all");
    did = id;
    await line.start(proxy.url, { identifier, password });
  }, timeoutMs);
  afterEach(() => expect(proxy.cut).toEqual([]));
  afterAll(async () => {
    await line.stop();
    proxy?.close();
    await pds?.stop();
  });

  const texts = async () => {
    const query = `repo=${did}&collection=app.bsky.feed.post`;
    const answer = await fetch(`${pds.url}/xrpc/com.atproto.repo.listRecords?${query}`);
    const { records } = (await answer.json()) as { records: { value: { text: string } }[] };
    return records.map(({ value }) => value.text);
  };

  it(
    "a post goes out once",
    async () => {
      expect(await line.post("Clean water is a right")).toMatchObject({ state: "published" });
      expect(await texts()).toEqual(["Clean water is a right"]);
    },
    timeoutMs,
  );

  it(
    "and once where the answer is lost",
    async () => {
      proxy.cut.push((_method, path) => path.endsWith("putRecord"));
      expect(await line.post("Lost and found")).toMatchObject({ state: "published" });
      expect((await texts()).filter((text) => text === "Lost and found")).toHaveLength(1);
      expect(await line.breaches()).toEqual([]);
    },
    timeoutMs,
  );
});

describeWithWordpress("through the whole straight line to a real WordPress", () => {
  const line = straightLine("wordpress", { title: "Clean water" });
  let site: RealWordpress;
  let proxy: CuttingProxy;
  beforeAll(async () => {
    site = await startRealWordpress();
    proxy = await startCuttingProxy(site.url);
    const { username, applicationPassword } = site;
    await line.start(proxy.url, { username, applicationPassword });
  }, timeoutMs);
  afterEach(() => expect(proxy.cut).toEqual([]));
  afterAll(async () => {
    await line.stop();
    proxy?.close();
    await site?.stop();
  });

  const count = async (words: string) => {
    const answer = await fetch(`${site.url}/wp-json/wp/v2/posts?search=${encodeURIComponent(words)}`);
    return ((await answer.json()) as unknown[]).length;
  };

  it(
    "a post goes out once",
    async () => {
      expect(await line.post("Rivers belong to all")).toMatchObject({ state: "published" });
      expect(await count("Rivers belong to all")).toBe(1);
    },
    timeoutMs,
  );

  it(
    "and once where the answer is lost",
    async () => {
      proxy.cut.push((method, path) => method === "POST" && /\/posts\/\d+$/.test(path));
      expect(await line.post("Wells belong to all")).toMatchObject({ state: "published" });
      expect(await count("Wells belong to all")).toBe(1);
      expect(await line.breaches()).toEqual([]);
    },
    timeoutMs,
  );
});
