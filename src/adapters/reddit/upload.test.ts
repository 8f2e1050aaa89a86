import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it, test } from "@jest/globals";
import type { World } from "../../../test/contract/world.ts";
import { redditOnPractice, variant } from "../../../test/support/reddit-on-practice.ts";
import type { Media } from "../../domain/post.ts";
import { reddit } from "./index.ts";
import { prepare } from "./prepare.ts";

let world: World;
beforeAll(async () => {
  world = await redditOnPractice();
});
afterAll(() => world.close());

const picture = async () =>
  (await world.shelf.make("image", "image/png", reddit.capabilities.media.types.image as never, "")) as Media;

describe("the storage", () => {
  /** Reddit's API and storage on one server that answers uploads like this. */
  async function storage(status: number, body: string) {
    const seen: { headers: NodeJS.Dict<string | string[]>; body: string; url: string }[] = [];
    const server = createServer((request, response) => void answer(request, response));
    const answer = async (request: IncomingMessage, response: ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const sent = Buffer.concat(chunks).toString("latin1");
      seen.push({ headers: request.headers, body: sent, url: request.url ?? "" });
      const host = request.headers.host;
      if (request.url?.startsWith("/api/media/asset.json"))
        return response.end(
          JSON.stringify({
            args: {
              action: `//${host}`,
              fields: [
                { name: "acl", value: "private" },
                { name: "key", value: "8xjguc40cnrb1" },
                { name: "policy", value: "abc" },
              ],
            },
            asset: { asset_id: "8xjguc40cnrb1", websocket_url: "wss://x.example/" },
          }),
        );
      if (request.method === "POST") return response.writeHead(status).end(body);
      response.end(JSON.stringify(request.url?.includes("/about") ? { kind: "t5", data: {} } : {}));
    };
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const content = variant({ media: [await picture()] });
    const call = world.actor().call({ baseUrl: { api: origin, web: origin } });
    const outcome = await prepare(content, call).catch((error: unknown) => error);
    server.close();
    server.closeAllConnections();
    return { origin, outcome, upload: seen.at(-1) };
  }

  it("is sent the form in its order, then the file; by the API's scheme, with its length, without the token", async () => {
    const { origin, outcome, upload } = await storage(201, "<PostResponse/>");
    const names = [...(upload?.body ?? "").matchAll(/name="(\w+)"/g)].map(([, name]) => name);
    expect(names).toEqual(["acl", "key", "policy", "file"]);
    expect(upload?.headers).toMatchObject({ "content-length": expect.stringMatching(/^\d+$/) });
    expect(upload?.headers.authorization).toBeUndefined();
    expect(outcome).toMatchObject({ values: { assetIds: "8xjguc40cnrb1", urls: `${origin}/8xjguc40cnrb1` } });
  });

  test.each([
    [
      "too large",
      400,
      "<Error><Code>EntityTooLarge</Code><Message>m</Message><MaxSizeAllowed>20971520</MaxSizeAllowed></Error>",
      { kind: "invalid", message: expect.stringContaining("20 MB"), detail: { code: "media_too_large" } },
    ],
    ["a form that ran out", 403, "<Error><Code>AccessDenied</Code></Error>", { kind: "unavailable" }],
    ["its own trouble", 503, "<Error><Code>SlowDown</Code></Error>", { kind: "unavailable" }],
  ])("says no: %s", async (_name, status, body, expected) => {
    expect((await storage(status, body)).outcome).toMatchObject(expected);
  });
});
