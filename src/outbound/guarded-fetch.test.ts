import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Resolve } from "./guarded-connector.ts";
import { createGuardedFetch, type GuardedFetch, type GuardedFetchOptions } from "./guarded-fetch.ts";

const megabyte = 1024 * 1024;
const opened: { close(): unknown }[] = [];

afterEach(async () => {
  for (const thing of opened.splice(0)) await thing.close();
});

describe("an address that is not public is refused before connecting:", () => {
  it.each([
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f.1/",
    "http://2130706433/",
    "http://017700000001/",
    "http://①②⑦.0.0.1/",
    "http://0/",
    "http://[::]/",
    "http://[::1]/",
    "http://[::ffff:7f00:1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://[2002:7f00:1::]/",
    "http://169.254.169.254/latest/meta-data/",
    "http://[fd00:ec2::254]/",
    "https://10.0.0.1/",
    "http://100.64.0.1/",
    "http://224.0.0.1/",
  ])("%s", async (url) => {
    expect(await codeOf(guard({}).fetch(url))).toBe("CLARION_ADDRESS_REFUSED");
  });

  it.each(["localhost", "localhost.", "printer.example"])("the name %s", async (name) => {
    const { fetch } = guard({ resolve: answering(["127.0.0.1"]) });
    expect(await codeOf(fetch(`http://${name}/`))).toBe("CLARION_ADDRESS_REFUSED");
  });

  it("a name with one private address among public ones", async () => {
    const { port, connections } = await serve((_, response) => response.end("secret"));
    const resolve = answering(["1.1.1.1", "127.0.0.1"]);
    const { fetch } = guard({ ports: [port], resolve });
    expect(await codeOf(fetch(`http://rebind.example:${port}/`))).toBe("CLARION_ADDRESS_REFUSED");
    expect(connections()).toBe(0);
  });

  it("a public address on an unusual port", async () => {
    const { fetch } = guard({ resolve: answering(["1.1.1.1"]) });
    expect(await codeOf(fetch("http://redis.example:6379/"))).toBe("CLARION_ADDRESS_REFUSED");
    expect(await codeOf(fetch("http://1.1.1.1:8080/"))).toBe("CLARION_ADDRESS_REFUSED");
  });

  it("a name that answers differently the next time it is asked", async () => {
    const { port, requests } = await serve((_, response) => response.end("secret"));
    const { fetch } = guard({ ports: [port], resolve: answering([turning("1.1.1.1", "127.0.0.1")]) });
    expect(await codeOf(fetch(`http://rebind.example:${port}/`))).toBe("CLARION_ADDRESS_REFUSED");
    expect(requests()).toBe(0);
  });

  it("anything that is not http", async () => {
    const { fetch } = guard({});
    for (const url of ["data:text/plain,secret", "file:///etc/passwd", "blob:x", "ftp://example.org/"])
      await expect(fetch(url)).rejects.toThrow("Only http and https");
  });
});

describe("what the operator allows is reached:", () => {
  it.each([
    ["an origin", (port: number) => ({ allowedOrigins: [`http://127.0.0.1:${port}`] })],
    ["a host with its port", (port: number) => ({ allowedPrivateHosts: [`127.0.0.1:${port}`] })],
    ["a host on any port", () => ({ allowedPrivateHosts: ["127.0.0.1"] })],
  ])("%s", async (_, allow) => {
    const { port } = await serve((_request, response) => response.end("here"));
    const { fetch } = guard(allow(port));
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe("here");
    expect(await codeOf(fetch(`http://localhost:${port}/`))).toBe("CLARION_ADDRESS_REFUSED");
  });

  it("but not its neighbour on another port", async () => {
    const { port } = await serve((_request, response) => response.end("secret"));
    const { fetch } = guard({ allowedOrigins: [`http://127.0.0.1:${port - 1}`] });
    expect(await codeOf(fetch(`http://127.0.0.1:${port}/`))).toBe("CLARION_ADDRESS_REFUSED");
  });
});

