import { openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { fetch as undiciFetch } from "undici";
import type { Hosts, PrepareCall, Prepared, PublishCall } from "../../src/adapters/contract/adapter.ts";
import { commit } from "../../src/adapters/contract/commit.ts";
import type { XCredentials } from "../../src/adapters/x/api.ts";
import { x } from "../../src/adapters/x/index.ts";
import { practice } from "../../src/adapters/x/practice.ts";
import type { Media, Variant } from "../../src/domain/post.ts";
import type { PracticeIdentity } from "../../src/practice/kit.ts";
import { startPracticeNetwork } from "../../src/practice/server.ts";
import { tempFolder } from "./temp-folder.ts";

export type XCall = PublishCall<XCredentials> & PrepareCall<XCredentials>;

/** X on a practice network of its own, with a clock that the test moves, and what calling it takes. */
export async function xOnPractice() {
  const folder = await tempFolder();
  let nowMs = Date.now();
  const now = () => new Date(nowMs);
  const failures: Error[] = [];
  const server = await startPracticeNetwork({
    host: "127.0.0.1",
    port: 0,
    dataDir: folder.path,
    platforms: [practice],
    now,
    log: (message, error) => failures.push(new Error(message, { cause: error })),
  });
  const baseUrl: Hosts = { api: `${server.url}/x`, web: `${server.url}/x` };
  const files = new Map<string, string>();

  return {
    server,
    baseUrl,
    now,
    pass: (ms: number) => {
      nowMs += ms;
    },
    account: (handle: string) => server.register("x", handle),
    call(identity: PracticeIdentity, more: Partial<XCall> = {}): XCall {
      return {
        credentials: { accessToken: identity.credentials.accessToken ?? "" },
        account: identity,
        baseUrl,
        fetch: undiciFetch as unknown as typeof fetch,
        firstMessage: () => Promise.reject(new Error("X has no sockets")),
        now,
        signal: AbortSignal.timeout(30_000),
        media: {
          open: async (id) => openAsBlob(files.get(id) ?? ""),
          publicUrl: () => {
            throw new Error("X takes bytes");
          },
        },
        deliveryKey: "dlv_1",
        commit: (send) => commit(async () => {}, send),
        ...more,
      };
    },
    async file(mimeType: string, bytes: Uint8Array, altText = ""): Promise<Media> {
      const id = `med_${files.size + 1}`;
      const path = join(folder.path, id);
      await writeFile(path, bytes);
      files.set(id, path);
      const kind = mimeType.startsWith("video/") ? "video" : "image";
      const durationMs = kind === "video" ? 10_000 : null;
      return { id, kind, mimeType, bytes: bytes.length, width: 64, height: 64, durationMs, altText };
    },
    async close() {
      await server.close();
      await folder.remove();
      if (failures.length > 0) throw new AggregateError(failures, "The practice network failed");
    },
  };
}

export type XOnPractice = Awaited<ReturnType<typeof xOnPractice>>;

/** Prepares as the engine does, letting the platform's time pass. */
export async function prepareFully(
  variant: Variant,
  call: XCall,
  pass: (ms: number) => void,
): Promise<Prepared> {
  let soFar: Prepared | undefined;
  for (let round = 0; round < 100; round++) {
    soFar = await x.prepare?.(variant, { ...call, ...(soFar && { soFar }) });
    if (soFar?.pollAfterMs === undefined) break;
    pass(soFar.pollAfterMs);
  }
  return soFar as Prepared;
}

export function variant(part: Partial<Variant>): Variant {
  return { role: "post", text: "Hello", link: null, media: [], options: {}, ...part };
}

export function picture(format: "jpeg" | "png" | "gif" | "webp"): Promise<Buffer> {
  return sharp({ create: { width: 64, height: 64, channels: 3, background: "#1d6fa5" } })
    .toFormat(format)
    .toBuffer();
}

/** The head of an MP4 and then noise: enough for whoever looks at the head only. */
export function video(bytes: number): Buffer<ArrayBuffer> {
  const file = Buffer.alloc(bytes, "noise ");
  file.writeUInt32BE(24, 0);
  file.write("ftypisom\0\0\x02\0isommp42", 4, "latin1");
  return file;
}
