import { describe, expect, it } from "@jest/globals";
import { streamingServer } from "./listen.ts";

const hosts = (api: string, signIn?: string) => ({ api, web: api, ...(signIn !== undefined && { signIn }) });
const mine = hosts("https://social.example");

describe("the server that hears a Mastodon token", () => {
  it.each([
    ["the account's own, where it names none", undefined, mine, "wss://social.example"],
    ["the account's own, where it names nonsense", "streaming", mine, "wss://social.example"],
    ["the account's own, where that is named", "wss://social.example", mine, "wss://social.example"],
    ["the account's own, encrypted as it is", "ws://social.example", mine, "wss://social.example"],
    ["another that it names", "wss://streaming.social.example/", mine, "wss://streaming.social.example"],
    ["with its path", "wss://s.example:444/a/", mine, "wss://s.example:444/a"],
    ["without what else an address may hold", "wss://a:b@s.example/?q#h", mine, "wss://s.example"],
    [
      "the practice network as we reach it, though people know it by another name",
      "ws://practice.example/mastodon",
      hosts("http://api:3001/mastodon", "http://practice.example/mastodon"),
      "ws://api:3001/mastodon",
    ],
  ])("is %s", (_what, named, at, expected) => expect(streamingServer(named, at)).toBe(expected));

  it.each([
    "ws://streaming.social.example",
    "http://s.example",
    "https://s.example",
    "ws://social.example:81",
  ])("is not %s: nobody between is to read it", (named) =>
    expect(() => streamingServer(named, mine)).toThrow("does not let us listen"),
  );

  it("is never one without encryption but the account's own", () =>
    expect(() => streamingServer("ws://127.0.0.1:81", hosts("http://127.0.0.1:80"))).toThrow());
});
