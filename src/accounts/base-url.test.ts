import { describe, expect, it } from "@jest/globals";
import type { Adapter, ServerRule } from "../adapters/contract/adapter.ts";
import { serverAddress } from "./base-url.ts";

const mastodon = at({ required: true, pages: "server" });
const wordpress = at({ required: true, path: true, pages: "server" });
const bluesky = at({ required: false, pages: "platform" });
const x = at(undefined);

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
    expect(serverAddress(mastodon, given)).toBe(kept);
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
    expect(() => serverAddress(mastodon, given)).toThrow(
      expect.objectContaining({ code: "invalid_request" }),
    );
  });

  it("is needed where there are many, and unknown where there is one", () => {
    expect(serverAddress(x, undefined)).toBeNull();
    expect(() => serverAddress(mastodon, undefined)).toThrow("is needed");
    expect(() => serverAddress(x, "https://x.example")).toThrow("is not a field");
    expect(serverAddress(bluesky, undefined)).toBeNull();
    expect(serverAddress(bluesky, "https://pds.example")).toBe("https://pds.example");
  });

  it("may live below a path where the platform says so", () => {
    expect(serverAddress(wordpress, "https://example.org/blog/")).toBe("https://example.org/blog");
    expect(serverAddress(wordpress, "https://example.org")).toBe("https://example.org");
  });
});

function at(server: ServerRule | undefined): Adapter<never> {
  return { platform: "x", auth: { ...(server && { server }) } } as Adapter<never>;
}
