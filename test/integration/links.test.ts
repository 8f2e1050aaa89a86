import { beforeEach, describe, expect, it } from "@jest/globals";
import type { Platform } from "../../src/domain/platform.ts";
import { useApi } from "../support/api.ts";

const api = useApi();

let on: Readonly<Record<"mastodon" | "x" | "bluesky" | "tumblr" | "pinterest", string>>;
beforeEach(async () => {
  await api.sql("delete from links");
  await api.sql("delete from people");
  const add = (platform: Platform) => api.addAccount(platform, { handle: `water-${platform}` });
  const [mastodon, x, bluesky] = [await add("mastodon"), await add("x"), await add("bluesky")];
  on = { mastodon, x, bluesky, tumblr: await add("tumblr"), pinterest: await add("pinterest") };
});

type Name = keyof typeof on;
const idsOf = (names: readonly Name[]) => names.map((name) => on[name]);
const link = (source: Name, targets: readonly Name[], more: object = {}) =>
  api.call("POST", "/v1/links", { body: { source: on[source], targets: idsOf(targets), ...more } });

interface Shown {
  readonly ok: boolean;
  readonly warnings: readonly object[];
  readonly targets: readonly { readonly accountId: string; readonly preview: { readonly text: string } }[];
}

/** What each account would show of a post that is linked from Mastodon. */
async function validate(post: object): Promise<Shown> {
  const { status, body } = await api.call<Shown & Record<string, unknown>>("POST", "/v1/posts/validate", {
    body: { linkedFrom: on.mastodon, ...post },
  });
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}
async function textsOf(post: object): Promise<Partial<Record<Name, string>>> {
  const { targets } = await validate(post);
  const nameOf = (id: string) => Object.entries(on).find(([, own]) => own === id)?.[0] ?? id;
  return Object.fromEntries(targets.map(({ accountId, preview }) => [nameOf(accountId), preview.text]));
}

describe("a link", () => {
  it("can be made, read, changed, paused and deleted", async () => {
    const made = await link("mastodon", ["x", "bluesky"], { transform: { hashtags: "first" } });
    const targets = idsOf(["x", "bluesky"]);
    expect(made).toMatchObject({
      status: 201,
      body: { targets, state: "active", bothWays: false, filter: {} },
    });
    const path = `/v1/links/${String(made.body.id)}`;
    expect((await api.call("GET", path)).body).toEqual(made.body);
    expect((await api.call("GET", "/v1/links")).body.data).toEqual([made.body]);
    const change = { targets: idsOf(["tumblr", "bluesky"]), state: "paused" };
    const changed = await api.call("PATCH", path, { body: change });
    expect(changed.body).toMatchObject({ ...change, source: on.mastodon, transform: { hashtags: "first" } });
    expect((await api.call("DELETE", path)).status).toBe(204);
    expect((await api.call("GET", path)).status).toBe(404);
  });

  it.each([
    ["to itself", () => ({ targets: [on.mastodon] }), "/targets/0", "link_to_itself"],
    ["to nobody", () => ({ targets: [] }), "/targets", "too_small"],
    ["to one account twice", () => ({ targets: [on.x, on.x] }), "/targets", "invalid_value"],
    [
      "to an account that is not",
      () => ({ targets: ["acc_00000000000000000000000000"] }),
      "/targets/0",
      "unknown_account",
    ],
    [
      "with a misspelt placeholder",
      () => ({ transform: { text: "{txt}" } }),
      "/transform/text",
      "unknown_placeholder",
    ],
    [
      "changed for a stranger",
      () => ({ transform: { byTarget: { [on.tumblr]: {} } } }),
      "/transform/byTarget/",
      "invalid_value",
    ],
    [
      "with a hashtag that is none",
      () => ({ filter: { include: "a b" } }),
      "/filter/include",
      "invalid_value",
    ],
  ])("%s is refused, and says where", async (_, more, pointer, code) => {
    const body = { source: on.mastodon, targets: [on.x], ...more() };
    const answer = await api.call<{ issues: { pointer: string; code: string }[] }>("POST", "/v1/links", {
      body,
    });
    expect([400, 404, 422]).toContain(answer.status);
    expect(answer.body.issues[0]).toMatchObject({ pointer: expect.stringMatching(`^${pointer}`), code });
    expect((await api.call("GET", "/v1/links")).body.data).toEqual([]);
  });

  it("to a disconnected account is refused; one whose target goes later shares with the others", async () => {
    await link("mastodon", ["x", "bluesky"]);
    await api.sql("update accounts set state = 'disconnected' where id = $1", [on.x]);
    expect((await link("mastodon", ["x"])).body).toMatchObject({ code: "account_disconnected" });
    expect(Object.keys(await textsOf({ text: "Water" }))).toEqual(["mastodon", "bluesky"]);
  });
});

