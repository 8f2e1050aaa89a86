import { describe, expect, it } from "@jest/globals";
import type { Platform } from "../domain/platform.ts";
import { openRoom } from "./room.ts";

/** Room for two batches of three, and tasks that end when they are told to. */
function opened() {
  const ends: ((problem?: Error) => void)[] = [];
  const told = { free: 0, errors: [] as string[] };
  const room = openRoom(["x", "mastodon"], 3, {
    free: () => told.free++,
    error: ({ message }) => told.errors.push(message),
  });
  const start = (platform: Platform, count: number) =>
    room.start(Array(count).fill({ platform }), () => {
      const { promise, resolve, reject } = withResolvers();
      ends.push((problem) => (problem ? reject(problem) : resolve()));
      return promise;
    });
  return { room, start, ends, told };
}

function withResolvers() {
  let [resolve, reject] = [() => {}, (_: Error) => {}];
  const promise = new Promise<void>((onDone, onFail) => {
    [resolve, reject] = [onDone, onFail];
  });
  return { promise, resolve, reject };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("a room", () => {
  it("has place for a platform until more than a batch of it is under way, and for the others still", () => {
    const { room, start } = opened();
    start("x", 3);
    expect(room.free()).toEqual(["x", "mastodon"]);
    start("x", 3);
    expect(room.free()).toEqual(["mastodon"]);
  });

  it("tells once when there is place again", async () => {
    const { room, start, ends, told } = opened();
    start("x", 6);
    for (const end of ends.slice(0, 2)) end();
    await settled();
    expect([told.free, room.free()]).toEqual([0, ["mastodon"]]);
    for (const end of ends.slice(2)) end();
    await settled();
    expect([told.free, room.free()]).toEqual([1, ["x", "mastodon"]]);
  });

  it("is empty when the last has ended, whichever way", async () => {
    const { room, start, ends, told } = opened();
    start("x", 1);
    start("mastodon", 1);
    const empty = room.empty();
    ends[0]?.(new Error("No luck"));
    ends[1]?.();
    await empty;
    expect(told.errors).toEqual(["No luck"]);
  });
});
