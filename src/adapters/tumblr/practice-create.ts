import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { PracticeBlog } from "./practice-access.ts";
import {
  contentRefusal,
  type Files,
  mediaOf,
  type PracticeBlock,
  withoutEmptyEdges,
} from "./practice-content.ts";
import { stored } from "./practice-files.ts";
import { answer, malformed, problem } from "./practice-replies.ts";
import { dayOf, nextId, putDay, recordsOf } from "./practice-state.ts";

// https://www.tumblr.com/docs/en/api/v2#rate-limits (checked 2026-11); the minutes of video are not looked at
const mostPerDay = { posts: 250, images: 250, videos: 20 };
const transcodingMs = 10_000;

interface Body {
  readonly content: readonly PracticeBlock[];
  readonly layout: readonly unknown[];
  readonly tags: readonly string[];
}

/** POST /v2/blog/{blog}/posts */
export async function createPost(
  blog: PracticeBlog,
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const body = parse(request);
  if ("status" in body) return body;
  const content = await stored(body.content, request.files, network);
  if ("status" in content) return content;
  // From here on nothing waits, so that two posts at once cannot pass a limit together.
  return limitRefusal(blog, content, network) ?? publish(blog, { ...body, content }, network);
}

/** For the ledger, whatever else is wrong with the request. */
export function textOf(request: PracticeRequest): string {
  const { content } = (jsonOf(request) ?? {}) as { content?: unknown };
  return Array.isArray(content) ? textIn(content as PracticeBlock[]) : "";
}

/** @param kept addresses of the files that the post has already */
export function parse(request: PracticeRequest, kept: Files["kept"] = []): Body | PracticeReply {
  const json = jsonOf(request);
  if (typeof json !== "object" || json === null) return malformed();
  const { content, layout, tags = "", state = "published" } = json as Record<string, unknown>;
  // The adapter publishes at once; queues and drafts are not part of the practice network.
  if (state !== "published" || typeof tags !== "string") return malformed();
  const refusal = contentRefusal(content, layout, { sent: request.files, kept });
  return (
    refusal ?? {
      content: withoutEmptyEdges(content as readonly PracticeBlock[]),
      layout: Array.isArray(layout) ? layout : [],
      tags: tags.split(",").flatMap((tag) => tag.trim() || []),
    }
  );
}

/** The whole body, or the first part of a form. */
function jsonOf({ json, fields }: PracticeRequest): unknown {
  if (json !== undefined) return json;
  try {
    return JSON.parse(fields.json ?? "") as unknown;
  } catch {
    return undefined;
  }
}

function limitRefusal(
  { userId, uuid }: PracticeBlog,
  content: readonly PracticeBlock[],
  network: PracticeNetwork,
): PracticeReply | undefined {
  const day = dayOf(userId, network);
  const images = count(content, "image");
  const videos = count(content, "video");
  if (day.posts >= mostPerDay.posts)
    return problem(403, 8023, "Oops! You've hit your post limit for today. Come back tomorrow!");
  if (images > 0 && day.images + images > mostPerDay.images)
    return problem(403, 8004, "You have hit a posting or media upload limit for the day.");
  if (videos === 0) return undefined;
  if (day.videos >= mostPerDay.videos)
    return problem(403, 8011, "You can't upload any more videos today. Come back tomorrow!");
  const now = network.now().toISOString();
  const isBusy = network.posts(uuid).some(({ id }) => (recordsOf(network).get(id)?.publicAt ?? "") > now);
  return isBusy ? problem(403, 8010, "You have a video that is still being processed.") : undefined;
}

/** The timelines show a video at once; Tumblr's own lists only when it is processed, under another id than it answers here. */
function publish(
  blog: PracticeBlog,
  { content, layout, tags }: Body,
  network: PracticeNetwork,
): PracticeReply {
  const now = network.now();
  const isVideo = count(content, "video") > 0;
  const genesisId = isVideo ? nextId(network) : null;
  const id = nextId(network);
  const publicAt = new Date(now.getTime() + (isVideo ? transcodingMs : 0)).toISOString();
  recordsOf(network).put(id, { content, layout, tags, genesisId, publicAt });
  const day = dayOf(blog.userId, network);
  const images = day.images + count(content, "image");
  putDay(blog.userId, { posts: day.posts + 1, images, videos: day.videos + (isVideo ? 1 : 0) }, network);
  network.publish({
    id,
    accountId: blog.uuid,
    handle: blog.name,
    name: blog.title,
    replyTo: null,
    createdAt: now.toISOString(),
    ...shown(content, tags),
  });
  const said = isVideo
    ? {
        id: genesisId,
        state: "transcoding",
        display_text: "Your video is still processing, please wait a few minutes for it to appear.",
      }
    : { id, state: "published", display_text: `Posted to ${blog.name}` };
  return answer(201, said);
}

/** What the timelines show of a post. */
export function shown(
  content: readonly PracticeBlock[],
  tags: readonly string[],
): Pick<PracticePost, "text" | "link" | "media" | "extra"> {
  const title = titleOf(content);
  return {
    text: textIn(content),
    link: content.find(({ type }) => type === "link")?.url ?? null,
    media: content.flatMap(shownMedia),
    extra: { ...(title !== undefined && { title }), ...(tags.length > 0 && { tags: tags.join(", ") }) },
  };
}

function shownMedia(block: PracticeBlock): PracticePost["media"][number][] {
  const url = mediaOf(block)?.url;
  if (url === undefined || (block.type !== "image" && block.type !== "video")) return [];
  return [{ url, kind: block.type, altText: block.alt_text ?? "" }];
}

function titleOf([first]: readonly PracticeBlock[]): string | undefined {
  return first?.subtype === "heading1" ? first.text : undefined;
}

function textIn(content: readonly PracticeBlock[]): string {
  const texts = content
    .slice(titleOf(content) === undefined ? 0 : 1)
    .filter((block) => block?.type === "text");
  return texts.map(({ text }) => text ?? "").join("\n\n");
}

function count(content: readonly PracticeBlock[], type: PracticeBlock["type"]): number {
  return content.filter((block) => block.type === type).length;
}
