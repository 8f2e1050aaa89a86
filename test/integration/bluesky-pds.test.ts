import { afterAll, beforeAll, beforeEach, expect, it } from "@jest/globals";
import { nobodyListens } from "../../src/accounts/identify.ts";
import { bluesky } from "../../src/adapters/bluesky/index.ts";
import type { BlueskyCredentials } from "../../src/adapters/bluesky/session.ts";
import type { PrepareCall, PublishCall, Published } from "../../src/adapters/contract/adapter.ts";
import { commit } from "../../src/adapters/contract/commit.ts";
import type { Media, Variant } from "../../src/domain/post.ts";
import { createGuardedFetch, type GuardedFetch } from "../../src/outbound/guarded-fetch.ts";
import { type MediaShelf, openMediaShelf } from "../contract/media-shelf.ts";
import { type CutLine, openCutLine } from "../support/cut-line.ts";
import { variant } from "../support/graph-on-practice.ts";
import { describeWithRealPds, type RealPds, type RealPdsAccount, startRealPds } from "../support/real-pds.ts";
import { tempFolder } from "../support/temp-folder.ts";

type BlueskyCall = PublishCall<BlueskyCredentials> & PrepareCall<BlueskyCredentials>;

// Bluesky's own server, not ours in its place: what these say holds for the real one.
describeWithRealPds("the adapter at a real Bluesky server", () => {
  let pds: RealPds;
  let us: RealPdsAccount;
  let line: CutLine;
  let shelf: MediaShelf;
  let client: GuardedFetch;
  let folder: Awaited<ReturnType<typeof tempFolder>>;
  let deliveries = 0;

  beforeAll(async () => {
    pds = await startRealPds();
    folder = await tempFolder();
    line = await openCutLine(pds.url, "com.atproto.repo.putRecord");
    shelf = await openMediaShelf(folder.path);
    client = createGuardedFetch({ allowedOrigins: [line.url], allowedPrivateHosts: [] });
  });
  afterAll(async () => {
    line.close();
    shelf.close();
    await client.close();
    await folder.remove();
    await pds.stop();
  });
  beforeEach(async () => {
    us = await pds.createAccount(`water-${++deliveries}`);
  });

  function callOf(
    { did, identifier, password }: RealPdsAccount,
    changes: Partial<BlueskyCall> = {},
  ): BlueskyCall {
    return {
      credentials: { identifier, password },
      account: { externalId: did, handle: identifier },
      baseUrl: { api: line.url, web: "https://bsky.app", upload: line.url },
      fetch: client.call,
      firstMessage: nobodyListens,
      now: () => new Date(),
      signal: AbortSignal.timeout(20_000),
      media: shelf.access,
      deliveryKey: `dlv_${++deliveries}`,
      commit: (send) => commit(async () => {}, send),
      ...changes,
    };
  }

  async function publish(part: Partial<Variant>, changes: Partial<BlueskyCall> = {}): Promise<Published> {
    const call = callOf(us, changes);
    const prepared = await bluesky.prepare?.(variant(part), call);
    return (await bluesky.publish(variant(part), { ...call, ...(prepared && { prepared }) })) as Published;
  }

  async function file(kind: "image" | "video", mimeType: string, altText: string): Promise<Media> {
    const limit = bluesky.capabilities.media.types[kind] ?? { mimeTypes: [], maxBytes: 0 };
    const made = await shelf.make(kind, mimeType, limit, altText);
    if (!made) throw new Error(`No ${mimeType}`);
    return made;
  }

  /** What the server has of ours, the newest key first. */
  async function records(): Promise<readonly { uri: string; cid: string; value: Record<string, unknown> }[]> {
    const query = new URLSearchParams({ repo: us.did, collection: "app.bsky.feed.post", limit: "100" });
    const response = await fetch(`${pds.url}/xrpc/com.atproto.repo.listRecords?${query}`);
    return ((await response.json()) as { records: never[] }).records;
  }

  it("knows whose app password it is, until it is revoked", async () => {
    const { identifier, did } = us;
    const identify = (changes: Partial<BlueskyCredentials> = {}) =>
      bluesky.auth.identify(callOf(us, { credentials: { ...us, ...changes } }));
    expect(await identify()).toEqual({ externalId: did, handle: identifier, name: identifier });
    await expect(identify({ password: "wrong" })).rejects.toMatchObject({ kind: "unauthorized" });
    await fetch(`${pds.url}/xrpc/com.atproto.server.revokeAppPassword`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: `Bearer ${us.accessJwt}` },
      body: JSON.stringify({ name: "clarion" }),
    });
    await expect(identify()).rejects.toMatchObject({ kind: "unauthorized" });
  });

  it("posts a text with its links, hashtags and mentions", async () => {
    const other = await pds.createAccount(`friend-${deliveries}`);
    const text = `ماء 👩‍👩‍👧 @${other.identifier} @nobody.test #Su4Hamı`;
    const options = { languages: ["az", "en"] };
    const { externalId, externalUrl } = await publish({ text, link: "https://example.org/ş?a=b", options });
    const [record, ...others] = await records();
    expect(others).toEqual([]);
    expect([record?.uri, externalUrl]).toEqual([
      externalId,
      `https://bsky.app/profile/${us.did}/post/${externalId.split("/").at(-1)}`,
    ]);
    expect(record?.value).toMatchObject({ text: `${text}\nhttps://example.org/ş?a=b`, langs: ["az", "en"] });
    const bytes = Buffer.from(String(record?.value.text));
    const facets = record?.value.facets as {
      index: { byteStart: number; byteEnd: number };
      features: object[];
    }[];
    expect(
      facets.map(({ index, features }) => [
        bytes.toString("utf8", index.byteStart, index.byteEnd),
        features[0],
      ]),
    ).toEqual([
      [`@${other.identifier}`, { $type: "app.bsky.richtext.facet#mention", did: other.did }],
      ["#Su4Hamı", { $type: "app.bsky.richtext.facet#tag", tag: "Su4Hamı" }],
      [
        "https://example.org/ş?a=b",
        { $type: "app.bsky.richtext.facet#link", uri: "https://example.org/ş?a=b" },
      ],
    ]);
  });

  it.each([
    ["300 characters", "é".repeat(300), undefined],
    ["301 characters", "é".repeat(301), "text_too_long"],
    ["3000 bytes and more", "👩‍👩‍👧".repeat(167), "text_too_long"],
  ])("counts %s as the server does", async (_what, text, code) => {
    const sent = publish({ text }).then(
      () => undefined,
      (error) => error.detail.code,
    );
    expect(await sent).toBe(code);
    expect(await records()).toHaveLength(code ? 0 : 1);
  });

  it("posts pictures with their words, and gives them back", async () => {
    const types = ["image/jpeg", "image/png", "image/webp"];
    const media: Media[] = [];
    for (const type of types) media.push(await file("image", type, `A well, ${type}`));
    await publish({ text: "Look", media });
    const [post] = (await bluesky.recent?.(new Date(Date.now() - 60_000), callOf(us))) ?? [];
    expect(post).toMatchObject({ text: "Look", isReply: false });
    expect(post?.media.map(({ altText }) => altText)).toEqual(media.map(({ altText }) => altText));
    for (const [index, { url }] of (post?.media ?? []).entries()) {
      const given = await fetch(url ?? "");
      expect([given.status, given.headers.get("content-type")]).toEqual([200, types[index]]);
      expect((await given.arrayBuffer()).byteLength).toBe(media[index]?.bytes);
    }
  });

  it("posts a video where there is no video service", async () => {
    await publish({ text: "Rain", media: [await file("video", "video/mp4", "It rains")] });
    const [record] = await records();
    const embed = { $type: "app.bsky.embed.video", alt: "It rains", video: { mimeType: "video/mp4" } };
    expect(record?.value.embed).toMatchObject(embed);
  });

  it("posts a thread, answer by answer", async () => {
    const first = await publish({ text: "One" });
    const parts: Published[] = [first];
    for (const text of ["Two", "Three"]) {
      const parent = { externalId: parts.at(-1)?.externalId ?? "", rootExternalId: first.externalId };
      parts.push(await publish({ text, role: "reply" }, { parent }));
    }
    const all = await records();
    const of = ({ externalId }: Published) => {
      const { uri, cid } = all.find((record) => record.uri === externalId) ?? { uri: "", cid: "" };
      return { uri, cid };
    };
    const [one, two, three] = parts.map((part) => all.find(({ uri }) => uri === part.externalId));
    expect(one?.value).not.toHaveProperty("reply");
    expect(two?.value.reply).toEqual({ root: of(first), parent: of(first) });
    expect(three?.value.reply).toEqual({ root: of(first), parent: of(parts[1] as Published) });
  });

  it("deletes, twice without complaint, and answers nothing that is gone", async () => {
    const { externalId } = await publish({ text: "Soon gone" });
    await bluesky.delete?.(externalId, callOf(us));
    await bluesky.delete?.(externalId, callOf(us));
    expect(await records()).toEqual([]);
    const parent = { externalId, rootExternalId: externalId };
    await expect(publish({ text: "Two", role: "reply" }, { parent })).rejects.toMatchObject({
      kind: "invalid",
      detail: { code: "not_found" },
    });
  });

  it("reads what was posted since, newest first", async () => {
    await publish({ text: "One" });
    const since = new Date();
    const { externalId } = await publish({ text: "Two", link: "https://example.org/a" });
    await publish({ text: "Three", role: "reply" }, { parent: { externalId, rootExternalId: externalId } });
    const posts = await bluesky.recent?.(since, callOf(us));
    expect(posts?.map(({ text, link, isReply }) => [text, link, isReply])).toEqual([
      ["Three", null, true],
      ["Two\nhttps://example.org/a", null, false],
    ]);
  });

  it("says that a server which stands alone has no numbers", async () => {
    const { externalId } = await publish({ text: "Hello" });
    await expect(bluesky.metrics?.(externalId, callOf(us))).rejects.toMatchObject({ kind: "unavailable" });
  });

  it("makes one post of one delivery, however often and with whatever words it is sent", async () => {
    const deliveryKey = "dlv_01k3q8z5v9m4t6x2c7b0n8r1wd";
    const first = await publish({ text: "Once" }, { deliveryKey });
    expect(await publish({ text: "Once" }, { deliveryKey })).toEqual(first);
    await expect(publish({ text: "Twice" }, { deliveryKey })).rejects.toMatchObject({
      detail: { code: "duplicate" },
    });
    expect((await records()).map(({ value }) => value.text)).toEqual(["Once"]);
  });

  it("finds a post whose answer was lost, and sends it no second time", async () => {
    const media = [await file("image", "image/png", "A well")];
    const asked = { deliveryKey: "dlv_lost", variant: variant({ text: "Lost", media }), sentAt: new Date() };
    line.cut = "after";
    const sent = publish(asked.variant, asked);
    await expect(sent).rejects.toMatchObject({ kind: "indeterminate" });
    line.cut = undefined;
    expect(await records()).toHaveLength(1);
    const found = await bluesky.reconcile(asked, callOf(us));
    expect(found).toMatchObject({ state: "published", externalId: (await records())[0]?.uri });
    expect(await publish(asked.variant, asked)).toEqual(found);
    expect(await records()).toHaveLength(1);
  });

  it("finds none where the request was lost, and then sends it", async () => {
    const asked = { deliveryKey: "dlv_unsent", variant: variant({ text: "Unsent" }), sentAt: new Date() };
    line.cut = "before";
    await expect(publish(asked.variant, asked)).rejects.toMatchObject({ kind: "indeterminate" });
    line.cut = undefined;
    expect(await bluesky.reconcile(asked, callOf(us))).toEqual({ state: "absent" });
    await publish(asked.variant, asked);
    expect(await records()).toHaveLength(1);
  });
});
