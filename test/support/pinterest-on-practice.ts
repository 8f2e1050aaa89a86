import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { fetch as undiciFetch } from "undici";
import type { PinterestCall } from "../../src/adapters/pinterest/api.ts";
import { pinterest } from "../../src/adapters/pinterest/index.ts";
import { practice } from "../../src/adapters/pinterest/practice.ts";
import type { Media, Variant } from "../../src/domain/post.ts";
import { type Actor, type AnyAdapter, type AnyCall, openWorld, type World } from "../contract/world.ts";

export type { Actor, AnyCall, World };

/** Pinterest on a practice network of its own. */
export const pinterestOnPractice = (): Promise<World> => openWorld(pinterest as AnyAdapter, practice);

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** A server that says what the test wants it to say, and remembers what it was asked. */
export async function pinterestSaying(answer: (asked: Asked, url: string) => Answer) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: path = "", headers } = request;
      const one = { method, path, headers, body: Buffer.concat(chunks) };
      asked.push(one);
      const { status = 200, headers: answered = {}, body } = answer(one, url);
      response.writeHead(status, answered).end(body === undefined ? "" : JSON.stringify(body));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    asked,
    url,
    call: (): PinterestCall => ({
      credentials: { accessToken: "pina_a-token-long-enough-to-notice" },
      account: { externalId: "1", handle: "water" },
      baseUrl: { api: url, web: "https://www.pinterest.com" },
      fetch: undiciFetch as unknown as PinterestCall["fetch"],
      now: () => new Date("2026-11-20T12:00:00Z"),
      signal: AbortSignal.timeout(20_000),
      firstMessage: () => Promise.reject(new Error("Pinterest has no sockets")),
      media: { open: async () => new Blob(["a video"]), publicUrl: () => "" },
    }),
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

export function variant(part: Partial<Variant> = {}): Variant {
  return {
    role: "post",
    text: "Clean water is a right.",
    link: null,
    media: [file()],
    options: { board: "Clarion" },
    ...part,
  };
}

export function file(part: Partial<Media> = {}): Media {
  return {
    id: "med_1",
    kind: "image",
    mimeType: "image/jpeg",
    bytes: 1000,
    width: 1000,
    height: 1500,
    durationMs: null,
    altText: "",
    ...part,
  };
}

export const clip = file({ kind: "video", mimeType: "video/mp4", durationMs: 10_000 });

/** A picture that is really there; `aspect` is its width by its height. */
export async function picture(world: World, altText = "", aspect = 1, type = "image/jpeg"): Promise<Media> {
  const limit = { mimeTypes: [type], maxBytes: 1, minAspect: aspect, maxAspect: aspect };
  const made = await world.shelf.make("image", type, limit, altText);
  if (!made) throw new Error(`Cannot make ${type}`);
  return made;
}

export async function film(world: World, seconds = 5): Promise<Media> {
  const limit = { mimeTypes: ["video/mp4"], maxBytes: 1, maxDurationMs: seconds * 1000 };
  const made = await world.shelf.make("video", "video/mp4", limit, "");
  if (!made) throw new Error("Cannot make a video");
  return made;
}
