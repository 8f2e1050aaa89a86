import { request } from "node:http";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { changeFromPhone, type Filled, sendFromPhone } from "../../test/support/practice-phone.ts";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { tinyPlatform } from "../../test/support/tiny-platform.ts";
import type { PracticePlatform } from "./kit.ts";
import { PhoneRefusal, type PracticePhone } from "./phone.ts";
import { type PracticeServer, startPracticeNetwork } from "./server.ts";

const phone: PracticePhone = {
  needsFile: false,
  accepts: ["image/png"],
  identities: (network) =>
    network
      .collection<string>("tokens")
      .list()
      .map(([, handle]) => ({ externalId: handle, handle, name: handle })),
  async post({ identity, text, file, altText }, network) {
    if (text === "") {
      network.refuse("", "no text");
      throw new PhoneRefusal("Say <b>something</b>");
    }
    const media = file ? [{ url: await network.keep(file), kind: "image" as const, altText }] : [];
    const common = { link: null, replyTo: null, extra: {}, createdAt: network.now().toISOString() };
    network.publish({
      ...common,
      id: `at://${text}`,
      accountId: identity.externalId,
      handle: identity.handle,
      name: identity.name,
      text,
      media,
    });
    return `at://${text}`;
  },
  edit(post, text, network) {
    if (text === "") throw new PhoneRefusal("It needs a text");
    network.show({ ...post, text });
  },
  remove: (post, network) => void network.remove(post.id),
};

let folder: Awaited<ReturnType<typeof tempFolder>>;
let network: PracticeServer;
const start = (platform: PracticePlatform = { ...tinyPlatform, phone }) =>
  startPracticeNetwork({ host: "127.0.0.1", port: 0, dataDir: folder.path, platforms: [platform] });

beforeEach(async () => {
  folder = await tempFolder();
  network = await start();
  network.register("x", "water_now");
});
afterEach(async () => {
  await network.close();
  await folder.remove();
});

const send = (filled: Filled, headers?: Record<string, string>) =>
  sendFromPhone(`${network.url}/x/phone`, { identity: "water_now", ...filled }, headers);
const page = async (path = "") => (await fetch(`${network.url}/x${path}`)).text();
const own = (path: string) => `${network.url}/x/phone/${encodeURIComponent("at://hello")}${path}`;

describe("a post from the phone", () => {
  it("is public, leads to its own page, outlives a restart, and is not in the ledger", async () => {
    const { status, headers } = await send({ text: "hello" });
    expect([status, headers.get("location")]).toEqual([303, `/x/posts/${encodeURIComponent("at://hello")}`]);
    const before = network.posts("x");
    expect(before).toMatchObject([{ text: "hello", extra: { by: "phone" } }]);
    await network.close();
    network = await start();
    expect(network.posts("x")).toEqual(before);
    expect(await page()).toContain("From the phone");
    expect(network.ledger()).toEqual({ data: [], counts: {} });
  });

  it("has one line break where the form sends two signs for it", async () => {
    await send({ text: "one\r\n\r\ntwo" });
    expect(network.posts("x")[0]?.text).toBe("one\n\ntwo");
  });

  it("is refused in the platform's words, as text, with what was written kept", async () => {
    const answer = await send({ text: "", altText: 'a "sail"' });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "text/html; charset=utf-8"]);
    const body = await answer.text();
    expect(body).toContain("Say &lt;b&gt;something&lt;/b&gt;");
    expect(body).toContain('value="a &quot;sail&quot;"');
    expect(body).toMatch(/<details class="phone" open>/);
    expect([network.posts("x"), network.ledger().data]).toEqual([[], []]);
  });

  it("has its markup shown as text, in the form too", async () => {
    const text = "</textarea><script>alert(1)</script>";
    await send({ text });
    const { headers } = await send({ text: `${text}2` });
    for (const path of ["", headers.get("location")?.slice(2) ?? ""])
      expect(await page(path)).not.toMatch(/<script|<\/textarea>\s*<script/);
  });

  it("comes from somebody who is there, and from nobody else", async () => {
    for (const identity of ["", "nobody"]) {
      expect((await send({ identity, text: "hello" })).status).toBe(422);
      expect(network.posts("x")).toEqual([]);
    }
  });
});

describe("the forms", () => {
  it("change a post and delete it, without a word in the ledger", async () => {
    await send({ text: "hello" });
    expect(await page(`/posts/${encodeURIComponent("at://hello")}`)).toContain("Edit on the phone");
    expect((await changeFromPhone(own("/edit"), "better")).status).toBe(303);
    expect(network.posts("x")).toMatchObject([{ id: "at://hello", text: "better" }]);
    const refused = await changeFromPhone(own("/edit"), "");
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("It needs a text")]);
    expect((await changeFromPhone(own("/delete"))).headers.get("location")).toBe("/x");
    expect(network.posts("x")).toEqual([]);
    expect(network.ledger().data).toEqual([]);
    for (const path of ["/edit", "/delete"])
      expect((await changeFromPhone(own(path), "again")).status).toBe(404);
  });

  it("may be sent to the network itself only, and stand on no page of a platform that has no phone", async () => {
    const policy = async () => (await fetch(`${network.url}/x`)).headers.get("content-security-policy");
    expect(await policy()).toContain("form-action 'self'");
    await network.close();
    network = await start(tinyPlatform);
    expect(await policy()).toContain("form-action 'none'");
    expect(await page()).not.toContain("<form");
    expect((await send({ text: "hello" })).status).toBe(404);
  });

  it("choose on somebody's profile whose it is", async () => {
    network.register("x", "river_watch");
    await send({ text: "hello", identity: "river_watch" });
    expect(await page("/@river_watch")).toContain('<option value="river_watch" selected>');
    expect(await page()).not.toContain("selected>");
  });

  it("say so where nobody could post yet", async () => {
    await network.close();
    await folder.remove();
    folder = await tempFolder();
    network = await start();
    expect(await page()).toContain("Nobody is here yet");
  });

  it.each([
    ["another site's page", () => ({ "sec-fetch-site": "cross-site" })],
    ["a page on another port", () => ({ "sec-fetch-site": "same-site" })],
    ["another origin", () => ({ origin: "https://evil.example" })],
    ["a page that hides its origin", () => ({ origin: "null" })],
    ["another port's origin", () => ({ origin: "http://127.0.0.1:1" })],
    ["a name that leads here", () => ({ origin: "http://evil.example:1", host: "evil.example:1" })],
  ])("are refused from %s", async (_who, headers) => {
    expect(await statusOf({ "sec-fetch-site": "same-origin", ...headers() })).toBe(403);
    expect(network.posts("x")).toEqual([]);
  });

  it("are taken from the network's own page, under each name of this machine", async () => {
    for (const host of [`127.0.0.1:${network.port}`, `localhost:${network.port}`])
      expect(await statusOf({ "sec-fetch-site": "same-origin", origin: `http://${host}`, host })).toBe(303);
  });
});

/** Of a post with these headers, which `fetch` would not let through. */
function statusOf(headers: Readonly<Record<string, string>>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const type = "application/x-www-form-urlencoded";
    const options = { method: "POST", headers: { "content-type": type, ...headers } };
    request(`${network.url}/x/phone`, options, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on("error", reject)
      .end("identity=water_now&text=hello");
  });
}
