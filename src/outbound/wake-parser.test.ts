import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createGuardedFetch } from "./guarded-fetch.ts";

const body = "water ".repeat(5000); // more than is taken in before somebody reads, and less than the line holds
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

describe.each([
  ["a known length", `Content-Length: ${body.length}`, body],
  ["pieces", "Transfer-Encoding: chunked", `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`],
  ["an unknown length", "X-Length: none", body],
])("an answer of %s that nobody reads yet", (_name, header, whole) => {
  const part = whole.slice(0, 20_000);

  it("can be read after the server hung up, and ends no process", async () => {
    const { answer, line } = await answerOf(header, whole);
    line.end();
    if (!header.startsWith("Transfer")) await once(line, "close"); // the end of pieces is not taken in unread
    expect(await answer.text()).toBe(body);
  }, 10_000);

  it("fails whoever reads it where it was not whole, if that can be told", async () => {
    const { answer, line } = await answerOf(header, part);
    line.end();
    await once(line, "close");
    if (header.startsWith("X-")) expect(await answer.text()).toBe(part);
    else await expect(answer.text()).rejects.toThrow("terminated");
  }, 10_000);

  it("comes to an end after the line was cut", async () => {
    const { answer, line } = await answerOf(header, part);
    line.resetAndDestroy();
    await once(line, "close");
    await Promise.allSettled([answer.text()]);
  }, 10_000);
});

async function answerOf(
  header: string,
  sent: string,
): Promise<{ readonly answer: Response; readonly line: Socket }> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () =>
      socket.write(`HTTP/1.1 200 OK\r\nConnection: close\r\n${header}\r\n\r\n${sent}`),
    );
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = createGuardedFetch({ allowedOrigins: [origin], allowedPrivateHosts: [] });
  opened.push(client, server);
  const [answer, [line]] = await Promise.all([client.fetch(origin), once(server, "connection")]);
  return { answer, line: line as Socket };
}
