import { describe, expect, it } from "@jest/globals";
import { adapters } from "../adapters/registry.ts";
import { instanceAddress } from "./instance-address.ts";

const { mastodon, wordpress, x } = adapters;

describe("the server to log in at", () => {
  it.each([
    ["mastodon.example", "https://mastodon.example"],
    [" Mastodon.Example ", "https://mastodon.example"],
    ["mastodon.example/", "https://mastodon.example"],
    ["mastodon.example:8443", "https://mastodon.example:8443"],
    ["https://mastodon.example", "https://mastodon.example"],
    ["möwe.example", "https://xn--mwe-sna.example"],
    ["http://social.internal:3000", "http://social.internal:3000"], // whether we go there is the guard's to say
    ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ])("%s is %s", (given, address) => {
    expect(instanceAddress(mastodon, given)).toBe(address);
  });

  it.each([
    "",
    "https://",
    "not a server",
    "http://mastodon.example",
    "ftp://mastodon.example",
    "javascript:alert(1)",
    "me@mastodon.example",
    "https://me:secret@mastodon.example",
    "https://mastodon.example/@me",
    "mastodon.example/@me",
    "https://mastodon.example/?next=https://evil.example",
    "https://mastodon.example#@evil.example",
    "https://8.8.8.8",
    "8.8.8.8",
    "https://0x08080808",
    "https://[2606:4700::1111]",
    "http://8.8.8.8",
  ])("%s is refused, with a pointer", (given) => {
    expect(() => instanceAddress(mastodon, given)).toThrow(
      expect.objectContaining({
        code: "invalid_request",
        issues: [expect.objectContaining({ pointer: "/instance", code: "invalid_value" })],
      }),
    );
  });

  it("is needed where there are many, and no field where there is one", () => {
    expect(() => instanceAddress(mastodon, undefined)).toThrow("is needed");
    expect(() => instanceAddress(x, "x.example")).toThrow("is not a field");
    expect(instanceAddress(x, undefined)).toBeNull();
  });

  it("may have a path where servers live below one", () => {
    expect(instanceAddress(wordpress, "https://example.org/blog/")).toBe("https://example.org/blog");
  });
});
