import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { Readable } from "node:stream";
import { text as readText } from "node:stream/consumers";
import type { ApiAnswer, ComposedApi } from "./composed-api.ts";

export interface UploadOptions {
  readonly name?: string;
  readonly type?: string;
  readonly altText?: string;
  readonly headers?: Record<string, string>;
}

export type MediaFiles = ReturnType<typeof mediaFiles>;

const megabyte = 1024 * 1024;

/** Sending files to an API, and looking at what lies on its disk. */
export function mediaFiles(api: ComposedApi) {
  const formHeaders = () => ({
    authorization: `Bearer ${api.key}`,
    "content-type": "multipart/form-data; boundary=BOUND",
  });
  return {
    formHeaders,

    upload(
      file: Buffer,
      { name = "file", type = "", altText, headers = {} }: UploadOptions = {},
    ): Promise<ApiAnswer> {
      const form = new FormData();
      if (altText !== undefined) form.append("altText", altText);
      form.append("file", new Blob([new Uint8Array(file)], { type }), name);
      return api.call("POST", "/v1/media", form, headers);
    },

    /** Sends a file that begins like this and goes on with zeros, in pieces. */
    async stream(zeros: number, head: Buffer): Promise<{ status: number; text: string }> {
      const [before, after] = rawForm(Buffer.from("|")).toString().split("|") as [string, string];
      const client = request(`${api.url}/v1/media`, { method: "POST", headers: formHeaders() });
      const pieces = function* () {
        yield before;
        yield head;
        const piece = Buffer.alloc(megabyte);
        for (let sent = 0; sent < zeros; sent += piece.length) yield piece;
        yield after;
      };
      Readable.from(pieces()).pipe(client);
      const [answer] = (await once(client, "response")) as [IncomingMessage];
      return { status: answer.statusCode ?? 0, text: await readText(answer) };
    },

    async bytesOf(path: string): Promise<Buffer> {
      const answer = await fetch(`${api.url}${path}`);
      if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
      return Buffer.from(await answer.arrayBuffer());
    },

    /** Names of what is being received. */
    waiting: () => readdir(join(api.dataDir, "media/incoming")),

    /** How many files are kept. */
    async kept(): Promise<number> {
      const names = await readdir(join(api.dataDir, "media"), { recursive: true });
      return names.filter((name) => /^[0-9a-f]{2}.[0-9a-f]{32}$/.test(name)).length;
    },
  };
}

/** A form with one file, its boundary BOUND. */
export function rawForm(file: Buffer): Buffer {
  const head = '--BOUND\r\ncontent-disposition: form-data; name="file"; filename="a"\r\n\r\n';
  return Buffer.concat([Buffer.from(head), file, Buffer.from("\r\n--BOUND--\r\n")]);
}
