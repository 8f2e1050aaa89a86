import { afterEach, describe, expect, it } from "@jest/globals";
import { WebSocket } from "ws";
import { tempFolder } from "../../test/support/temp-folder.ts";
import { tinyPlatform } from "../../test/support/tiny-platform.ts";
import type { PracticeSocket } from "./kit.ts";
import { type PracticeServer, startPracticeNetwork } from "./server.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const sockets: readonly PracticeSocket[] = [
  { path: "/results/:key", message: ({ params, query }) => `${params.key} ${query.get("m")}` },
  { path: "/silent", message: () => undefined },
];

async function network(): Promise<PracticeServer> {
  const folder = await tempFolder();
  const server = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [{ ...tinyPlatform, sockets }],
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= server.close();
    return closing;
  };
  ends.push(close, () => folder.remove());
  return { ...server, close };
}

function open(server: PracticeServer, path: string) {
  const socket = new WebSocket(`${server.url.replace("http", "ws")}${path}`);
  const opened = new Promise<void>((resolve) => socket.on("open", resolve));
  const heard = new Promise<string>((resolve, reject) => {
    socket.on("message", (data) => resolve(String(data))).on("error", reject);
  });
  const closed = new Promise<void>((resolve) => socket.on("close", () => resolve()));
  heard.catch(() => undefined);
  return { heard, opened, closed };
}

describe("a platform's socket", () => {
  it("tells what it has to say, and closes", async () => {
    const { heard, closed } = open(await network(), "/x/results/abc?m=1");
    expect(await heard).toBe("abc 1");
    await closed;
  });

  it.each(["/x/elsewhere", "/facebook/results/abc", "/", "/x/results/%E0"])("is not at %s", async (path) => {
    await expect(open(await network(), path).heard).rejects.toThrow("404");
  });

  it("that stays silent does not keep the network from closing", async () => {
    const server = await network();
    const { opened, closed } = open(server, "/x/silent");
    await opened;
    await server.close();
    await closed;
  });
});
