import { describe, expect, it } from "@jest/globals";
import type { OAuthFlow } from "../contract/oauth.ts";
import { instagram } from "./index.ts";

describe("Instagram's answers come in two forms", () => {
  const permissions = "instagram_business_basic,instagram_business_content_publish";
  const flat = { access_token: "IG1", user_id: "17841405822304914", permissions };
  it.each([
    ["plain", flat],
    ["in a list", { data: [flat] }],
    ["with a list of permissions", { ...flat, permissions: permissions.split(",") }],
  ])("%s", (_form, answer) => {
    expect((instagram.auth.oauth as OAuthFlow).normalise?.(answer)).toMatchObject({
      access_token: "IG1",
      scope: expect.stringMatching(/^instagram_business_basic[ ,]instagram_business_content_publish$/),
    });
  });

  const whose = (me: unknown) =>
    instagram.auth.identify({
      credentials: { accessToken: "IG1" },
      baseUrl: { api: "https://graph.example", web: "https://example.org" },
      signal: AbortSignal.timeout(1000),
      fetch: () => Promise.resolve(new Response(JSON.stringify(me))),
    } as unknown as Parameters<typeof instagram.auth.identify>[0]);

  it("and so does whose account it is; an id that was rounded is nobody's", async () => {
    const me = { user_id: "17841405822304914", username: "water_now" };
    expect(await whose(me)).toMatchObject({ externalId: "17841405822304914" });
    expect(await whose({ data: [me] })).toMatchObject({ externalId: "17841405822304914" });
    const { user_id: id } = JSON.parse('{"user_id":17841405822304915}');
    await expect(whose({ ...me, user_id: id })).rejects.toMatchObject({ kind: "unavailable" });
  });
});
