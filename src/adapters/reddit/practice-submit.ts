import { randomBytes } from "node:crypto";
import { isUrl } from "../../domain/is-url.ts";
import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { Kind } from "./content.ts";
import { plainText } from "./markdown.ts";
import type { PracticeUser } from "./practice-access.ts";
import { jsonError } from "./practice-errors.ts";
import { nextId } from "./practice-ids.ts";
import { uploaded, uploadedAt } from "./practice-media.ts";
import { type Draft, refusalBy } from "./practice-rules.ts";
import { type PracticeSubreddit, subredditNamed } from "./practice-subreddits.ts";
import { maxBody, maxCaption, maxTitle } from "./rules.ts";

interface File {
  readonly url: string;
  readonly kind: "image" | "video";
  readonly isWhatItSays: boolean;
  readonly assetId: string;
  readonly caption: string;
}

interface Given extends Draft {
  readonly sr: string;
  readonly media: readonly (File | undefined)[];
  readonly nsfw: boolean;
}

const kinds: readonly string[] = ["self", "link", "image", "video"] satisfies Kind[];

/** POST /api/submit */
export function submitPost(
  user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { fields } = request;
  const { kind = "", sr = "", title = "", text = "", url = "" } = fields;
  if (fields.api_type !== "json") return { status: 200, body: { jquery: [], success: false } };
  if (!kinds.includes(kind)) return jsonError("INVALID_OPTION", "that option is not valid", "kind");
  const isFile = kind === "image" || kind === "video";
  const file = isFile ? uploadedAt(url, user, network) : undefined;
  const assetId = url.split("/").at(-1) ?? "";
  if (kind === "video" && !uploadedAt(fields.video_poster_url ?? "", user, network))
    return jsonError("MISSING_VIDEO_URLS", "url and video_poster_url are required", "video_poster_url");
  return create(user, request, network, {
    kind: kind as Kind,
    sr,
    title: title.trim(),
    text: text.trim(),
    url,
    flairId: fields.flair_id ?? "",
    files: isFile ? 1 : 0,
    resubmit: fields.resubmit !== "false",
    nsfw: fields.nsfw === "true",
    media: isFile ? [file && { ...file, assetId, caption: "" }] : [],
  });
}

/** POST /api/submit_gallery_post.json */
export function submitGallery(
  user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const body = (request.json ?? {}) as Record<string, unknown>;
  const items = (Array.isArray(body.items) ? body.items : []) as { media_id?: unknown; caption?: unknown }[];
  if (items.length < 2 || items.length > 20)
    return jsonError("BAD_GALLERY", "a gallery has 2 to 20 items", "items");
  if (items.some(({ caption }) => [...String(caption ?? "")].length > maxCaption))
    return jsonError("TOO_LONG", `this is too long (max: ${maxCaption})`, "caption");
  const said = (name: string) => (typeof body[name] === "string" ? body[name].trim() : "");
  return create(user, request, network, {
    kind: "gallery",
    sr: said("sr"),
    title: said("title"),
    text: said("text"),
    url: "",
    flairId: said("flair_id"),
    files: items.length,
    resubmit: true,
    nsfw: body.nsfw === true,
    media: items.map(({ media_id: id, caption }) => {
      const file = uploaded(String(id), user, network);
      return file?.kind === "image"
        ? { ...file, assetId: String(id), caption: String(caption ?? "") }
        : undefined;
    }),
  });
}

/** What a refused request wanted to say, for the ledger. */
export function textOf({ fields, json }: PracticeRequest): string {
  const text = fields.text ?? (json as { text?: unknown } | null | undefined)?.text;
  return typeof text === "string" ? plainText(text) : "";
}

