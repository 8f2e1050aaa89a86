import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { type WebSocket, WebSocketServer } from "ws";
import { until } from "../../test/support/until.ts";
import { createGuardedFetch } from "./guarded-fetch.ts";
import type { GuardedStreamOptions } from "./stream.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const silenceMs = 100;

/** A server that does this with whoever connects, and a client that may go there. */
async function streaming(greet: (socket: WebSocket, connection: Socket) => void, allowed = true) {
  const server = createServer((_request, response) => response.writeHead(302, { location: "/" }).end());
  const sockets = new WebSocketServer({ noServer: true });
  const connections = new Set<Socket>();
  const requests: IncomingMessage[] = [];
  server.on("connection", (connection) => {
    connections.add(connection);
    connection.on("close", () => connections.delete(connection));
  });
  server.on("upgrade", (request, socket, head) => {
    requests.push(request);
    if (request.url === "/no-socket")
      return void socket.end("HTTP/1.1 302 Found\r\nlocation: /stream\r\ncontent-length: 0\r\n\r\n");
    if (request.url === "/silent") return void socket.resume().on("end", () => socket.end());
    sockets.handleUpgrade(request, socket, head, (opened) => greet(opened, socket as Socket));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createGuardedFetch({
    allowedOrigins: allowed ? [`http://${host}`] : [],
    allowedPrivateHosts: [],
    silenceMs,
  });
  ends.push(
    () => client.close(),
    () => {
      for (const connection of connections) connection.destroy();
    },
    () => new Promise((resolve) => server.close(resolve)),
  );
  const heard: (string | Uint8Array)[] = [];
  const state = { opened: 0 };
  const stop = new AbortController();
  return {
    url: `ws://${host}/stream`,
    connections,
    requests,
    heard,
    state,
    stop,
    listen: (path = "/stream", more: Partial<GuardedStreamOptions> = {}) =>
      client.stream(`ws://${host}${path}`, {
        maxMessageBytes: 1024,
        onOpen: () => void state.opened++,
        onMessage: (message) => void heard.push(message),
        signal: stop.signal,
        ...more,
      }),
    client,
  };
}

describe("a stream", () => {
  it("is heard until its server ends it: text as text, bytes as bytes, the secret in a header alone", async () => {
    const { listen, heard, state, requests, connections } = await streaming((socket) => {
      socket.send("one");
      socket.send(Buffer.from([1, 2]));
      socket.close();
    });
    await listen("/stream?a=b", { headers: { authorization: "Bearer secret" } });
    expect(heard).toEqual(["one", expect.objectContaining({ 0: 1, 1: 2, length: 2 })]);
    expect(state.opened).toBe(1);
    expect(requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ["/stream?a=b", "Bearer secret"],
    ]);
    await until("the connection is gone", () => connections.size === 0);
  });

  it("lasts while its server says nothing but that it is there", async () => {
    let pings = 0;
    const { listen, stop, state } = await streaming((socket) => void socket.on("ping", () => pings++));
    const listening = listen();
    await until("it was asked a few times", () => pings >= 5);
    expect(state.opened).toBe(1);
    stop.abort();
    await listening;
  });

  it("is over when its line is dead, though nobody hung up", async () => {
    const { listen, connections } = await streaming((_socket, connection) => void connection.pause());
    await listen();
    for (const connection of connections) connection.resume();
    await until("the connection is gone", () => connections.size === 0);
  });

  it("is cut when we stop, whatever its server still says", async () => {
    const { listen, stop, heard, connections } = await streaming((socket, connection) => {
      socket.on("close", () => clearInterval(talking));
      const talking = setInterval(() => socket.send("more"), 2);
      connection.resume();
    });
    const listening = listen();
    await until("it talks", () => heard.length > 2);
    stop.abort();
    await listening;
    const { length } = heard;
    await until("the connection is gone", () => connections.size === 0);
    expect(heard).toHaveLength(length);
  });

  it("that was stopped before it was opened leaves no connection", async () => {
    const { listen, stop, connections } = await streaming(() => undefined);
    const listening = listen("/silent");
    stop.abort();
    await listening;
    await until("the connection is gone", () => connections.size === 0);
    await expect(listen()).rejects.toThrow();
  });
});

describe("what is heard is bounded", () => {
  it("in size: a message that is larger is the end", async () => {
    const { listen, heard, connections } = await streaming((socket) => {
      socket.send("a".repeat(1024));
      socket.send("a".repeat(1025));
    });
    await expect(listen()).rejects.toMatchObject({ name: "StreamError" });
    expect(heard).toHaveLength(1);
    await until("the connection is gone", () => connections.size === 0);
  });

  it("all together: whoever floods us is left, and what is a little is heard", async () => {
    const { listen, heard, connections } = await streaming((socket) => {
      for (let n = 0; n < 5; n++) socket.send("a".repeat(1000));
    });
    await expect(listen()).rejects.toMatchObject({ name: "StreamError", code: "flood" });
    expect(heard).toHaveLength(4);
    await until("the connection is gone", () => connections.size === 0);
  });

  it("in time: whoever does not even answer is given up", async () => {
    const { listen, connections } = await streaming(() => undefined);
    await expect(listen("/silent")).rejects.toMatchObject({ name: "StreamError" });
    await until("the connection is gone", () => connections.size === 0);
  });

  it("and to what is understood: what the listener throws is the end", async () => {
    const { listen, connections } = await streaming((socket) => socket.send("nonsense"));
    const onMessage = () => {
      throw new Error("not that");
    };
    await expect(listen("/stream", { onMessage })).rejects.toThrow("not that");
    await until("the connection is gone", () => connections.size === 0);
  });
});

describe("the guard is the same as for requests", () => {
  it("an address that nobody allowed is not connected to, and what is in the address is not told", async () => {
    const { listen, connections, requests } = await streaming(() => undefined, false);
    const error = await listen("/stream?key=a-key").catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: "CLARION_ADDRESS_REFUSED" });
    expect(String((error as Error).stack)).not.toContain("a-key");
    expect([connections.size, requests.length]).toEqual([0, 0]);
  });

  it.each(["http://127.0.0.1/", "file:///etc/passwd", "//127.0.0.1/", "wsx://x", "ws+unix:/run/x.sock"])(
    "not %s",
    async (url) => {
      const { client, stop } = await streaming(() => undefined);
      const options = { maxMessageBytes: 1, onOpen: () => undefined, onMessage: () => undefined };
      await expect(client.stream(url, { ...options, signal: stop.signal })).rejects.toThrow(
        "Only ws and wss",
      );
    },
  );

  it("a redirect is not followed", async () => {
    const { listen, requests } = await streaming((socket) => socket.send("secret"));
    await expect(listen("/no-socket")).rejects.toMatchObject({ code: "http_302" });
    expect(requests).toHaveLength(1);
  });
});
