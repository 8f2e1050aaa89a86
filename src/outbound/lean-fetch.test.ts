import { createServer, type RequestListener, type Server } from "node:http";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "@jest/globals";
import { FormData } from "undici";
import { createGuardedFetch } from "./guarded-fetch.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

async function serve(listener: RequestListener) {
  const server: Server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  const client = createGuardedFetch({
    allowedOrigins: [origin],
    allowedPrivateHosts: [],
    maxAnswerBytes: 100_000,
    silenceMs: 200,
    slowestBytesPerSecond: 50_000,
  });
  ends.push(
    () => client.close(),
    () => new Promise((resolve) => server.close(resolve)),
  );
  return { origin, call: client.call };
}

describe("a lean call", () => {
  it("sends what it is given and reads the whole answer", async () => {
    const { origin, call } = await serve((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        response.writeHead(201, { "x-seen": `${request.method} ${request.headers.authorization}` });
        response.end(JSON.stringify({ body }));
      });
    });
    const answer = await call(origin, {
      method: "POST",
      headers: { authorization: "Bearer t" },
      body: "water",
    });
    expect(answer).toMatchObject({ status: 201, ok: true });
    expect(answer.headers.get("X-Seen")).toBe("POST Bearer t");
    expect(await answer.json()).toEqual({ body: "water" });
  });
  it("may be one of many that end together, which is no leak to warn of", async () => {
    const { origin, call } = await serve((_request, response) => response.end());
    const { signal } = new AbortController();
    await Promise.all(Array.from({ length: 20 }, () => call(origin, { method: "GET", signal })));
    // Jest's own process hears no warnings.
    const limit = Object.getOwnPropertySymbols(signal).find(({ description }) =>
      description?.includes("max"),
    );
    expect(limit && Reflect.get(signal, limit)).toBe(0);
  });
  it("sends a form as multipart", async () => {
    const { origin, call } = await serve((request, response) =>
      response.end(request.headers["content-type"]),
    );
    const form = new FormData();
    form.set("a", "1");
    const answer = await call(origin, { method: "POST", body: form as unknown as BodyInit });
    expect(await answer.text()).toMatch(/^multipart\/form-data; boundary=/);
  });
  it("sends fields as a form, as fetch does", async () => {
    const { origin, call } = await serve((request, response) => {
      response.write(`${request.headers["content-type"]} `);
      request.pipe(response);
    });
    const body = new URLSearchParams({ text: "Water & more", id: "7" });
    const answer = await call(origin, { method: "POST", body });
    expect(await answer.text()).toBe(
      "application/x-www-form-urlencoded;charset=UTF-8 text=Water+%26+more&id=7",
    );
  });
  it("follows no redirect", async () => {
    const { origin, call } = await serve((_request, response) =>
      response.writeHead(302, { location: "/x" }).end(),
    );
    expect(await call(origin, {})).toMatchObject({ status: 302, ok: false });
  });
  it("refuses a private address that nobody allowed", async () => {
    const { call } = await serve((_request, response) => response.end());
    await expect(call("http://127.0.0.1:1/", {})).rejects.toMatchObject({ code: "CLARION_ADDRESS_REFUSED" });
    await expect(call("file:///etc/passwd", {})).rejects.toThrow("Only http");
  });
  it("keeps the status of an answer whose body is cut off", async () => {
    const { origin, call } = await serve((_request, response) => {
      response.writeHead(403, { "content-length": "1000" });
      response.write("half", () => response.destroy());
    });
    const answer = await call(origin, {});
    expect(answer.status).toBe(403);
    await expect(answer.text()).rejects.toThrow();
  });
  it("does not unpack more than its limit", async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    const { origin, call } = await serve((_request, response) => {
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb);
    });
    await expect((await call(origin, {})).text()).rejects.toThrow();
  });
  it("waits longer for the answer to a file, which a slow line may still be carrying", async () => {
    const { origin, call } = await serve((request, response) => {
      request.resume().on("end", () => setTimeout(() => response.end("got it"), 2500));
    });
    const post = (body: unknown) => call(origin, { method: "POST", body: body as BodyInit });
    const file = new Blob([new Uint8Array(500_000)]);
    const form = new FormData();
    form.set("file", file, "file");
    const refused = expect(post("few words")).rejects.toMatchObject({ code: "UND_ERR_HEADERS_TIMEOUT" });
    for (const answer of await Promise.all([post(file), post(form)]))
      expect(await answer.text()).toBe("got it");
    await refused;
  });
  it("ends when its signal says so", async () => {
    const { origin, call } = await serve(() => undefined);
    await expect(call(origin, { signal: AbortSignal.timeout(50) })).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });
});
