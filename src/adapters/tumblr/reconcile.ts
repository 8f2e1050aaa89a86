import type { Absent, Pending, Published, Question, Unknown } from "../contract/adapter.ts";
import type { ShownPost, TumblrCall } from "./api.ts";
import { contentOf } from "./blocks.ts";
import { isSameAddress } from "./links.ts";
import { ownPosts } from "./own-posts.ts";
import { hasVideo, published, transcoding } from "./publish.ts";
import { isReblog } from "./recent.ts";
import { comparable } from "./text.ts";

/** Tumblr's clock and ours may differ. */
const skewMs = 60_000;
/** A video is on no list before it is processed, so for this long its absence says nothing. */
const longestTranscodingMs = 60 * 60_000;

/** Looks for the post among those the blog published since it was sent. */
export async function reconcile(
  question: Question,
  call: TumblrCall,
): Promise<Published | Pending | Absent | Unknown> {
  const { posts, isWhole } = await ownPosts(new Date(question.sentAt.getTime() - skewMs), call);
  const known = posts.find((post) => isHandle(post, question.handle));
  if (known) return published(known, call);
  const [match, ...others] = posts.filter((post) => isOurs(post, question));
  if (others.length > 0 || !isWhole) return { state: "unknown" };
  return match ? published(match, call) : whileMissing(question, call);
}

function isHandle(
  { id_string: id, genesis_post_id: genesis }: ShownPost,
  handle: string | undefined,
): boolean {
  return handle !== undefined && (id === handle || genesis === handle);
}

function whileMissing({ variant, handle, sentAt }: Question, call: TumblrCall): Pending | Absent | Unknown {
  const waits = call.now().getTime() - sentAt.getTime() < longestTranscodingMs;
  if (handle !== undefined) return waits ? transcoding(handle) : { state: "unknown" };
  return hasVideo(variant) && waits ? { state: "unknown" } : { state: "absent" };
}

/** The same words, as many pictures and videos, and the same link. */
function isOurs(post: ShownPost, { variant }: Question): boolean {
  const sent = contentOf(variant).content;
  const links = [linkIn(sent), linkIn(post.content)] as const;
  return (
    !isReblog(post) &&
    wordsOf(sent) === wordsOf(post.content) &&
    (["image", "video"] as const).every((type) => count(sent, type) === count(post.content, type)) &&
    isSameAddress(...links)
  );
}

interface AnyBlock {
  readonly type: string;
  readonly text?: string;
  readonly url?: string;
}

function wordsOf(content: readonly AnyBlock[]): string {
  return comparable(content.map(({ type, text = "" }) => (type === "text" ? text : "")).join("\n"));
}

function count(content: readonly AnyBlock[], type: "image" | "video"): number {
  return content.filter((block) => block.type === type).length;
}

function linkIn(content: readonly AnyBlock[]): string {
  return content.find(({ type }) => type === "link")?.url ?? "";
}
