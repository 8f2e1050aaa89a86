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
});