describe("a post with `linkedFrom`", () => {
  it("is one post: its account and all that its links reach, each once, also in circles", async () => {
    await link("mastodon", ["x", "bluesky"]);
    await link("bluesky", ["tumblr", "mastodon"]);
    await link("tumblr", ["mastodon", "x"], { bothWays: true });
    const body = { text: "Clean water", linkedFrom: on.mastodon, dueAt: "2027-01-01T10:00:00Z" };
    const { status, body: post } = await api.call<{ id: string; deliveries: { accountId: string }[] }>(
      "POST",
      "/v1/posts",
      { body },
    );
    expect(status).toBe(201);
    expect(post.deliveries.map(({ accountId }) => accountId)).toEqual(
      idsOf(["mastodon", "x", "bluesky", "tumblr"]),
    );
    expect(
      await api.sql("select distinct due_at from deliveries where post_id = $1", [post.id]),
    ).toHaveLength(1);
  });

  it("goes to its account alone where there is no link, or only a paused one", async () => {
    const made = await link("mastodon", ["x"]);
    await api.call("PATCH", `/v1/links/${String(made.body.id)}`, { body: { state: "paused" } });
    expect(Object.keys(await textsOf({ text: "Water" }))).toEqual(["mastodon"]);
  });

  it("is in each target's own words, and in its author's where those were written", async () => {
    await link("mastodon", ["x", "bluesky", "tumblr"], {
      transform: {
        hashtags: "first",
        append: "#WaterForAll",
        byTarget: { x: { text: "{text} – {source}" }, [on.tumblr]: { hashtags: "keep" } },
      },
    });
    const text = "Clean water #now #here";
    expect(await textsOf({ text, variants: { bluesky: { text: "For the sky" } } })).toEqual({
      mastodon: text,
      x: "Clean water #now – water-mastodon\n\n#WaterForAll",
      bluesky: "For the sky",
      tumblr: `${text}\n\n#WaterForAll`,
    });
  });

  it("mentions whom it means on each platform, and pings no stranger", async () => {
    const person = { name: "Ana", handles: { mastodon: "ana@example.social", x: "ana_r" } };
    const { body } = await api.call("POST", "/v1/people", { body: person });
    await link("mastodon", ["x", "bluesky"]);
    const text = "Thanks @ana@example.social and @bo!";
    expect(await textsOf({ text })).toEqual({
      mastodon: text,
      x: "Thanks @ana_r and bo!",
      bluesky: "Thanks Ana and bo!",
    });
    const path = `/v1/people/${String(body.id)}`;
    await api.call("PUT", path, { body: { name: "Ana R", handles: {} } });
    expect((await api.call("GET", "/v1/people")).body.data).toEqual([
      { id: body.id, name: "Ana R", handles: {} },
    ]);
    expect((await textsOf({ text })).x).toBe("Thanks ana and bo!");
    expect((await api.call("DELETE", path)).status).toBe(204);
  });

  it("mentions them in the parts of its thread and in its first comment too", async () => {
    const person = { name: "Ana", handles: { mastodon: "ana@example.social", x: "ana_r" } };
    await api.call("POST", "/v1/people", { body: person });
    await link("mastodon", ["x"]);
    const words = "Thanks @ana@example.social and @bo!";
    const body = { text: "Water", linkedFrom: on.mastodon, thread: [{ text: words }], firstComment: words };
    const { body: post } = await api.call<{ variants: object }>("POST", "/v1/posts", { body });
    const carried = "Thanks @ana_r and bo!";
    expect(post.variants).toMatchObject({ [on.x]: { thread: [{ text: carried }], firstComment: carried } });
    expect(post).toMatchObject({ thread: [{ text: words }], firstComment: words });
  });

  it("gets what is put below it once, however many links of a chain say so", async () => {
    await link("mastodon", ["x"], { transform: { append: "#WaterForAll" } });
    await link("x", ["bluesky"], { transform: { append: "#WaterForAll" } });
    expect((await textsOf({ text: "Water" })).bluesky).toBe("Water\n\n#WaterForAll");
  });

  it("may change for its source where its link is used both ways, else not", async () => {
    const more = () => ({ transform: { byTarget: { [on.mastodon]: { append: "#back" } } } });
    expect((await link("mastodon", ["x"], more())).status).toBe(400);
    const made = await link("mastodon", ["x"], { ...more(), bothWays: true });
    expect(made.status).toBe(201);
    const path = `/v1/links/${String(made.body.id)}`;
    expect((await api.call("PATCH", path, { body: { bothWays: false } })).status).toBe(400);
  });

  it("changes with every link of a chain", async () => {
    await link("mastodon", ["x"], { transform: { append: "#one" } });
    await link("x", ["bluesky"], { transform: { append: "#two" } });
    expect((await textsOf({ text: "Water" })).bluesky).toBe("Water\n\n#one\n\n#two");
  });

  it("is shared by opt-in, opt-out and kind, and says where it does not go and why", async () => {
    await link("mastodon", ["x"], { filter: { include: "#share" } });
    await link("mastodon", ["bluesky"], { filter: { exclude: "local" } });
    await link("mastodon", ["tumblr"], { filter: { kinds: ["image"] } });
    const { targets, warnings } = await validate({ text: "Water #Local" });
    expect(targets.map(({ accountId }) => accountId)).toEqual([on.mastodon]);
    expect(warnings).toMatchObject([
      { code: "link_not_opted_in", accountId: on.x, platform: "x" },
      { code: "link_opted_out", accountId: on.bluesky },
      { code: "link_kind", accountId: on.tumblr },
    ]);
    const picture = await api.addMedia({ altText: "A well" });
    expect(Object.keys(await textsOf({ text: "Water #Share", media: [{ id: picture }] }))).toEqual([
      "mastodon",
      "x",
      "bluesky",
      "tumblr",
    ]);
  });

  it("gets the options that a platform needs from its link", async () => {
    const picture = await api.addMedia({ altText: "A well" });
    await link("mastodon", ["pinterest"], {
      transform: { byTarget: { pinterest: { options: { board: "Water", title: "{title}" } } } },
    });
    const { status, body } = await api.call<{ variants: object }>("POST", "/v1/posts", {
      body: { text: "Clean water. Join us.", linkedFrom: on.mastodon, media: [{ id: picture }] },
    });
    expect(status).toBe(201);
    expect(body.variants).toMatchObject({
      [on.pinterest]: { options: { board: "Water", title: "Clean water." } },
    });
  });

  it("goes to further accounts as well, and from a bulk too", async () => {
    await link("mastodon", ["x"]);
    const item = { text: "Water", linkedFrom: on.mastodon, accounts: [on.tumblr] };
    const strange = { ...item, linkedFrom: "acc_00000000000000000000000000" };
    const { body } = await api.call<{ data: { id: string; status: number }[] }>("POST", "/v1/posts/bulk", {
      body: [item, strange],
    });
    expect(body).toMatchObject({
      created: 1,
      refused: 1,
      data: [{ status: 201 }, { problem: { code: "unknown_account" } }],
    });
    const made = await api.call("GET", `/v1/posts/${body.data[0]?.id}`);
    expect(made.body.accounts).toEqual(idsOf(["tumblr", "mastodon", "x"]));
  });
});
