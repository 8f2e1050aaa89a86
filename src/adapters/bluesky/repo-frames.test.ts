import { describe, expect, it } from "@jest/globals";
import { encode, Tagged } from "cborg";
import { reposIn } from "./repo-frames.ts";

const collection = "app.bsky.feed.post";
const did = "did:plc:water";
const create = { action: "create", path: `${collection}/3l3qo2vutsw2b` };
const bytes = (...parts: unknown[]) => Buffer.concat(parts.map((part) => encode(part)));
const link = new Tagged(42, new Uint8Array([0, 1, 0x71, 0x12, 0x20]));
const commit = (body: object, header: object = { op: 1, t: "#commit" }) =>
  reposIn(bytes(header, { repo: did, commit: link, ops: [create], ...body }), collection);

describe("a frame of a server's stream", () => {
  it.each<[string, object, object | undefined]>([
    ["a post that was made", {}, undefined],
    [
      "one that was deleted, among other things",
      { ops: [{ path: "app.bsky.feed.like/1" }, create] },
      undefined,
    ],
    ["a commit too large to be told", { tooBig: true, ops: [] }, undefined],
    ["a repository that has to be read anew", { did, repo: "" }, { op: 1, t: "#sync" }],
  ])("says whose it is: %s", (_what, body, header) => expect(commit(body, header)).toEqual([did]));

  it.each<[string, object, object | undefined]>([
    ["a like", { ops: [{ path: "app.bsky.feed.like/1" }] }, undefined],
    ["a collection that begins alike", { ops: [{ path: `${collection}gate/1` }] }, undefined],
    ["another kind of message", {}, { op: 1, t: "#identity" }],
    ["an error", {}, { op: -1, t: "#commit" }],
    ["a commit of nobody", { repo: 7 }, undefined],
    ["ops that are none", { ops: "ops" }, undefined],
    ["paths that are none", { ops: [null, { path: 7 }] }, undefined],
  ])("says nothing: %s", (_what, body, header) => expect(commit(body, header)).toEqual([]));

  it("may be anything", () => {
    const whole = bytes({ op: 1, t: "#commit" }, { repo: did, ops: [create] });
    for (let length = 0; length < whole.length; length++)
      expect(reposIn(whole.subarray(0, length), collection)).toEqual([]);
    const deep = Buffer.concat([encode({ op: 1, t: "#commit" }), Buffer.alloc(4 * 1024 * 1024, 0x81)]);
    const vast = Buffer.from([0x9b, 0x7f, ...Array(7).fill(0xff)]); // an array of that many
    for (const odd of [deep, vast, Buffer.from([0xff]), bytes(null, null), bytes("a", "b"), bytes([], [])])
      expect(reposIn(odd, collection)).toEqual([]);
  });
});
