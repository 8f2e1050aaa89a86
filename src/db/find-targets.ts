import type { Platform } from "../domain/platform.ts";
import type { Media } from "../domain/post.ts";
import { batched } from "./batched.ts";
import type { Database } from "./database.ts";

export interface FoundTargets {
  readonly accounts: readonly {
    readonly id: string;
    readonly platform: Platform;
    readonly handle: string;
    readonly state: "active" | "held" | "paused" | "disconnected";
  }[];
  readonly media: readonly Media[];
  readonly paused: boolean;
  readonly pauseReason: string | null;
}

interface Wanted {
  readonly accountIds: readonly string[];
  readonly mediaIds: readonly string[];
}

/** What planning posts needs to know of a workspace. May hold more than was asked for. */
export function findTargets(db: Database, workspaceId: string, wanted: Wanted): Promise<FoundTargets> {
  return findForAll(db, workspaceId, wanted);
}

const nothing: FoundTargets = { accounts: [], media: [], paused: false, pauseReason: null };

const findForAll = batched<Wanted, FoundTargets>(async (db, workspaceId, wanted) => {
  const accountIds = wanted.flatMap((one) => one.accountIds);
  const mediaIds = wanted.flatMap((one) => one.mediaIds);
  const { rows } = await db.pool.query<FoundTargets>({
    name: "find-targets",
    text: `select w.paused_at is not null as paused, w.pause_reason as "pauseReason",
        coalesce((select json_agg(json_build_object('id', id, 'platform', platform, 'handle', handle, 'state', state))
          from accounts where workspace_id = w.id and id = any($2)), '[]') as accounts,
        coalesce((select json_agg(json_build_object('id', id, 'kind', kind, 'mimeType', mime_type, 'bytes', bytes,
            'width', width, 'height', height, 'durationMs', duration_ms, 'altText', alt_text, 'videoCodec', video_codec,
            'audioCodec', audio_codec))
          from media where workspace_id = w.id and id = any($3) and of_id is null), '[]') as media
      from workspaces w where w.id = $1`,
    values: [workspaceId, accountIds, mediaIds],
  });
  return wanted.map(() => rows[0] ?? nothing);
});
