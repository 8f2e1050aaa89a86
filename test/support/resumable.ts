import type { ApiAnswer, ComposedApi } from "./composed-api.ts";

const type = "application/offset+octet-stream";

/** Uploads in parts, in plain requests. */
export function resumable(api: Pick<ComposedApi, "call">, more: Record<string, string> = {}) {
  const headers = { "tus-resumable": "1.0.0", ...more };
  return {
    /** @returns its address */
    async begin(bytes: number, altText?: string): Promise<string> {
      const answer = await this.tryBegin(bytes, altText);
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
      return answer.headers.get("location") ?? "";
    },
    tryBegin(bytes: number, altText?: string): Promise<ApiAnswer> {
      const metadata = altText !== undefined && {
        "upload-metadata": `filename ${encoded("Meeting at the safe house.mp4")},altText ${encoded(altText)}`,
      };
      return api.call("POST", "/v1/media/uploads", undefined, {
        ...headers,
        "upload-length": String(bytes),
        ...metadata,
      });
    },
    send: (path: string, offset: number, part: Uint8Array): Promise<ApiAnswer> =>
      api.call("PATCH", path, part, { ...headers, "content-type": type, "upload-offset": String(offset) }),
    async offset(path: string): Promise<number> {
      return Number((await api.call("HEAD", path, undefined, headers)).headers.get("upload-offset") ?? -1);
    },
  };
}

function encoded(text: string): string {
  return Buffer.from(text).toString("base64");
}
