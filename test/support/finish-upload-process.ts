import { pino } from "pino";
import { readSettings } from "../../config/env.ts";
import { adapters } from "../../src/adapters/registry.ts";
import { makeWorld } from "../../src/compose/make-world.ts";
import type { Connection } from "../../src/db/database.ts";
import { finishUpload } from "../../src/media/finish-upload.ts";

export interface FinishJob {
  readonly env: Readonly<Record<string, string>>;
  readonly connection: Connection;
  readonly workspaceId: string;
  readonly id: string;
  /** Where it dies by its own hand, as by kill -9: with the file on the shelf, or with its row there. */
  readonly dieAt: "kept" | "stored" | null;
}

// A process of its own that finishes one upload and says which file it became.
const { env, connection, workspaceId, id, dieAt } = JSON.parse(process.argv[2] ?? "") as FinishJob;
const { world } = await makeWorld(readSettings(env), adapters, connection, pino({ level: "silent" }));
const { media } = world;
const dying = {
  ...media,
  async keep(path: string) {
    const storageKey = await media.keep(path);
    if (dieAt === "kept") process.kill(process.pid, "SIGKILL");
    return storageKey;
  },
  urls: {
    ...media.urls,
    path(mediaId: string) {
      if (dieAt === "stored") process.kill(process.pid, "SIGKILL");
      return media.urls.path(mediaId);
    },
  },
};
process.stdout.write(await finishUpload({ ...world, media: dying }, workspaceId, id));
process.exit(0);
