import type { Platform } from "../domain/platform.ts";
import type { Variant } from "../domain/post.ts";
import type { Database } from "./database.ts";
import type { ClaimedAccount } from "./hot/claim.ts";
import type { NewVariant } from "./insert-posts.ts";

/** A post on one account that is public, as it was sent. */
export interface PublicCopy {
  readonly id: string;
  readonly platform: Platform;
  readonly externalId: string | null;
  readonly externalUrl: string | null;
  readonly variantId: string;
  readonly variant: Variant;
  /** Null: the account is disconnected. */
  readonly account: ClaimedAccount | null;
}

/** The first part of a post on one account; undefined where that is not public. */
export async function findPublicCopy(
  db: Database,
  workspaceId: string,
  postId: string,
  accountId: string,
): Promise<PublicCopy | undefined> {
  const { rows } = await db.pool.query<PublicCopy>(
    `select d.id, d.platform, d.external_id as "externalId", d.external_url as "externalUrl", d.variant_id as "variantId",
       v.content as variant, case when g.id is not null then json_build_object('id', a.id, 'externalId', a.external_id,
         'handle', a.handle, 'mode', a.mode, 'baseUrl', a.base_url, 'grantId', a.grant_id, 'grantVersion', g.version,
         'grantExpiresAt', g.expires_at) end as account
     from deliveries d join variants v on v.id = d.variant_id join accounts a on a.id = d.account_id
     left join grants g on g.id = a.grant_id
     where d.workspace_id = $1 and d.post_id = $2 and d.account_id = $3 and d.part = 0 and d.state = 'published'`,
    [workspaceId, postId, accountId],
  );
  return rows[0];
}

/** Mirroring itself has changed a post of its own. */
export async function noteOwnRevision(
  tx: Database,
  workspaceId: string,
  postId: string,
  revision: number,
): Promise<void> {
  await tx.pool.query("update arrivals set post_revision = $3 where workspace_id = $1 and post_id = $2", [
    workspaceId,
    postId,
    revision,
  ]);
}

/** What a public copy was changed to, as its author would have given it. */
export interface NewWords {
  /** What the post says where nothing else is said for an account. */
  readonly text: string;
  readonly variant: Readonly<Record<string, unknown>>;
}

// Where every account has words of its own, the post's are only to be read.
const allHaveTheirOwn = `not exists (select 1 from jsonb_array_elements_text(p.content->'accounts') a(id)
  where p.content->'variants'->a.id->>'text' is null)`;

/** What is public there has other words now, and its post shows them. */
export async function noteEdited(
  db: Database,
  workspaceId: string,
  copy: PublicCopy,
  variant: NewVariant,
  words: NewWords,
): Promise<void> {
  await db.pool.query(
    `with new_variant as (
       insert into variants (id, workspace_id, post_id, content, payload_hash) values ($3, $1, $4, $5, $6) returning id
     ), edited as (
       update deliveries d set variant_id = $3, payload_hash = $6 from new_variant
       where d.workspace_id = $1 and d.id = $2 and d.state = 'published' and d.variant_id = $7
       returning d.*
     ), shown as (
       update posts p set revision = revision + 1, updated_at = now(), text = case when ${allHaveTheirOwn} then $8 else text end,
         content = jsonb_set(case when ${allHaveTheirOwn} then p.content || jsonb_build_object('text', $8::text) else p.content end,
           array['variants', e.account_id], coalesce(p.content->'variants'->e.account_id, '{}') || $9::jsonb)
       from edited e where p.workspace_id = $1 and p.id = e.post_id
     ), ours as (
       update arrivals r set post_revision = r.post_revision + 1 from edited e
       where r.workspace_id = $1 and r.post_id = e.post_id
     ), event as (
       insert into delivery_events (workspace_id, type, delivery_id, post_id, account_id, fence)
       select workspace_id, 'delivery.edited', id, post_id, account_id, fence from edited
     )
     select id from edited`,
    [
      workspaceId,
      copy.id,
      variant.id,
      variant.postId,
      variant.content,
      variant.payloadHash,
      copy.variantId,
      words.text,
      JSON.stringify(words.variant),
    ],
  );
}
