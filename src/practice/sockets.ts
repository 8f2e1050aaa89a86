import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { Platform } from "../domain/platform.ts";
import { pathOf, queryOf } from "./address.ts";
import type { Context, Corner } from "./corner.ts";
import type { PracticeReply, PracticeSocket, SocketRequest } from "./kit.ts";
import { isDead } from "./sign-in-store.ts";
import { tokenIn } from "./token-in.ts";

/** Lets those connect who found a platform's socket and may, tells them what it has to say, and says goodbye. */
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
    if (!corner || !matched) return turnAway(connection, { status: 404 });
    const { headers, url } = request;
    const query = queryOf(url);
    const asked = { params: matched.params, query, headers, token: tokenIn(headers, query) };
    const refusal = refusalOf(context, corner, matched.route, asked);
    if (refusal) return turnAway(connection, refusal);
    server.handleUpgrade(request, connection, head, (socket) => {
      socket.on("error", () => undefined); // it says what is no message, or too much
      attend(context, corner, matched.route, asked, socket);
    });
  };
}

function refusalOf(
  context: Context,
  corner: Corner,
  route: PracticeSocket,
  asked: SocketRequest,
): PracticeReply | undefined {
  if (!mayGoOn(context, corner, asked)) return corner.practice.unauthorized();
  return route.refuse?.(asked, corner.network);
}

/** Who brings no token needs none here; others lose what they hear by it together with their token. */
function mayGoOn({ faults }: Context, { practice, network }: Corner, { token }: SocketRequest): boolean {
  if (token === undefined) return true;
  return faults.get(practice.platform)?.fault !== "revoked" && !isDead(network, token);
}

function attend(
  context: Context,
  corner: Corner,
  route: PracticeSocket,
  asked: SocketRequest,
  socket: WebSocket,
): void {
  const message = route.message?.(asked, corner.network);
  if (message !== undefined) {
    socket.send(message);
    socket.close();
  }
  // What it tells of is whole, and on the disk, once whoever does it is through.
  const say = (told: string | Uint8Array) =>
    void setImmediate(() => {
      if (context.signal.aborted) return;
      context.ground.store.flush();
      if (mayGoOn(context, corner, asked)) socket.send(told);
      else socket.close();
    });
  const end = route.open?.(asked, corner.network, say);
  if (end) socket.on("close", end);
}

function turnAway(connection: Duplex, { status, headers, body }: PracticeReply): void {
  const text = body === undefined ? "" : JSON.stringify(body);
  const lines = Object.entries({ ...headers, "content-length": Buffer.byteLength(text) });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  connection.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head}\r\n${text}`);
}
