import type { PostRow } from "../db/read-posts.ts";
import type { RefusalIssue } from "../domain/refusal.ts";
import { type DeliveryView, iso, viewDelivery } from "./delivery-view.ts";
import type { PostContent } from "./post-content.ts";

/** A post as the API shows it. Instants are ISO 8601, UTC. */
export interface PostView extends PostContent {
  readonly id: string;
  /** Derived from its deliveries. */
  readonly state: string;
  readonly revision: number;
  readonly dueAt: string | null;
  /** The wall time, where the author gave one, its zone, and the choice where it left one. */
  readonly local: string | null;
  readonly zone: string | null;
  readonly choose: "earlier" | "later" | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly canceledAt: string | null;
  readonly deliveries: readonly DeliveryView[];
}

/** What storing a post had to say about it. */
export interface StoredPost {
  readonly post: PostView;
  readonly warnings: readonly RefusalIssue[];
  readonly skipped: readonly RefusalIssue[];
}

export function viewPost(row: PostRow): PostView {
  return {
    id: row.id,
    state: row.state,
    revision: row.revision,
    ...(row.content as PostContent),
    dueAt: row.dueAt && iso(row.dueAt),
    local: row.wallTime,
    zone: row.zone,
    choose: row.timeChoice,
    createdAt: iso(row.createdAt),
    updatedAt: iso(row.updatedAt),
    canceledAt: row.canceledAt && iso(row.canceledAt),
    deliveries: row.deliveries.map(viewDelivery),
  };
}
