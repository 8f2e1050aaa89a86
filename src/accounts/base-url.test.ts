import { describe, expect, it } from "@jest/globals";
import { instanceOrigin } from "./base-url.ts";

describe("the server an account is at", () => {
  it.each([
    ["https://Mastodon.Example/", "https://mastodon.example"],
    ["https://mastodon.example:443/@someone?x=1#y", "https://mastodon.example"],
    ["https://mastodon.example:8443", "https://mastodon.example:8443"],
    ["https://möwe.example", "https://xn--mwe-sna.example"],
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
    ["http://0x7f.1", "http://127.0.0.1"],
    ["http://[::1]:3000", "http://[::1]:3000"],
    ["http://localhost:3000", "http://localhost:3000"],
    ["http://mastodon:3000", "http://mastodon:3000"],
    ["http://social.internal", "http://social.internal"],
  ])("%s is kept as %s", (given, kept) => {
    expect(instanceOrigin("mastodon", given)).toBe(kept);
  });

  it.each([
    "http://mastodon.example",
    "http://8.8.8.8",
    "http://internal.example",
    "https://me@mastodon.example",
    "javascript:alert(1)",
    "//mastodon.example",
    "mastodon.example",
    "",
  ])("%s is refused", (given) => {
    expect(() => instanceOrigin("mastodon", given)).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  });

  it("is needed where there are many, and unknown where there is one", () => {
    expect(instanceOrigin("x", undefined)).toBeNull();
    expect(() => instanceOrigin("mastodon", undefined)).toThrow("is needed");
    expect(() => instanceOrigin("x", "https://x.example")).toThrow("is not a field");
  });
});