/** Nothing in it waits: two requests at once cannot pass one check together. */
function create(
  user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
  given: Given,
): PracticeReply {
  const subreddit = subredditNamed(given.sr, user.name);
  if (!subreddit) return jsonError("SUBREDDIT_NOEXIST", "that subreddit doesn't exist", "sr");
  const refusal = contentRefusal(given) ?? refusalBy(subreddit, given, user, network);
  if (refusal) return refusal;
  const media = given.media.flatMap((file) => file ?? []);
  const post = newPost(user, network, subreddit, given, media);
  const isUsable = media.every(({ isWhatItSays }) => isWhatItSays);
  keep(post, subreddit, isUsable, network);
  const page = pageOf(post, network);
  if (given.kind === "self" || given.kind === "link") {
    const id = post.id.slice(3);
    return ok({ url: page, drafts_count: 0, id, name: post.id });
  }
  if (given.kind === "gallery") return ok({ url: page, id: post.id });
  const result = isUsable
    ? { type: "success", payload: { redirect: page } }
    : { type: "failed", payload: {} };
  const key = randomBytes(8).toString("hex");
  network.collection<object>("results").put(key, result);
  return ok({
    user_submitted_page: `${network.baseUrl}/user/${user.name}/submitted/`,
    websocket_url: `ws://${request.headers.host}/reddit/results/${key}?m=AQAA${randomBytes(12).toString("hex")}`,
  });
}

function contentRefusal({ title, text, kind, url, media }: Given): PracticeReply | undefined {
  if (title === "") return jsonError("NO_TEXT", "we need something here", "title");
  if ([...title].length > maxTitle)
    return jsonError("TOO_LONG", `this is too long (max: ${maxTitle})`, "title");
  if ([...text].length > maxBody) return jsonError("TOO_LONG", `this is too long (max: ${maxBody})`, "text");
  if (kind === "link" && url === "") return jsonError("NO_URL", "a url is required", "url");
  if (kind === "link" && !(isUrl(url) && /^https?:/.test(url)))
    return jsonError("BAD_URL", "you should check that url", "url");
  if (media.some((file) => !file)) return jsonError("BAD_URL", "you should check that url", "url");
  return undefined;
}

function newPost(
  user: PracticeUser,
  network: PracticeNetwork,
  subreddit: PracticeSubreddit,
  given: Given,
  media: readonly File[],
): PracticePost {
  return {
    id: `t3_${nextId(network)}`,
    accountId: user.id,
    handle: user.name,
    name: user.title,
    text: plainText(given.text),
    link: given.kind === "link" ? given.url : null,
    media: media.map(({ url, kind, caption }) => ({ url, kind, altText: caption })),
    replyTo: null,
    createdAt: network.now().toISOString(),
    extra: {
      title: given.title,
      subreddit: subreddit.name,
      kind: given.kind,
      markdown: given.text,
      flair: subreddit.flairs.find(({ id }) => id === given.flairId)?.text ?? "",
      assetIds: media.map(({ assetId }) => assetId).join(" "),
      ...(given.nsfw && { nsfw: "true" }),
    },
  };
}

/** Some posts are accepted and never seen: their file is of no use, or the subreddit's filter takes them away. */
function keep(
  post: PracticePost,
  subreddit: PracticeSubreddit,
  isUsable: boolean,
  network: PracticeNetwork,
): void {
  if (!isUsable) {
    network.refuse(post.text, "The file could not be processed");
  } else if (subreddit.moderation === "removes") {
    network.collection<PracticePost>("removed").put(post.id, post);
    network.refuse(post.text, "Removed by the subreddit's filter");
  } else {
    network.publish(post);
  }
}

export function pathOf({ id, extra }: PracticePost): string {
  const words = (extra.title ?? "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "_");
  const slug = encodeURIComponent(words.replace(/^_|_$/g, "").slice(0, 50) || "_");
  return `/r/${extra.subreddit}/comments/${id.slice(3)}/${slug}/`;
}

function pageOf(post: PracticePost, { baseUrl }: PracticeNetwork): string {
  return `${baseUrl}${pathOf(post)}`;
}

function ok(data: object): PracticeReply {
  return { status: 200, body: { json: { errors: [], data } } };
}
