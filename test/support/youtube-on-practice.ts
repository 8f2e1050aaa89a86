import { fetch as undiciFetch } from "undici";
import type { PrepareCall, Prepared, PublishCall } from "../../src/adapters/contract/adapter.ts";
import type { YouTubeCredentials } from "../../src/adapters/youtube/api.ts";
import { youtube } from "../../src/adapters/youtube/index.ts";
import { practice } from "../../src/adapters/youtube/practice.ts";
import type { Media, Variant } from "../../src/domain/post.ts";
import type { PracticeIdentity } from "../../src/practice/kit.ts";
import { type AnyAdapter, openWorld, stored, type World } from "../contract/world.ts";

export type YouTubeCall = PublishCall<YouTubeCredentials> & PrepareCall<YouTubeCredentials>;

/** A request, as `PUT /upload/youtube/v3/videos bytes 0-99/100`. Where it breaks: before it is sent, or its answer. */
export type Breaks = (request: string, nth: number) => "before" | "after" | undefined;

/** YouTube on a practice network of its own, and files in memory. */
export async function youtubeOnPractice() {
  const world = await openWorld(youtube as unknown as AnyAdapter, practice);
  const files = new Map<string, Blob>();
  return {
    world,
    /** A channel of its own, and a record of what is asked for it. */
    channel(
      breaks: Breaks = () => undefined,
      instead: (request: string) => Response | undefined = () => undefined,
    ) {
      const actor = world.actor();
      const requests: string[] = [];
      const sent: { readonly request: string; readonly body: unknown; readonly headers: Headers }[] = [];
      const fetching = async (url: string, init: RequestInit = {}) => {
        const headers = new Headers(init.headers);
        const { pathname } = new URL(url);
        const path = pathname.replace(/^\/youtube(?=\/)/, "");
        const request = [init.method ?? "GET", path, headers.get("content-range")].filter(Boolean).join(" ");
        requests.push(request);
        sent.push({
          request,
          headers,
          body: typeof init.body === "string" ? JSON.parse(init.body) : init.body,
        });
        const how = breaks(request, requests.filter((one) => one === request).length);
        if (how === "before") throw new TypeError("fetch failed");
        const answer = instead(request) ?? (await undiciFetch(url, init as never));
        if (how === "after") throw new TypeError("fetch failed");
        return answer as Response;
      };
      const open = async (id: string) => files.get(id) ?? (await world.shelf.access.open(id));
      const media = { ...world.shelf.access, open };
      const call = (changes: Partial<YouTubeCall> = {}) =>
        actor.call({ fetch: fetching, media, ...changes } as never) as unknown as YouTubeCall;
      return { actor, call, requests, sent, identity: actor.identity as PracticeIdentity };
    },
    file(bytes: Uint8Array<ArrayBuffer>, mimeType = "video/mp4"): Media {
      const id = `file_${files.size + 1}`;
      files.set(id, new Blob([bytes], { type: mimeType }));
      const kind = mimeType.startsWith("video/") ? "video" : "image";
      const durationMs = kind === "video" ? 10_000 : null;
      return { id, kind, mimeType, bytes: bytes.length, width: 640, height: 360, durationMs, altText: "" };
    },
  };
}

export type OnYouTube = Awaited<ReturnType<typeof youtubeOnPractice>>;

export function variant(media: readonly Media[], part: Partial<Variant> = {}): Variant {
  const options = { title: "Clean water", ...part.options };
  return { role: "post", text: "Clean water is a right.", link: null, media, ...part, options };
}

/** Prepares as the engine does: stores each answer before the next step, and lets the platform's time pass. */
export async function prepareFully(
  { clock }: Pick<World, "clock">,
  content: Variant,
  call: YouTubeCall,
  from?: Prepared,
): Promise<Prepared> {
  let soFar = from;
  for (let round = 0; round < 200; round++) {
    soFar = stored((await youtube.prepare?.(content, { ...call, ...(soFar && { soFar }) })) as Prepared);
    if (soFar.pollAfterMs === undefined) return soFar;
    clock.advance(soFar.pollAfterMs);
  }
  throw new Error("prepare never came to an end");
}

/** The head of an MP4 and then noise: enough for whoever looks at the head only. */
export function clip(bytes: number): Uint8Array<ArrayBuffer> {
  const file = Buffer.alloc(bytes, "noise ");
  file.writeUInt32BE(24, 0);
  file.write("ftypisom\0\0\x02\0isommp42", 4, "latin1");
  return new Uint8Array(file);
}
