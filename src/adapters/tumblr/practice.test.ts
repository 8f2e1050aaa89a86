import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import sharp from "sharp";
import { openWorld, type World } from "../../../test/contract/world.ts";
import { tumblr } from "./index.ts";
import { practice } from "./practice.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld(tumblr, practice);
});
afterAll(() => world.close());

const text = { type: "text", text: "hello" };
const picture = (identifier: string) => ({ type: "image", media: [{ type: "image/png", identifier }] });
const link = (url: string) => ({ type: "link", url });
const rows = (...display: number[][]) => [{ type: "rows", display: display.map((blocks) => ({ blocks })) }];

describe("the pretend Tumblr", () => {
  it.each<[string, object]>([
    ["no content", {}],
    ["content that is no list", { content: text }],
    ["nothing in it", { content: [] }],
    ["nothing but empty blocks", { content: [{ type: "text", text: "" }] }],
    ["a block that is none", { content: [null] }],
    ["a block of no type", { content: [{ text: "hello" }] }],
    ["sound", { content: [{ type: "audio", url: "https://a.example/" }] }],
    ["a paragraph too long", { content: [{ type: "text", text: "🐟".repeat(4097) }] }],
    ["a block too many", { content: Array.from({ length: 1001 }, () => text) }],
    [
      "a megabyte",
      { content: Array.from({ length: 250 }, () => ({ type: "text", text: "a".repeat(4096) })) },
    ],
    ["an unheard-of subtype", { content: [{ ...text, subtype: "title" }] }],
    ["a range beyond the text", { content: [{ ...text, formatting: [{ start: 0, end: 6, type: "bold" }] }] }],
    [
      "an inline link to nowhere",
      { content: [{ ...text, formatting: [{ start: 0, end: 5, type: "link" }] }] },
    ],
    ["a link that is none", { content: [link("example.org")] }],
    ["eleven links", { content: Array.from({ length: 11 }, () => link("https://a.example/")) }],
    ["a picture that was not sent", { content: [picture("file0")] }],
    ["tags as a list", { content: [text], tags: ["water"] }],
    ["a draft", { content: [text], state: "draft" }],
    ["a layout that leaves a block out", { content: [text, text], layout: rows([0]) }],
    ["texts side by side", { content: [text, text], layout: rows([0, 1]) }],
    ["two layouts", { content: [text], layout: [...rows([0]), ...rows([0])] }],
  ])("refuses %s", async (_what, body) => {
    const me = person();
    const { status, body: said } = await me.post(body);
    expect([status, said.meta, said.errors?.[0]?.code]).toEqual([
      400,
      { status: 400, msg: "Bad Request" },
      8001,
    ]);
    expect(me.actor.posts()).toEqual([]);
  });

  it("refuses what is no JSON, and a form without it", async () => {
    const me = person();
    const headers = { "content-type": "application/json" };
    expect(await me.send("POST", "/posts", "{", headers)).toMatchObject({ status: 400 });
    expect(await me.send("POST", "/posts", new FormData())).toMatchObject({ status: 400 });
  });

  it("refuses a file by its bytes, whatever it says it is", async () => {
    const me = person();
    const fake = new Blob(["hello"], { type: "image/png" });
    expect(await me.upload([picture("file0")], { file0: fake })).toMatchObject({
      status: 400,
      body: { errors: [{ code: 8005 }] },
    });
    const large = new Blob([await png(), new Uint8Array(10_000_000)], { type: "image/png" });
    expect((await me.upload([picture("file0")], { file0: large })).body.errors?.[0]?.code).toBe(8005);
    expect((await me.upload([picture("other")], { file0: await png() })).body.errors?.[0]?.code).toBe(8001);
    expect(me.actor.posts()).toEqual([]);
    expect((await me.upload([picture("file0")], { file0: await png() })).status).toBe(201);
  });

  it("keeps carousels for others", async () => {
    const layout = [{ type: "rows", display: [{ blocks: [0], mode: { type: "carousel" } }] }];
    expect((await person().post({ content: [text], layout })).status).toBe(403);
  });

  it("cuts empty blocks off at both ends, and divides the tags", async () => {
    const me = person();
    const empty = { type: "text", text: "" };
    await me.post({ content: [empty, text, empty, text, empty], tags: "water, clean air,," });
    expect(me.actor.posts()[0]).toMatchObject({
      text: "hello\n\n\n\nhello",
      extra: { tags: "water, clean air" },
    });
    const [post] = (await me.posts("npf=true")).body.response.posts ?? [];
    expect(post).toMatchObject({ content: [text, empty, text], tags: ["water", "clean air"] });
  });

  it("shows a title apart from the text", async () => {
    const me = person();
    await me.post({ content: [{ ...text, subtype: "heading1", text: "Water" }, text] });
    expect(me.actor.posts()[0]).toMatchObject({ text: "hello", extra: { title: "Water" } });
  });

  it("knows nobody without a client's name or a token, and takes tokens in the header only", async () => {
    const { token } = person();
    expect(await bare({ authorization: `Bearer ${token}` })).toBe(403);
    expect(await bare({ "user-agent": "Test" })).toBe(401);
    expect(await bare({ "user-agent": "Test", authorization: `OAuth ${token}` })).toBe(401);
    expect(await bare({ "user-agent": "Test" }, `?access_token=${token}`)).toBe(401);
    expect(await bare({ "user-agent": "Test", authorization: `Bearer ${token}` })).toBe(200);
  });

  it("lets nobody write on another's blog, and everybody read", async () => {
    const [me, other] = [person(), person()];
    const { id = "" } = (await me.post({ content: [text] })).body.response;
    const blog = me.actor.identity.externalId;
    expect((await other.send("POST", "/posts", "{}", {}, blog)).status).toBe(403);
    expect((await other.send("POST", "/post/delete", new URLSearchParams({ id }), {}, blog)).status).toBe(
      403,
    );
    expect((await other.posts("npf=true", blog)).body.response.posts).toHaveLength(1);
    expect((await other.posts("npf=true", me.actor.identity.handle)).body.response.posts).toHaveLength(1);
    expect((await me.posts("npf=true", "t:nobody")).status).toBe(404);
  });

  it.each(["npf=true&limit=21", "npf=true&limit=0", "npf=true&before=1&offset=1", "limit=20"])(
    "refuses to list by %s",
    async (query) => expect((await person().posts(query)).status).toBe(400),
  );

  it("shows and changes a post only to whose blog it is, and with its own files only", async () => {
    const [me, other] = [person(), person()];
    const { id } = (await me.upload([picture("file0"), text], { file0: await png() })).body.response;
    const edit = (who: typeof me, content: readonly object[]) =>
      who.send("PUT", `/posts/${id}`, JSON.stringify({ content }), { "content-type": "application/json" });
    const elsewhere = { type: "image", media: [{ type: "image/png", url: "https://a.example/a.png" }] };
    expect((await me.send("GET", `/posts/${id}`)).body.response).toMatchObject({ id, content: [{}, text] });
    expect((await other.send("GET", `/posts/${id}`)).status).toBe(404);
    expect((await edit(other, [text])).status).toBe(404);
    expect((await edit(me, [elsewhere])).body.errors?.[0]?.code).toBe(8001);
    expect((await edit(me, [text])).body.response).toEqual({ id });
    expect(me.actor.posts()).toMatchObject([{ text: "hello", media: [] }]);
  });

  it("forgets a deleted post", async () => {
    const me = person();
    const { id = "" } = (await me.post({ content: [text] })).body.response;
    const remove = () => me.send("POST", "/post/delete", new URLSearchParams({ id }));
    expect((await me.send("GET", `/notes?id=${id}&mode=conversation`)).status).toBe(200);
    expect([(await remove()).status, (await remove()).status]).toEqual([200, 404]);
    expect((await me.send("GET", `/notes?id=${id}&mode=conversation`)).status).toBe(404);
  });
});

