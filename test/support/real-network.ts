import { AtpAgent, RichText } from "@atproto/api";
import { describe } from "@jest/globals";
import { startCuttingProxy } from "./cutting-proxy.ts";
import { openMirrorStage } from "./mirror-stage.ts";
import { describeWithRealPds, startRealPds } from "./real-pds.ts";
import { describeWithWordpress, startRealWordpress } from "./real-wordpress.ts";

/** `describe` for suites that need both servers; where one is missing they are shown as skipped. */
export const describeWithRealNetwork =
  describeWithRealPds === describe ? describeWithWordpress : describeWithRealPds;

export type RealNetwork = Awaited<ReturnType<typeof openRealNetwork>>;

interface Picture {
  readonly bytes: Uint8Array;
  readonly altText: string;
}

interface Shown {
  readonly uri: string;
  readonly value: {
    readonly text: string;
    readonly embed?: {
      readonly images?: readonly { readonly alt: string; readonly image: { readonly size: number } }[];
    };
    readonly facets?: readonly { readonly features: readonly { readonly uri?: string }[] }[];
  };
}

/**
 * A real Bluesky server and a real WordPress, an account of each linked to a Clarion of its own, and the hands of their
 * people, who post there with other software. What works is a process of its own: see `process` of the stage.
 */
export async function openRealNetwork() {
  const [pds, site] = await Promise.all([startRealPds(), startRealWordpress()]);
  const us = await pds.createAccount("water-for-all");
  const proxy = await startCuttingProxy(pds.url);
  const stage = await openMirrorStage({
    role: "api",
    env: { ALLOWED_PRIVATE_HOSTS: "127.0.0.1,localhost" },
    timings: { watchMs: 500, watchLeaseMs: 5000, shareLeaseMs: 5000, sendTimeoutMs: 5000 },
  });
  const connect = (platform: string, baseUrl: string, credentials: object) =>
    stage.call<{ id: string }>("POST", "/v1/accounts", { platform, mode: "live", baseUrl, credentials });
  const { identifier, password, did, ownPassword } = us;
  const bluesky = await connect("bluesky", proxy.url, { identifier, password });
  const { username, applicationPassword } = site;
  const wordpress = await connect("wordpress", site.url, { username, applicationPassword });
  const agent = new AtpAgent({ service: pds.url });
  await agent.login({ identifier, password: ownPassword });
  const authorization = `Basic ${btoa(`${username}:${applicationPassword}`)}`;

  async function rest<T>(path: string, init: RequestInit = {}): Promise<T> {
    const headers = { authorization, ...init.headers };
    const answer = await fetch(`${site.url}/wp-json/wp/v2${path}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  return {
    stage,
    site,
    accounts: { bluesky: bluesky.id, wordpress: wordpress.id },
    /** Loses an answer for each request it matches. */
    cut: proxy.cut,
    rest,
    /** As Bluesky's own app posts. */
    async skeet(text: string, language: string, { bytes, altText }: Picture): Promise<string> {
      const { blob } = (await agent.uploadBlob(bytes, { encoding: "image/jpeg" })).data;
      const rich = new RichText({ text });
      await rich.detectFacets(agent);
      const embed = { $type: "app.bsky.embed.images", images: [{ image: blob, alt: altText }] };
      const { facets = [] } = rich;
      return (await agent.post({ text: rich.text, facets, langs: [language], embed })).uri;
    },
    /** What the Bluesky server shows of the account with this word in it. */
    async skeets(word: string): Promise<readonly Shown[]> {
      const query = `repo=${did}&collection=app.bsky.feed.post&limit=100`;
      const answer = await fetch(`${pds.url}/xrpc/com.atproto.repo.listRecords?${query}`);
      const { records } = (await answer.json()) as { records: Shown[] };
      return records.filter(({ value }) => value.text.includes(word));
    },
    async close() {
      await stage.close();
      proxy.close();
      await Promise.all([pds.stop(), site.stop()]);
    },
  };
}
