import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type WebSocket, WebSocketServer } from "ws";
import { until } from "../../test/support/until.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A server that does this with whoever connects, and a client that may go there. */
async function listening(greet: (socket: WebSocket) => void, allowed = true) {
  const server = createServer((_request, response) => response.writeHead(302, { location: "/" }).end());
  const sockets = new WebSocketServer({ noServer: true });
  const connections = new Set<Socket>();
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
  });
  server.on("upgrade", (request, socket, head) =>
    request.url === "/no-socket"
      ? socket.end("HTTP/1.1 302 Found\r\nlocation: /result\r\ncontent-length: 0\r\n\r\n")
      : sockets.handleUpgrade(request, socket, head, greet),
  );
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createGuardedFetch({
    allowedOrigins: allowed ? [`http://${host}`] : [],
    allowedPrivateHosts: [],
  });
  ends.push(
    () => client.close(),
    () => {
      for (const connection of connections) connection.destroy();
    },
    () => new Promise((resolve) => server.close(resolve)),
  );
  return { url: `ws://${host}/result?m=a-key`, connections, hear: client.firstMessage };
}

const forever = new AbortController().signal;

describe("one message is listened for", () => {
  it("and the connection is cut, whatever else the server has to say", async () => {
    const { url, connections, hear } = await listening((socket) => {
      socket.pause(); // so that it never answers a goodbye
      socket.send("first");
      setInterval(() => socket.send("more"), 5).unref();
    });
    expect(await hear(url, 2000, forever)).toBe("first");
    await until("the connection is gone", () => connections.size === 0);
  });

  it("until the time is over", async () => {
    const { url, connections, hear } = await listening(() => undefined);
    await expect(hear(url, 50, forever)).rejects.toThrow("Nothing was said in time");
    await until("the connection is gone", () => connections.size === 0);
  });

  it("until the caller is told to stop", async () => {
    const { url, connections, hear } = await listening(() => undefined);
    const stop = new AbortController();
    const hearing = hear(url, 60_000, stop.signal);
    await until("it is connected", () => connections.size === 1);
    stop.abort();
    await expect(hearing).rejects.toThrow("Nothing was said in time");
    await expect(hear(url, 60_000, stop.signal)).rejects.toThrow();
    await until("the connection is gone", () => connections.size === 0);
  });

  it("until the server leaves without one", async () => {
    const { url, hear } = await listening((socket) => socket.close());
    await expect(hear(url, 2000, forever)).rejects.toThrow("ended without a message");
  });
});

describe("what is heard is bounded", () => {
  it("in size", async () => {
    const { url, hear } = await listening((socket) => socket.send("a".repeat(65 * 1024)));
    await expect(hear(url, 2000, forever)).rejects.toThrow("ended without a message");
  });

  it("to text", async () => {
    const { url, hear } = await listening((socket) => socket.send(Buffer.from("bytes")));
    await expect(hear(url, 2000, forever)).rejects.toThrow("not text");
  });
});

describe("the guard is the same as for requests", () => {
  it("an address that nobody allowed is not connected to, and the key in it is not told", async () => {
    const { url, connections, hear } = await listening((socket) => socket.send("secret"), false);
    const error = await hear(url, 2000, forever).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "CLARION_ADDRESS_REFUSED" });
    expect(String((error as Error).stack)).not.toContain("a-key");
    expect(connections.size).toBe(0);
  });

  it.each(["http://127.0.0.1/", "file:///etc/passwd", "//127.0.0.1/", "wsx://x"])("not %s", async (url) => {
    const { hear } = await listening(() => undefined);
    await expect(hear(url, 2000, forever)).rejects.toThrow("Only ws and wss");
  });

  it("a redirect is not followed", async () => {
    const { url, hear } = await listening((socket) => socket.send("secret"));
    await expect(
      hear(url.replace("/result", "/no-socket").replace("?m=a-key", ""), 2000, forever),
    ).rejects.toThrow();
  });
});
