import { describe, expect, it } from "@jest/globals";
import { useApi } from "../support/api.ts";

const api = useApi();

describe("validate tells the same, and writes nothing", () => {
  it("one entry per account, with length and preview", async () => {
    const [x, facebook] = [await api.addAccount("x"), await api.addAccount("facebook")];
    const before = await api.sql("select count(*) from posts");
    const { status, body } = await api.call("POST", "/v1/posts/validate", {
      body: {
        text: "a".repeat(300),
        link: "https://example.org/water",
        accounts: [x, facebook],
        dueAt: "now",
      },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ok: false,
      targets: [
        {
          accountId: x,
          platform: "x",
          ok: false,
          maxLength: 280,
          issues: [{ code: "text_too_long", pointer: "/text" }],
        },
        { accountId: facebook, platform: "facebook", ok: true, issues: [] },
      ],
    });
    expect(await api.sql("select count(*) from posts")).toEqual(before);
  });

  it("a moment without a place is refused, a standstill is warned of", async () => {
    const validate = (body: object) => api.call("POST", "/v1/posts/validate", { body });
    expect(await validate({ text: "Water", accounts: [], dueAt: "now" })).toMatchObject({
      status: 422,
      body: { code: "accounts_missing" },
    });
    const held = await api.addAccount("x", { state: "held" });
    expect((await validate({ text: "Water", accounts: [held], dueAt: "now" })).body).toMatchObject({
      ok: true,
      targets: [{ warnings: [{ code: "account_held", accountId: held }] }],
    });
  });
});
