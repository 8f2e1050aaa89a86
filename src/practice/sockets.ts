import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Platform } from "../domain/platform.ts";
import { pathOf, queryOf } from "./address.ts";
import type { Context } from "./corner.ts";

/** Lets those connect who found a platform's socket, tells them what it has to say, and says goodbye. */
export function socketAnswerer(
  context: Context,
): (request: IncomingMessage, connection: Duplex, head: Buffer) => void {
  const server = new WebSocketServer({ noServer: true, maxPayload: 1024 });
  context.signal.addEventListener("abort", () => {
    for (const socket of server.clients) socket.terminate();
  });
  return (request, connection, head) => {
    connection.on("error", () => undefined); // gone before it was answered
    const [, name = ""] = pathOf(request.url).split("/");
    const corner = context.corners.get(name as Platform);
    const matched = corner?.matchSocket("GET", pathOf(request.url).slice(name.length + 1));
    if (!corner || !matched)
      return void connection.end("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n");
    const { route, params } = matched;
    server.handleUpgrade(request, connection, head, (socket) => {
      const message = route.message({ params, query: queryOf(request.url) }, corner.network);
      if (message !== undefined) tell(socket, message);
    });
  };
}

function tell(socket: WebSocket, message: string): void {
  socket.send(message);
  socket.close();
}
