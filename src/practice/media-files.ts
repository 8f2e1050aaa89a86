import { createReadStream, existsSync, mkdirSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { PracticeFile } from "./kit.ts";

const extensions: Readonly<Record<string, string>> = {
  "image/jpeg": "jpg",
  "image/png": "png",
  "image/gif": "gif",
  "image/webp": "webp",
  "video/mp4": "mp4",
  "video/quicktime": "mov",
  "video/webm": "webm",
};
const types = new Map(Object.entries(extensions).map(([type, extension]) => [extension, type]));

export interface MediaFiles {
  /** Moves an upload among the kept files; a second time gives the same name. */
  keep(file: PracticeFile): Promise<string>;
  /** False where there is no such file. */
  serve(name: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
}

/** The pictures and videos the timelines show. */
export function openMediaFiles(folder: string): MediaFiles {
  mkdirSync(folder, { recursive: true });
  return {
    async keep(file) {
      const name = `${basename(file.path).split(".")[0]}.${extensions[file.mimeType] ?? "bin"}`;
      const path = join(folder, name);
      if (!existsSync(path)) await rename(file.path, path);
      return name;
    },
    async serve(name, request, response) {
      const path = join(folder, name);
      if (!/^[\w-]+\.\w+$/.test(name) || !existsSync(path)) return false;
      const { size } = await stat(path);
      const range = asked(request.headers.range, size);
      response.writeHead(range ? 206 : 200, {
        "content-type": types.get(name.split(".")[1] ?? "") ?? "application/octet-stream",
        "content-length": range ? range.end - range.start + 1 : size,
        "accept-ranges": "bytes",
        "cache-control": "private, max-age=3600",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
        ...(range && { "content-range": `bytes ${range.start}-${range.end}/${size}` }),
      });
      await pipeline(createReadStream(path, range), response);
      return true;
    },
  };
}

/** One range, as browsers ask for to seek in a video; anything else is answered with the whole file. */
function asked(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? "") ?? [];
  if (first === undefined) return undefined;
  const start = Number(first);
  const end = last ? Math.min(Number(last), size - 1) : size - 1;
  return start <= end ? { start, end } : undefined;
}
