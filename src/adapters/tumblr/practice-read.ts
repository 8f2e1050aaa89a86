import { createHash } from "node:crypto";
import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { blogsOf, type PracticeBlog } from "./practice-access.ts";
import type { PracticeBlock } from "./practice-content.ts";
import { answer, notFound, problem } from "./practice-replies.ts";
import { recordsOf } from "./practice-state.ts";

/** GET /v2/user/info */
export function readUser(userId: string, _request: PracticeRequest, network: PracticeNetwork): PracticeReply {
  const blogs = blogsOf(network)
    .list()
    .filter(([, blog]) => blog.userId === userId)
    .map(([, blog], index) => ({ ...blogEntity(blog, network), primary: index === 0, followers: 0 }));
  return answer(200, { user: { name: blogs[0]?.name, following: 0, likes: 0, blogs } });
}

// https://www.tumblr.com/docs/en/api/v2#posts--retrieve-published-posts (checked 2026-11)
export function readPosts(
  blog: PracticeBlog,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const limit = Number(query.get("limit") ?? 20);
  const before = query.get("before");
  const offset = query.get("offset");
  if (!Number.isInteger(limit) || limit < 1 || limit > 20 || (before !== null && offset !== null))
    return problem(400, 0, "Hit a glitch. Try again.");
  // Without it Tumblr answers in the format of old, which the practice network does not keep.
  if (query.get("npf") !== "true") return problem(400, 0, "Hit a glitch. Try again.");
  const all = publicPosts(blog, network);
  const found = all.filter((post) => before === null || secondsOf(post) < Number(before));
  const posts = found
    .slice(Number(offset ?? 0))
    .slice(0, limit)
    .map((post) => entity(post, blog, network));
  return answer(200, { blog: blogEntity(blog, network), posts, total_posts: all.length });
}

// https://www.tumblr.com/docs/en/api/v2#notes---get-notes-for-a-specific-post (checked 2026-11)
export function readNotes(
  blog: PracticeBlog,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  if (!publicPosts(blog, network).some(({ id }) => id === query.get("id"))) return notFound("post");
  const inConversation = query.get("mode") === "conversation";
  const totals = inConversation ? { rollup_notes: [], total_likes: 0, total_reblogs: 0 } : {};
  return answer(200, { notes: [], total_notes: 0, ...totals });
}

/** POST /v2/blog/{blog}/post/delete */
export function deletePost(
  blog: PracticeBlog,
  { fields, json }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const id = String(fields.id ?? (json as { id?: unknown } | undefined)?.id);
  if (network.post(id)?.accountId !== blog.uuid) return notFound("post");
  network.remove(id);
  return answer(200, { id });
}

function publicPosts(blog: PracticeBlog, network: PracticeNetwork): PracticePost[] {
  const now = network.now().toISOString();
  return network.posts(blog.uuid).filter(({ id }) => (recordsOf(network).get(id)?.publicAt ?? now) <= now);
}

function secondsOf({ createdAt }: PracticePost): number {
  return Math.floor(Date.parse(createdAt) / 1000);
}

function blogEntity({ uuid, name, title }: PracticeBlog, { baseUrl }: PracticeNetwork) {
  return { uuid, name, title, url: `${baseUrl}/@${name}`, type: "public" };
}

export function entity(post: PracticePost, blog: PracticeBlog, network: PracticeNetwork) {
  const { content = [], layout = [], tags = [], genesisId = null } = recordsOf(network).get(post.id) ?? {};
  return {
    object_type: "post",
    type: "blocks",
    is_blocks_post_format: true,
    id: Number(post.id), // too large to be exact, as with Tumblr's own
    id_string: post.id,
    ...(genesisId !== null && { genesis_post_id: genesisId }),
    blog_name: blog.name,
    tumblelog_uuid: blog.uuid,
    post_url: `${network.baseUrl}/${blog.name}/${post.id}`,
    timestamp: secondsOf(post),
    date: post.createdAt.slice(0, 19).replace("T", " ").concat(" GMT"),
    state: "published",
    reblog_key: createHash("sha256").update(post.id).digest("base64url").slice(0, 8),
    tags,
    note_count: 0,
    content: content.map(shownBlock),
    layout,
    trail: [],
  };
}

/** Addresses within a text may come back as ones that go through Tumblr's servers. https://www.tumblr.com/docs/npf#inline-format-type-link (checked 2026-11) */
function shownBlock(block: PracticeBlock): PracticeBlock {
  if (!block.formatting) return block;
  const formatting = block.formatting.map((range) =>
    range.url === undefined
      ? range
      : { ...range, url: `https://t.umblr.com/redirect?z=${encodeURIComponent(range.url)}&t=practice` },
  );
  return { ...block, formatting };
}