interface Answer {
  readonly status: number;
  readonly body: {
    readonly meta: object;
    readonly response: { readonly id?: string; readonly posts?: readonly object[] };
    readonly errors?: readonly { readonly code: number }[];
  };
}

function person() {
  const actor = world.actor();
  const token = actor.identity.credentials.accessToken;
  const own = actor.identity.externalId;
  const send = async (
    method: string,
    path: string,
    body?: BodyInit,
    headers = {},
    blog = own,
  ): Promise<Answer> => {
    const response = await fetch(`${world.practice.url}/tumblr/v2/blog/${blog}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body }),
    });
    return { status: response.status, body: (await response.json()) as Answer["body"] };
  };
  return {
    actor,
    token,
    send,
    post: (body: object) =>
      send("POST", "/posts", JSON.stringify(body), { "content-type": "application/json" }),
    posts: (query: string, blog = own) => send("GET", `/posts?${query}`, undefined, {}, blog),
    upload(content: readonly object[], files: Readonly<Record<string, Blob>>) {
      const form = new FormData();
      form.set("json", JSON.stringify({ content }));
      for (const [name, file] of Object.entries(files)) form.set(name, file, "file.png");
      return send("POST", "/posts", form);
    },
  };
}

/** A request with these headers and no others; answers with the status. */
function bare(headers: Record<string, string>, query = ""): Promise<number> {
  return new Promise((resolve, reject) => {
    httpRequest(`${world.practice.url}/tumblr/v2/user/info${query}`, { headers }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}

async function png(): Promise<Blob> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: "#2a6b99" } });
  return new Blob([new Uint8Array(await picture.png().toBuffer())], { type: "image/png" });
}
