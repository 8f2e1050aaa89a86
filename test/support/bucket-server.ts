import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import S3rver from "s3rver";
import { tempFolder } from "./temp-folder.ts";

export type BucketServer = Awaited<ReturnType<typeof startBucketServer>>;

/** An S3 server with one bucket, which can go away and come back. It does not know how to give up an upload in parts. */
export async function startBucketServer() {
  const folder = await tempFolder();
  const state = { server: undefined as S3rver | undefined, port: 0 };
  const start = async () => {
    if (state.server) return;
    state.server = new S3rver({
      address: "127.0.0.1",
      port: state.port,
      silent: true,
      directory: folder.path,
      configureBuckets: [{ name: "files", configs: [] }],
    });
    state.port = (await state.server.run()).port;
  };
  const stop = async () => {
    await state.server?.close();
    state.server = undefined;
  };
  await start();
  return {
    start,
    stop,
    url: `http://127.0.0.1:${state.port}`,
    /** Settings for an API that keeps its files here. */
    env: {
      S3_BUCKET: "files",
      S3_ENDPOINT: `http://127.0.0.1:${state.port}`,
      S3_ACCESS_KEY_ID: "S3RVER",
      S3_SECRET_ACCESS_KEY: "S3RVER-secret-of-the-bucket",
      S3_PREFIX: "clarion/media",
    },
    /** The keys of all objects that are whole. */
    async keys(): Promise<string[]> {
      const names = await readdir(join(folder.path, "files"), { recursive: true }).catch(() => []);
      return names.flatMap((name) => /^(?!\.)(.*)\._S3rver_object$/.exec(name)?.[1] ?? []);
    },
    /** Loses every object. */
    forget: () => rm(join(folder.path, "files", "clarion"), { recursive: true, force: true }),
    async close() {
      await stop();
      await folder.remove();
    },
  };
}