describe("an answer", () => {
  it("that redirects is given back, never followed", async () => {
    const { port, requests, fetch } = await allowedServer((_, response) =>
      response.writeHead(307, { location: "http://127.0.0.1:6379/" }).end(),
    );
    const init = { method: "POST", body: "x", redirect: "follow" } as const;
    const answer = await fetch(`http://127.0.0.1:${port}/`, init);
    expect([answer.status, answer.headers.get("location")]).toEqual([307, "http://127.0.0.1:6379/"]);
    expect(requests()).toBe(1);
  });

  it("without an end is cut off at the limit", async () => {
    let sent = 0;
    const chunk = Buffer.alloc(64 * 1024);
    function* endless() {
      for (; ; sent += chunk.length) yield chunk;
    }
    const { port, fetch } = await allowedServer(
      (_, response) => void Readable.from(endless()).pipe(response),
    );
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(await codeOf(answer.text())).toBe("UND_ERR_RES_EXCEEDED_MAX_SIZE");
    expect(sent).toBeLessThan(30 * megabyte);
  });

  it("that unpacks to more than the limit is cut off there, in little memory", async () => {
    const bomb = gzipSync(Buffer.alloc(300 * megabyte));
    expect(bomb.length).toBeLessThan(megabyte);
    const { port, fetch } = await allowedServer((_, response) =>
      response.writeHead(200, { "content-encoding": "gzip" }).end(bomb),
    );
    const before = process.memoryUsage().rss;
    const answer = await fetch(`http://127.0.0.1:${port}/`);
    expect(await codeOf(answer.json())).toBe("CLARION_ANSWER_TOO_LARGE");
    expect(process.memoryUsage().rss - before).toBeLessThan(128 * megabyte);
  });

  it("is not asked to come compressed, but read when it does", async () => {
    let asked: unknown;
    const { port, fetch } = await allowedServer((request, response) => {
      asked = request.headers["accept-encoding"];
      response.writeHead(200, { "content-encoding": "gzip" }).end(gzipSync('{"id":"1"}'));
    });
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).json()).toEqual({ id: "1" });
    expect(asked).toBe("identity");
  });

  it("that never comes is given up", async () => {
    const { port, fetch } = await allowedServer(() => undefined, { timeoutMs: 50 });
    await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toMatchObject({ name: "TimeoutError" });
  });
});

it("connections are kept and used again", async () => {
  const { port, connections, fetch } = await allowedServer((_, response) => response.end("x"));
  for (let i = 0; i < 20; i += 1) await (await fetch(`http://127.0.0.1:${port}/`)).text();
  expect(connections()).toBeLessThan(4);
});

it("all of a burst is under way at once: no connection waits for another", async () => {
  const waiting: (() => void)[] = [];
  const { port, fetch } = await allowedServer((_, response) => {
    waiting.push(() => response.end("x"));
    if (waiting.length === 200) for (const answer of waiting) answer();
  });
  const answers = Array.from({ length: 200 }, () => fetch(`http://127.0.0.1:${port}/`));
  expect((await Promise.all(answers)).every(({ status }) => status === 200)).toBe(true);
});

function guard(options: Partial<GuardedFetchOptions>): GuardedFetch {
  const guarded = createGuardedFetch({ allowedOrigins: [], allowedPrivateHosts: [], ...options });
  opened.push(guarded);
  return guarded;
}

async function allowedServer(listener: RequestListener, options: Partial<GuardedFetchOptions> = {}) {
  const server = await serve(listener);
  return { ...server, ...guard({ allowedPrivateHosts: ["127.0.0.1"], ...options }) };
}

async function serve(listener: RequestListener) {
  let [requests, connections] = [0, 0];
  const server: Server = createServer((request, response) => {
    requests += 1;
    listener(request, response);
  });
  server.on("connection", (_: Socket) => {
    connections += 1;
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  opened.unshift({
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  });
  const { port } = server.address() as AddressInfo;
  return { port, requests: () => requests, connections: () => connections };
}

function answering(addresses: readonly (string | { address: string })[]): Resolve {
  return (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) =>
        typeof address === "string" ? { address, family: 4 } : Object.assign(address, { family: 4 }),
      ),
    );
}

/** An address that is one when it is checked and another when it is connected to. */
function turning(first: string, then: string): { address: string } {
  let reads = 0;
  return {
    get address() {
      reads += 1;
      return reads === 1 ? first : then;
    },
  };
}

async function codeOf(failing: Promise<unknown>): Promise<unknown> {
  const error = await failing.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  type Coded = { code?: string; cause?: Coded } | undefined;
  for (let e = error as Coded; e; e = e.cause) if (e.code) return e.code;
  return error;
}
