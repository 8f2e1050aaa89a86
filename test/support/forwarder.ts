import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { type WebSocket, WebSocketServer } from "ws";

export type Forwarder = Awaited<ReturnType<typeof startForwarder>>;

/**
 * An origin of its own for a pretend platform, as live platforms have one: hands every request on to `target`, or
 * answers by itself while `answer` is set.
 */
export async function startForwarder() {
  const state: {
    target: string;
    answer: RequestListener | undefined;
    /** What is said to whoever opens a WebSocket; absent: nobody may. */
    greet: ((socket: WebSocket) => void) | undefined;
    requests: number;
    asked: string[];
    /** Where WebSockets were to be opened, with all that the address says. */
    streams: string[];
  } = {
    target: "",
    answer: undefined,
    greet: undefined,
    requests: 0,
    asked: [], // method and path of each request
    streams: [],
  };
  const server = createServer((request, response) => {
    state.requests += 1;
    state.asked.push(`${request.method} ${request.url?.split("?")[0]}`);
    if (state.answer) state.answer(request, response);
    else void forward(state.target, request, response);
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, connection, head) => {
    state.asked.push(`WS ${request.url?.split("?")[0]}`);
    state.streams.push(request.url ?? "");
    const { greet } = state;
    if (greet) sockets.handleUpgrade(request, connection, head, greet);
    else connection.destroy();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(state, {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    /** How many WebSockets are open. */
    listeners: () => sockets.clients.size,
    close() {
      server.close();
      server.closeAllConnections();
      for (const socket of sockets.clients) socket.terminate();
    },
  });
}

async function forward(target: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const ofThisLine = new Set(["host", "connection", "content-length", "transfer-encoding", "expect"]);
  const headers = Object.entries(request.headers).filter(([name]) => !ofThisLine.has(name));
  const hasBody = request.method !== "GET" && request.method !== "HEAD";
  const answer = await fetch(`${target}${request.url}`, {
    method: request.method ?? "GET",
    headers: Object.fromEntries(headers) as Record<string, string>,
    ...(hasBody && { body: new Uint8Array(await buffer(request)) }),
    redirect: "manual",
  });
  const location = answer.headers.get("location");
  const cookies = answer.headers.getSetCookie();
  response.writeHead(answer.status, {
    "content-type": answer.headers.get("content-type") ?? "",
    ...(location !== null && { location }),
    ...(cookies.length > 0 && { "set-cookie": cookies }),
  });
  response.end(Buffer.from(await answer.arrayBuffer()));
}
