import { beforeAll, describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";
import type { Problem } from "../support/problem.ts";

const api = useApi();
const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString();

let x: string;
beforeAll(async () => {
  x = await api.addAccount("x");
});
const create = (body: unknown) => api.call<Problem>("POST", "/v1/posts", { body });
const post = (more: object = {}) => ({ text: "Water", accounts: [x], dueAt: inAnHour(), ...more });
const countPosts = async () => (await api.sql<{ count: number }>("select count(*) from posts"))[0]?.count;

describe("whom and what it names must be there", () => {
  it("an unknown account is pointed at", async () => {
    const stranger = x.replace(/.{4}$/, "0000");
    const { status, body } = await create(post({ accounts: [x, stranger] }));
    expect([status, body.code]).toEqual([422, "unknown_account"]);
    expect(body.issues).toMatchObject([{ pointer: "/accounts/1", code: "unknown_account" }]);
  });

  it("another workspace's account and file do not exist here", async () => {
    const other = await api.addWorkspace();
    const account = await api.addAccount("x", { workspaceId: other.id });
    const file = await api.addMedia({ workspaceId: other.id });
    expect(await create(post({ accounts: [account] }))).toMatchObject({
      status: 422,
      body: { code: "unknown_account" },
    });
    expect(await create(post({ media: [{ id: file }] }))).toMatchObject({
      status: 422,
      body: { code: "unknown_media", issues: [{ pointer: "/media/0" }] },
    });
  });

  it("a disconnected account is not written to", async () => {
    const gone = await api.addAccount("x", { state: "disconnected" });
    expect(await create(post({ accounts: [gone] }))).toMatchObject({
      status: 422,
      body: { code: "account_disconnected", issues: [{ pointer: "/accounts/0" }] },
    });
  });

  it("a time without accounts is no plan", async () => {
    expect(await create(post({ accounts: [] }))).toMatchObject({
      status: 422,
      body: { code: "accounts_missing" },
    });
  });

  it("a variant for an account that is not among the accounts", async () => {
    const other = await api.addAccount("x");
    expect(await create(post({ variants: { [other]: { text: "…" } } }))).toMatchObject({
      status: 422,
      body: { code: "unknown_account", issues: [{ pointer: `/variants/${other}` }] },
    });
  });
});

describe("what a platform cannot take is refused before anything is stored", () => {
  it("a text too long for one of five targets names the target, the length, the limit and the excess", async () => {
    const others = await Promise.all(
      (["facebook", "mastodon", "mastodon", "facebook"] as const).map((p) => api.addAccount(p)),
    );
    const before = await countPosts();
    const { status, body } = await create(post({ accounts: [...others, x], text: "a".repeat(300) }));
    expect([status, body.code]).toEqual([422, "validation_failed"]);
    expect(body.issues).toEqual([
      {
        pointer: "/text",
        code: "text_too_long",
        message: expect.stringMatching(/X.*300.*280.*20/),
        accountId: x,
        platform: "x",
      },
    ]);
    expect(await countPosts()).toBe(before);
  });

  it("points into the variant where the author wrote it", async () => {
    const variants = { x: { text: "a".repeat(281), options: { replySettings: "nobody" } } };
    const { body } = await create(post({ variants }));
    expect(body.issues?.map((issue) => issue.pointer)).toEqual([
      "/variants/x/text",
      "/variants/x/options/replySettings",
    ]);
  });

  it("a picture without alt text, unless that is meant", async () => {
    const file = await api.addMedia({ altText: "" });
    const refused = await create(post({ media: [{ id: file }] }));
    expect(refused.body.issues).toMatchObject([
      { pointer: "/media/0", code: "alt_text_required", accountId: x },
    ]);
    const meant = await api.call("POST", "/v1/posts", {
      body: post({ media: [{ id: file }], allowMissingAltText: true }),
    });
    expect(meant).toMatchObject({ status: 201, body: { warnings: [{ code: "alt_text_missing" }] } });
  });

  it("a part of a thread that is too long is pointed at", async () => {
    const { body } = await create(post({ thread: [{ text: "fine" }, { text: "a".repeat(281) }] }));
    expect(body.issues).toMatchObject([{ pointer: "/thread/1/text", code: "text_too_long" }]);
  });

  it("with onIssue skip still, where nobody could take it", async () => {
    expect(await create(post({ text: "a".repeat(281), onIssue: "skip" }))).toMatchObject({ status: 422 });
  });
});
