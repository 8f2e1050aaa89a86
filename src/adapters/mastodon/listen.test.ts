import { describe, expect, it } from "@jest/globals";
import { heardBy } from "../../../test/support/heard-by.ts";
import type { HttpAnswer } from "../contract/adapter.ts";
import { mastodon } from "./index.ts";
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

describe("a Mastodon account", () => {
  const own = { id: "7", account: { id: "42" } };
  const message = (event: unknown, payload: unknown) => JSON.stringify({ stream: ["user"], event, payload });
  const hear = (messages: readonly (string | Uint8Array)[], instance: unknown = {}, status = 200) =>
    heardBy(
      mastodon,
      {
        credentials: { accessToken: "secret" },
        account: { externalId: "42", handle: "water@social.example" },
        baseUrl: mine,
        now: () => new Date(),
        fetch: async () => answer(status, instance),
      },
      messages,
    );

  it("rings for its own statuses and their changes, and for what was deleted", async () => {
    const { rang } = await hear([
      message("update", JSON.stringify(own)),
      message("status.update", JSON.stringify(own)),
      message("delete", "7"),
      message("update", own), // as some relatives of Mastodon have it
    ]);
    expect(rang).toEqual([0, 1, 2, 3]);
  });

  it("does not for those of others, for what else is told, or for what is no message", async () => {
    const others = JSON.stringify({ id: "8", account: { id: "43" }, mentions: [{ id: "42" }] });
    const { rang } = await hear([
      ...["update", "status.update"].map((event) => message(event, others)),
      ...["notification", "conversation", "filters_changed", 7, null].map((event) =>
        message(event, JSON.stringify(own)),
      ),
      ...["null", "{", "7", "[]", "{}"].map((payload) => message("update", payload)),
      ...["", "null", "[]", "{", '"update"', "7"],
      new Uint8Array([0xff, 0]),
    ]);
    expect(rang).toEqual([]);
  });

  it("is heard with its token in a header, and nowhere else", async () => {
    const { url, headers, maxMessageBytes } = await hear([]);
    expect(url).toBe("wss://social.example/api/v1/streaming?stream=user");
    expect(headers).toEqual({ authorization: "Bearer secret" });
    expect(maxMessageBytes).toBeLessThanOrEqual(1024 * 1024);
  });

  it("is heard at the host that its server names, and at itself where it names none", async () => {
    const instance = { configuration: { urls: { streaming: "wss://streaming.social.example" } } };
    expect((await hear([], instance)).url).toMatch(/^wss:\/\/streaming\.social\.example\/api/);
    for (const odd of [null, [], { configuration: null }, { configuration: { urls: 7 } }])
      expect((await hear([], odd)).url).toMatch(/^wss:\/\/social\.example\//);
    expect((await hear([], {}, 404)).url).toMatch(/^wss:\/\/social\.example\//);
    await expect(hear([], {}, 503)).rejects.toThrow("trouble");
  });

  it("is not heard where the server says that it may not", () =>
    expect(hear(['{"error":"Access token does not have the required scopes","status":401}'])).rejects.toThrow(
      "does not let us listen",
    ));
});

function answer(status: number, body: unknown): HttpAnswer {
  return {
    status,
    ok: status < 300,
    headers: { get: () => null },
    text: async () => JSON.stringify(body),
    json: async () => body,
  };
}
