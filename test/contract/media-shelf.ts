import { once } from "node:events";
import { createReadStream, openAsBlob } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import sharp from "sharp";
import type { MediaAccess } from "../../src/adapters/contract/adapter.ts";
import type { MediaLimit } from "../../src/adapters/contract/capabilities.ts";
import type { Media, MediaKind } from "../../src/domain/post.ts";
import { isVideoType, tinyVideo } from "./tiny-video.ts";

const imageFormats = {
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/webp": "webp",
  "image/gif": "gif",
} as const;

/** Real files in the shape a platform takes, and the server it may pull them from. */
export interface MediaShelf {
  readonly access: MediaAccess;
  /** Undefined for a type we cannot make here. */
  make(
    kind: MediaKind,
    mimeType: string,
    limit: MediaLimit,
    altText: string,
    weight?: "heavy",
  ): Promise<Media | undefined>;
  close(): void;
}

export async function openMediaShelf(folder: string): Promise<MediaShelf> {
  const files = new Map<string, { path: string; media: Media }>();
  const server = createServer((request, response) => {
    const file = files.get(request.url?.slice(1) ?? "");
    if (!file) return void response.writeHead(404).end();
    response.writeHead(200, { "content-type": file.media.mimeType });
    createReadStream(file.path).pipe(response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    access: {
      open: (mediaId) => openAsBlob(files.get(mediaId)?.path ?? ""),
      publicUrl: (mediaId) => `http://127.0.0.1:${port}/${mediaId}`,
    },
    async make(kind, mimeType, limit, altText, weight) {
      const shape = shapeWithin(limit);
      const plain = await contentOf(mimeType, shape);
      if (!plain) return undefined;
      const content = weight ? heavier(plain) : plain;
      const id = `med_${files.size + 1}`;
      const path = join(folder, id);
      await writeFile(path, content);
      const media: Media = {
        id,
        kind,
        mimeType,
        bytes: content.length,
        width: shape.width,
        height: shape.height,
        durationMs: kind === "video" ? shape.seconds * 1000 : null,
        altText,
      };
      files.set(id, { path, media });
      return media;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

interface Shape {
  readonly width: number;
  readonly height: number;
  readonly seconds: number;
}

/** As square as the limits allow, and five seconds where they allow that. */
function shapeWithin(limit: MediaLimit): Shape {
  const aspect = Math.min(Math.max(1, limit.minAspect ?? 0), limit.maxAspect ?? Number.POSITIVE_INFINITY);
  const width = Math.ceil(Math.max(640, limit.minWidth ?? 0) / 16) * 16;
  const seconds = Math.min(
    Math.max(5, Math.ceil((limit.minDurationMs ?? 0) / 1000)),
    Math.floor((limit.maxDurationMs ?? Number.POSITIVE_INFINITY) / 1000),
  );
  return { width, height: Math.round(width / aspect / 16) * 16, seconds };
}

async function contentOf(mimeType: string, shape: Shape): Promise<Uint8Array | undefined> {
  if (isVideoType(mimeType)) return tinyVideo(mimeType, shape);
  const format = imageFormats[mimeType as keyof typeof imageFormats];
  if (!format) return undefined;
  const { width, height } = shape;
  return sharp({ create: { width, height, channels: 3, background: "#2a6b99" } })
    .toFormat(format)
    .toBuffer();
}

/** What follows a picture's end is not looked at; in a video it is an empty box, which players skip. */
function heavier(content: Uint8Array): Uint8Array {
  const box = Buffer.alloc(20_000);
  box.writeUInt32BE(box.length);
  box.write("free", 4);
  return Buffer.concat([content, box]);
}
