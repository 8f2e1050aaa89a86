import { createReadStream } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import type { PracticeFile, PracticeNetwork } from "../../practice/kit.ts";
import { realType } from "../../practice/real-type.ts";

/** Makes one file of what came in pieces. A file that is no video is taken all the same: processing finds out. */
export async function keepWhole(
  parts: readonly PracticeFile[],
  network: PracticeNetwork,
): Promise<{ readonly url: string; readonly failure: string | null }> {
  const path = `${parts[0]?.path}-whole`;
  await writeFile(path, bytesOf(parts));
  for (const part of parts) await rm(part.path, { force: true });
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
  const file = { path, bytes, mimeType: "", filename: "" };
  const mimeType = await realType(file);
  if (mimeType?.startsWith("video/"))
    return { url: await network.keep({ ...file, mimeType }), failure: null };
  await rm(path, { force: true });
  return { url: "", failure: "invalidFile" };
}

async function* bytesOf(parts: readonly PracticeFile[]): AsyncIterable<Uint8Array> {
  for (const { path } of parts) yield* createReadStream(path);
}
