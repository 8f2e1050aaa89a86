import { post, postJson, type RedditCall } from "./api.ts";
import type { Submission } from "./content.ts";
import { unreadable } from "./errors.ts";

/** What `prepare` found and uploaded. */
export interface Ready {
  readonly flairId: string | null;
  /** In the post's order. */
  readonly assetIds: readonly string[];
  readonly urls: readonly string[];
  readonly captions: readonly string[];
  readonly posterUrl: string | null;
}

/** A post that is there; or, for pictures and videos, where its coming is told, if anywhere. */
export type Accepted =
  | { readonly fullname: string; readonly url: string | undefined }
  | { readonly resultUrl: string | null };

interface Answer {
  readonly json?: {
    readonly errors?: unknown;
    readonly data?: {
      readonly id?: unknown;
      readonly url?: unknown;
      readonly websocket_url?: unknown;
      readonly user_submitted_page?: unknown;
    };
  };
}

/** The one request that publishes. https://www.reddit.com/dev/api#POST_api_submit (checked 2026-11) */
export async function submit(call: RedditCall, submission: Submission, ready: Ready): Promise<Accepted> {
  const answer =
    submission.kind === "gallery"
      ? await postJson<Answer>(call, "/api/submit_gallery_post.json", galleryOf(submission, ready))
      : await post<Answer>(call, "/api/submit", formOf(submission, ready));
  return accepted(answer);
}

function formOf(
  { kind, subreddit, title, body, url, nsfw }: Submission,
  ready: Ready,
): Record<string, string> {
  const target = kind === "link" ? url : ready.urls[0];
  return {
    kind,
    sr: subreddit,
    title,
    ...(body !== "" && { text: body }),
    ...(kind !== "self" && { url: target ?? "" }),
    ...(ready.posterUrl !== null && { video_poster_url: ready.posterUrl }),
    ...(ready.flairId !== null && { flair_id: ready.flairId }),
    nsfw: String(nsfw),
    spoiler: "false",
    sendreplies: "true",
    // Without it a stranger who posts the link first could keep ours out; we look before we send anything again.
    resubmit: "true",
    validate_on_submit: "true",
  };
}

/** Not in Reddit's own list; as its website and PRAW send it (checked 2026-11). */
function galleryOf({ subreddit, title, body, nsfw }: Submission, ready: Ready): Record<string, unknown> {
  return {
    sr: subreddit,
    title,
    ...(body !== "" && { text: body }),
    items: ready.assetIds.map((id, index) => ({
      media_id: id,
      caption: ready.captions[index] ?? "",
      outbound_url: "",
    })),
    ...(ready.flairId !== null && { flair_id: ready.flairId }),
    nsfw,
    spoiler: false,
    sendreplies: true,
    show_error_list: true,
    validate_on_submit: true,
  };
}

/** Ids come without their kind from one endpoint and with it from the other. */
function accepted({ json }: Answer): Accepted {
  const { id, url, websocket_url: resultUrl, user_submitted_page: page } = json?.data ?? {};
  if (!Array.isArray(json?.errors)) throw unreadable();
  if (typeof id === "string" && /^(?:t3_)?[a-z0-9]{1,13}$/.test(id))
    return {
      fullname: id.startsWith("t3_") ? id : `t3_${id}`,
      url: typeof url === "string" ? url : undefined,
    };
  if (typeof resultUrl === "string") return { resultUrl };
  if (resultUrl === null || typeof page === "string") return { resultUrl: null };
  throw unreadable();
}
