import type { Platform } from "../domain/platform.ts";
import type { Media } from "../domain/post.ts";
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

/** What planning posts needs to know of a workspace, in one round trip. */
export async function findTargets(
  db: Database,
  workspaceId: string,
  accountIds: readonly string[],
  mediaIds: readonly string[],
): Promise<FoundTargets> {
  const { rows } = await db.pool.query<FoundTargets>({
    name: "find-targets",
    text: `select w.paused_at is not null as paused, w.pause_reason as "pauseReason",
        coalesce((select json_agg(json_build_object('id', id, 'platform', platform, 'handle', handle, 'state', state))
          from accounts where workspace_id = w.id and id = any($2)), '[]') as accounts,
        coalesce((select json_agg(json_build_object('id', id, 'kind', kind, 'mimeType', mime_type, 'bytes', bytes,
            'width', width, 'height', height, 'durationMs', duration_ms, 'altText', alt_text))
          from media where workspace_id = w.id and id = any($3)), '[]') as media
      from workspaces w where w.id = $1`,
    values: [workspaceId, accountIds, mediaIds],
  });
  return rows[0] ?? { accounts: [], media: [], paused: false, pauseReason: null };
}
