import { beforeEach, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();

let on: Readonly<Record<"mastodon" | "x" | "reddit" | "facebook", string>>;
beforeEach(async () => {
  await api.sql("delete from links");
  on = {
    mastodon: await api.addAccount("mastodon"),
    x: await api.addAccount("x"),
    reddit: await api.addAccount("reddit", { handle: "water" }),
    facebook: await api.addAccount("facebook"),
  };
});

interface Answer {
  readonly id: string;
  readonly code?: string;
  readonly issues?: readonly { readonly pointer: string; readonly code: string; readonly message: string }[];
  readonly warnings?: readonly { readonly accountId: string; readonly message: string }[];
}
type Name = keyof typeof on;
const link = (targets: readonly Name[], transform: object, more: object = {}) =>
  api.call<Answer>("POST", "/v1/links", {
    body: { source: on.mastodon, targets: targets.map((name) => on[name]), transform, ...more },
  });
const forReddit = (options: object) => ({ byTarget: { reddit: { options } } });

describe("an option of a link", () => {
  it("that its platform has not is refused, with where it stands and which there are", async () => {
    const misspelt = forReddit({ subredit: "water", title: "{title}" });
    const { status, body } = await link(["reddit"], misspelt);
    expect([status, body.code]).toEqual([400, "invalid_request"]);
    expect(body.issues).toEqual([
      {
        pointer: "/transform/byTarget/reddit/options/subredit",
        code: "option_unknown",
        message: "is not an option there: Reddit has subreddit, title, flair, nsfw",
      },
    ]);
    const made = await link(["reddit"], forReddit({ subreddit: "water" }));
    const patch = { transform: misspelt };
    const path = `/v1/links/${made.body.id}`;
    expect((await api.call("PATCH", path, { body: patch })).status).toBe(400);
    expect((await api.call("GET", path)).body).toEqual(made.body);
  });

  it("counts for the account it is given for, whatever others have", async () => {
    const options = { subreddit: "water" };
    const given = (name: Name) => ({ byTarget: { [on[name]]: { options } } });
    expect((await link(["reddit", "facebook"], given("reddit"))).status).toBe(201);
    const { body } = await link(["reddit", "facebook"], given("facebook"));
    expect(body.issues).toMatchObject([
      {
        pointer: `/transform/byTarget/${on.facebook}/options/subreddit`,
        code: "option_unknown",
        message: "is not an option there: Facebook has none",
      },
    ]);
  });

  it("for all targets needs one that has it", async () => {
    const options = { subreddit: "water" };
    expect((await link(["x", "reddit"], { options })).status).toBe(201);
    const refused = await link(["x", "facebook"], { options });
    expect(refused.body.issues).toMatchObject([
      { pointer: "/transform/options/subreddit", code: "option_unknown" },
    ]);
    expect((await api.call("GET", "/v1/links")).body.data).toHaveLength(1);
  });

  it("for all targets keeps no post with `linkedFrom` from those that have no such option", async () => {
    await link(["x", "reddit"], { options: { subreddit: "water", title: "{text}" } });
    const post = { text: "Clean water", linkedFrom: on.mastodon, dueAt: "2027-01-01T10:00:00Z" };
    const { status, body } = await api.call<Answer & { variants: Record<string, { options: object }> }>(
      "POST",
      "/v1/posts",
      { body: post },
    );
    expect([status, body.issues]).toEqual([201, undefined]);
    expect(body.variants[on.x]?.options).toEqual({});
    expect(body.variants[on.reddit]?.options).toEqual({ subreddit: "water", title: "Clean water" });
    const own = { ...post, variants: { x: { options: { subreddit: "water" } } } };
    expect((await api.call("POST", "/v1/posts", { body: own })).status).toBe(422);
  });
});

it("a post with `linkedFrom` goes to its account alone where no link begins there, and says so", async () => {
  const post = { text: "Water", linkedFrom: on.mastodon };
  const { body } = await api.call<Answer & { targets: readonly { accountId: string }[] }>(
    "POST",
    "/v1/posts/validate",
    { body: post },
  );
  expect(body.targets.map(({ accountId }) => accountId)).toEqual([on.mastodon]);
  expect(body.warnings).toMatchObject([{ code: "link_none", accountId: on.mastodon }]);
});

describe("a link that cannot bring anything to an account for want of an option", () => {
  it("says so wherever it is shown, until that is given where it says", async () => {
    const { status, body: made } = await link(["x", "reddit"], {});
    expect(status).toBe(201);
    const warning = {
      accountId: on.reddit,
      code: "option_missing",
      message: expect.stringMatching(/^Reddit needs the option subreddit, .* left out there\. Give it as /),
    };
    expect(made.warnings).toEqual([warning]);
    const path = `/v1/links/${made.id}`;
    const shown = [(await api.call("GET", path)).body];
    shown.push(...((await api.call("GET", "/v1/links")).body.data as object[] as typeof shown));
    shown.push((await api.call("PATCH", path, { body: { delayMinutes: 1 } })).body);
    expect(shown.map(({ warnings }) => warnings)).toEqual([[warning], [warning], [warning]]);
    const mended = await api.call("PATCH", path, { body: { transform: asTold(made, {}) } });
    expect(mended.body.warnings).toEqual([]);
  });

  it("says where, also where options of the account itself hide those of its platform", async () => {
    const byTarget = {
      [on.reddit]: { options: { nsfw: false } },
      reddit: { options: { subreddit: "water" } },
    };
    const { body } = await link(["reddit"], { byTarget });
    expect(body.warnings).toHaveLength(1);
    expect((await link(["reddit"], asTold(body, byTarget))).body.warnings).toEqual([]);
  });

  it("says so of its source where it is used both ways", async () => {
    const ends = { source: on.reddit, targets: [on.x] };
    const oneWay = await api.call("POST", "/v1/links", { body: ends });
    expect(oneWay.body.warnings).toEqual([]);
    const { body } = await api.call("POST", "/v1/links", { body: { ...ends, bothWays: true } });
    expect(body.warnings).toMatchObject([{ accountId: on.reddit }]);
  });

  it("says so of a value that its platform does not take, also where it is given for all", async () => {
    const misfit = await link(["reddit"], forReddit({ subreddit: "water", nsfw: "yes" }));
    expect(misfit.body.warnings).toMatchObject([{ accountId: on.reddit, code: "option_invalid" }]);
    const shared = await link(["x", "reddit"], { options: { subreddit: "water", nsfw: "yes" } });
    expect(shared.body.warnings).toMatchObject([{ accountId: on.reddit, code: "option_invalid" }]);
    const filled = forReddit({ subreddit: "water", title: "{text}" });
    expect((await link(["reddit"], filled)).body.warnings).toEqual([]);
  });

  it("is silent where nothing is brought from outside, or the option is given for all", async () => {
    expect((await link(["reddit"], {}, { mirror: false })).body.warnings).toEqual([]);
    expect((await link(["reddit"], { options: { subreddit: "water" } })).body.warnings).toEqual([]);
    expect((await link(["x"], {})).body.warnings).toEqual([]);
  });
});

/** A transform with what the warning asks for, where it asks for it. */
function asTold({ warnings = [] }: Answer, byTarget: Readonly<Record<string, { options: object }>>): object {
  const [, key = "", name = ""] =
    /transform\.byTarget\.(\w+)\.options\.(\w+)$/.exec(warnings[0]?.message ?? "") ?? [];
  return { byTarget: { ...byTarget, [key]: { options: { ...byTarget[key]?.options, [name]: "water" } } } };
}
