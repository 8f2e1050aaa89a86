import { createServer } from "node:http";

// A platform of one call, as a process of its own: answers every POST after a while, and remembers when each came.
// GET tells what it saw, DELETE forgets it. Tells its port on standard output and stops with its standard input.
const answerAfterMs = Number(process.argv[2] ?? 20);
let seen: { text: string; atMs: number }[] = [];

const server = createServer((request, response) => {
  const atMs = performance.timeOrigin + performance.now();
  if (request.method === "GET") return void response.end(JSON.stringify(seen));
  if (request.method === "DELETE") {
    seen = [];
    return void response.end();
  }
  let body = "";
  request.setEncoding("utf8");
  request.on("data", (chunk: string) => {
    body += chunk;
  });
  request.on("end", () => {
    const { text } = JSON.parse(body) as { text: string };
    const id = String(1_000_000_000 + seen.push({ text, atMs }));
    setTimeout(() => {
      response.writeHead(201, { "content-type": "application/json" });
      response.end(JSON.stringify({ data: { id, text } }));
    }, answerAfterMs);
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  process.stdout.write(`${(server.address() as { port: number }).port}\n`);
});
process.stdin.resume().once("end", () => process.exit(0));
