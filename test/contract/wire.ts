import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";
import type { Refusal } from "./refusal.ts";

export interface WireRequest {
  readonly method: string;
  readonly path: string;
  /** Came while the adapter was inside the fence. */
  readonly sending: boolean;
  /** Of its body, as far as it has come. */
  bytes: number;
  /** All of it went on to the platform. */
  passedOn: boolean;
}

/** A small HTTP proxy between an adapter and the practice network: it sees every request, and can answer itself. */
export interface Wire {
  readonly url: string;
  readonly requests: WireRequest[];
  /** Where requests go on to. */
  targetPort: number;
  /** Set by the fence while the publishing request is under way. */
  sending: boolean;
  /** What the publishing request is answered, in place of the platform. */
  refusal: Omit<Refusal, "kind" | "name"> | undefined;
  /** Cuts the connection of every request outside the fence. */
  cutOthers: boolean;
  close(): void;
}

export async function openWire(): Promise<Wire> {
  const server = createServer((request, response) => {
    const sending = wire.sending;
    const { method = "", url: path = "" } = request;
    const seen: WireRequest = { method, path, sending, bytes: 0, passedOn: false };
    wire.requests.push(seen);
    request.on("data", (chunk: Buffer) => {
      seen.bytes += chunk.length;
    });
    if (sending && wire.refusal) return answer(request, response, wire.refusal);
    if (!sending && wire.cutOthers) return void request.socket.destroy();
    forward(wire.targetPort, request, response, () => {
      seen.passedOn = true;
    });
  });
  server.on("upgrade", (request, connection: Duplex, head: Buffer) => {
    const { method = "", url = "" } = request;
    wire.requests.push({ method, path: url, sending: wire.sending, bytes: 0, passedOn: false });
    if (!wire.sending && wire.cutOthers) return void connection.destroy();
    tunnel(wire.targetPort, request, connection, head);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const wire: Wire = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    targetPort: 0,
    sending: false,
    refusal: undefined,
    cutOthers: false,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return wire;
}

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Omit<Refusal, "kind" | "name">,
): void {
  request.resume().on("end", () => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(typeof body === "string" ? body : JSON.stringify(body));
  });
}

/** A cut on either side is passed on to the other. */
function forward(
  port: number,
  request: IncomingMessage,
  response: ServerResponse,
  passedOn: () => void,
): void {
  const { method, url, headers } = request;
  const onward = httpRequest(
    { host: "127.0.0.1", port, method, path: url, headers, agent: false },
    (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    },
  );
  onward.on("error", () => request.socket.destroy());
  onward.on("finish", passedOn);
  response.on("close", () => onward.destroy());
  request.pipe(onward);
}

/** From here on bytes both ways: what a WebSocket says is nobody's business. */
function tunnel(port: number, request: IncomingMessage, connection: Duplex, head: Buffer): void {
  const { method, url, rawHeaders } = request;
  const onward = connect(port, "127.0.0.1");
  const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
  onward.write([`${method} ${url} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  onward.write(head);
  connection.pipe(onward).pipe(connection);
  for (const [one, other] of [
    [onward, connection],
    [connection, onward],
  ] as const)
    one.on("error", () => other.destroy()).on("close", () => other.destroy());
}
