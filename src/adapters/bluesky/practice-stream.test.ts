import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { decodeFirst } from "cborg";
import { WebSocket } from "ws";
import { type PlatformServer, startPlatformServer } from "../../../test/support/platform-server.ts";
import { until } from "../../../test/support/until.ts";
import { practice } from "./practice.ts";

let server: PlatformServer;
const sockets: WebSocket[] = [];
beforeAll(async () => {
  server = await startPlatformServer(practice);
});
afterAll(async () => {
  for (const socket of sockets) socket.terminate();
  await server.close();
});

function open(query: string) {
  const url = `${server.network.url.replace("http", "ws")}/bluesky/xrpc/com.atproto.sync.subscribeRepos?${query}`;
  const socket = new WebSocket(url);
  sockets.push(socket);
  const heard: unknown[] = [];
  const state = { problem: "", heard };
  socket.on("error", ({ message }) => Object.assign(state, { problem: message }));
  socket.on("message", (data) => {
    const [header, rest] = decodeFirst(data as Buffer) as [object, Uint8Array];
    heard.push({ ...header, ...(decodeFirst(rest)[0] as object) });
  });
  return state;
}

describe("the pretend Bluesky server's stream", () => {
  it.each([
    ["of the future is an error", "cursor=99999999999999", { op: -1, error: "FutureCursor" }],
    [
      "of the past is outdated, for nothing is told again",
      "cursor=1",
      { t: "#info", name: "OutdatedCursor" },
    ],
  ])("a cursor %s", async (_what, query, told) => {
    const stream = open(query);
    await until("it says so", () => stream.heard.length);
    expect(stream.heard).toMatchObject([told]);
  });

  it("a cursor that is no number is refused", async () => {
    const stream = open("cursor=now");
    await until("it was turned away", () => stream.problem);
    expect(stream.problem).toContain("400");
  });
});
