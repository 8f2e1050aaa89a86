import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

// X's API as far as a text needs it, as a process of its own: accepts every post after `answerAfterMs` and remembers
// when each came. GET /seen tells, DELETE /seen forgets. Says its port on standard output, ends with its standard input.
const answerAfterMs = Number(process.argv[2] ?? 20);
let seen: { text: string; cameMs: number; acceptedMs: number }[] = [];
let accepted = 0;

const nowMs = () => performance.timeOrigin + performance.now();

function post(request: IncomingMessage, response: ServerResponse): void {
  const cameMs = nowMs();
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => {
    body += chunk;
  });
  request.on("end", () => {
    const { text } = JSON.parse(body) as { text: string };
    setTimeout(() => {
      seen.push({ text, cameMs, acceptedMs: nowMs() });
      accepted++;
      answer(response, 201, { data: { id: String(1_000_000_000 + accepted), text } });
    }, answerAfterMs);
  });
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

function me(request: IncomingMessage, response: ServerResponse): void {
  const hash = createHash("sha256")
    .update(request.headers.authorization ?? "")
    .digest();
  const id = String(hash.readUInt32BE());
  answer(response, 200, { data: { id, username: `bench${id}`, name: "Bench" } });
}

const server = createServer((request, response) => {
  if (request.method === "POST") return post(request, response);
  if (request.url?.startsWith("/2/users/me")) return me(request, response);
  if (request.method === "DELETE") seen = [];
  answer(response, 200, seen);
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as { port: number }).port}\n`);
});
process.stdin.resume().once("end", () => process.exit(0));
