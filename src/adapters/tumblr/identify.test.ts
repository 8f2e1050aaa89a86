import { describe, expect, it } from "@jest/globals";
import { identify } from "./identify.ts";
import { tumblr } from "./index.ts";

const blogs = [
  { uuid: "t:second", name: "water-news", title: "", url: "https://water-news.tumblr.com/" },
  {
    uuid: "t:first",
    name: "water",
    title: "Water for all",
    url: "https://www.water.example/",
    primary: true,
  },
];

describe("which blog a login stands for", () => {
  it.each<[string | undefined, string]>([
    [undefined, "t:first"],
    ["", "t:first"],
    ["water", "t:first"],
    ["Water-News", "t:second"],
    ["@water-news", "t:second"],
    ["water-news.tumblr.com", "t:second"],
    ["https://water-news.tumblr.com/", "t:second"],
    ["https://www.tumblr.com/water-news", "t:second"],
    ["https://www.tumblr.com/@water-news/780043827714179072", "t:second"],
    ["www.water.example", "t:first"],
    ["t:second", "t:second"],
  ])("named %j: %s", async (blog, externalId) => expect(await who(blog)).toMatchObject({ externalId }));

  it("goes by its title, and by its name where it has none", async () => {
    expect(await who("water")).toEqual({ externalId: "t:first", handle: "water", name: "Water for all" });
    expect(await who("water-news")).toMatchObject({ name: "water-news" });
  });

  it("must be one of its own", async () =>
    expect(who("other")).rejects.toMatchObject({
      kind: "forbidden",
      message: expect.stringContaining("other"),
      detail: { code: "other_blog" },
    }));

  it("may be none", async () =>
    expect(who(undefined, [])).rejects.toMatchObject({ detail: { code: "no_blog" } }));

  it.each([null, "none", [{ name: "water" }]])("cannot be told from %j", async (given) =>
    expect(who(undefined, given)).rejects.toMatchObject({ kind: "unavailable" }),
  );
});

function who(blog: string | undefined, given: unknown = blogs) {
  return identify({
    credentials: { accessToken: "token", ...(blog !== undefined && { blog }) },
    account: { externalId: "", handle: "" },
    baseUrl: tumblr.hosts,
    fetch: async () => Response.json({ meta: {}, response: { user: { name: "water", blogs: given } } }),
    now: () => new Date(),
    signal: AbortSignal.timeout(1000),
    firstMessage: () => Promise.reject(new Error("none")),
    media: { open: () => Promise.reject(new Error("none")), publicUrl: () => "" },
  });
}
