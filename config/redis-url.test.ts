import { describe, expect, it } from "@jest/globals";
import { parseRedisUrl } from "./redis-url.ts";

const plain = { master: null, username: null, password: null, database: 0, tls: false };

describe("a Redis URL", () => {
  it.each([
    ["redis://redis", { kind: "single", nodes: [{ host: "redis", port: 6379 }] }],
    [
      "rediss://user:p%40ss:w@redis.example.org:6380/3",
      {
        kind: "single",
        nodes: [{ host: "redis.example.org", port: 6380 }],
        username: "user",
        password: "p@ss:w",
        database: 3,
        tls: true,
      },
    ],
    [
      "redis://:100%@[::1]:6379/0",
      { kind: "single", nodes: [{ host: "::1", port: 6379 }], password: "100%" },
    ],
    [
      "redis+cluster://:pw@a:7000,b:7001,c",
      {
        kind: "cluster",
        nodes: [
          { host: "a", port: 7000 },
          { host: "b", port: 7001 },
          { host: "c", port: 6379 },
        ],
        password: "pw",
      },
    ],
    [
      "rediss+sentinel://a,b:26380/mymaster/2",
      {
        kind: "sentinel",
        nodes: [
          { host: "a", port: 26_379 },
          { host: "b", port: 26_380 },
        ],
        master: "mymaster",
        database: 2,
        tls: true,
      },
    ],
    [
      "redis+sentinel://a/mymaster",
      { kind: "sentinel", nodes: [{ host: "a", port: 26_379 }], master: "mymaster" },
    ],
  ])("%s", (url, expected) => {
    expect(parseRedisUrl(url)).toEqual({ ...plain, ...expected });
  });

  it.each([
    "redis",
    "http://redis",
    "redis://",
    "redis://a,b",
    "redis://a:99999",
    "redis://a/zero",
    "redis+cluster://a:1,,b:2",
    "redis+cluster://a:1/1",
    "redis+sentinel://a:1",
    "redis+sentinel://a:1/",
    "redis+other://a:1",
    "redis://a?x=1",
  ])("is refused: %s", (url) => {
    expect(parseRedisUrl(url)).toBeUndefined();
  });
});
