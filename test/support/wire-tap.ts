import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** What becomes of a request in place of the platform's answer. `echo`: everything it carried is said back. */
export type Interference =
  | { readonly reset: true }
  | { readonly echo: number }
  | { readonly garbled: true }
  | { readonly status: number; readonly body: string };

/** The ways in which an answer goes wrong. */
export const wrongly: readonly Interference[] = [
  { echo: 400 },
  { echo: 401 },
  { echo: 500 },
  { garbled: true },
  { reset: true },
];

export interface Exchange {
  readonly path: string;
  readonly requestHeaders: IncomingMessage["headers"];
  readonly requestBody: string;
  readonly answerHeaders: IncomingMessage["headers"];
  readonly answerBody: string;
}

/** A line between us and the platforms: it sees all that is said, and may answer in a platform's place. */
export async function openWireTap(onExchange: (exchange: Exchange) => void) {
  const tap = {
    targetPort: 0,
    /** Asked for every request; undefined: it goes on to the platform. */
    interfere: (_path: string): Interference | undefined => undefined,
  };
  const server = createServer((request, response) => {
    void wholeOf(request).then((body) => {
      const how = tap.interfere(request.url ?? "");
      if (how) answerWrongly(how, request, body, response);
      else pass(tap.targetPort, request, body, response, onExchange);
    });
  });
  server.on("upgrade", (_request, socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return Object.assign(tap, {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.close();
      server.closeAllConnections();
    },
  });
}

function pass(
  port: number,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
  onExchange: (exchange: Exchange) => void,
): void {
  const { method, url = "", headers } = request;
  const onward = httpRequest({ host: "127.0.0.1", port, method, path: url, headers, agent: false });
  onward.on("response", (answer) => {
    void wholeOf(answer).then((answerBody) => {
      onExchange({
        path: url,
        requestHeaders: headers,
        requestBody: textOf(headers, body),
        answerHeaders: answer.headers,
        answerBody: textOf(answer.headers, answerBody),
      });
      if (!answer.complete) return void request.socket.destroy();
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      response.end(answerBody);
    });
  });
  onward.on("error", () => request.socket.destroy());
  onward.end(body);
}

function wholeOf(message: IncomingMessage): Promise<Buffer> {
  return buffer(message).catch(() => Buffer.alloc(0)); // cut off
}

/** Pictures and films say nothing here. */
function textOf(headers: IncomingMessage["headers"], body: Buffer): string {
  return /json|urlencoded|text/.test(headers["content-type"] ?? "") ? body.toString("utf8") : "";
}

function answerWrongly(
  how: Interference,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  if ("reset" in how) return void request.socket.destroy();
  if ("garbled" in how) {
    response.writeHead(200, { "content-type": "application/json" });
    return void response.end(`{"access_token": "${request.headers.authorization ?? ""} ${body}`);
  }
  if ("status" in how) {
    response.writeHead(how.status, { "content-type": "application/json" });
    return void response.end(how.body);
  }
  echo(how.echo, request, body, response);
}

/** Every place in which platforms explain themselves, and some in which they should not, filled with what came in. */
function echo(status: number, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { authorization = "" } = request.headers;
  const token = authorization.replace(/^\w+ /, "");
  const said = [authorization, request.url, textOf(request.headers, body).slice(0, 2000)].join(" ");
  const words = {
    ...{ error: said, error_description: said, message: said, detail: said, title: said, reason: said },
    ...{ code: token, type: token, status: token, id: null, uri: null },
  };
  response.writeHead(status, {
    "content-type": "application/json",
    "x-echo": encodeURIComponent(said),
    "www-authenticate": `Bearer error="${encodeURIComponent(said)}"`,
    location: `http://127.0.0.1:1/?said=${encodeURIComponent(said)}`,
  });
  response.end(JSON.stringify({ ...words, errors: [words], error: statusWords(status, words) }));
}

/** Meta and Google explain themselves in an object, the others in a string. */
function statusWords(status: number, words: object): unknown {
  return status % 2 === 0 ? { ...words, errors: [words] } : (words as { readonly error: string }).error;
}
