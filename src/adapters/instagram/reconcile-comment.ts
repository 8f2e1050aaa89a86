import type { Absent, Call, Published, Question, Unknown } from "../contract/adapter.ts";
import { textWithLink } from "../contract/text.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { type GraphList, searchBack } from "../families/graph-match.ts";
import { permalinkOf } from "../families/graph-permalink.ts";
import { type InstagramCredentials, request } from "./api.ts";
import { platform } from "./errors.ts";
import { published } from "./publish.ts";

type Instagram = Call<InstagramCredentials>;

interface Comment {
  readonly id: string;
  readonly text?: string;
  readonly timestamp: string;
  readonly username?: string;
}

/** A comment leaves no handle: it is looked for below its post. */
export async function findComment(
  { parent, variant, sentAt }: Question,
  call: Instagram,
): Promise<Published | Absent | Unknown> {
  if (!parent) return { state: "unknown" };
  const read = (after: string | undefined) => readComments(parent.externalId, after, call);
  const result = await unlessGone(() => searchBack(read, textWithLink(variant), sentAt));
  if (!result) return { state: "unknown" };
  const [comment, another] = result.found.filter((found) => found.byUs);
  if (!comment) return { state: result.isWhole ? "absent" : "unknown" };
  if (another) return { state: "unknown" };
  return published(comment.id, await permalinkOf(parent.externalId, call, platform), call);
}

/** https://developers.facebook.com/docs/instagram-platform/instagram-graph-api/reference/ig-media/comments (checked 2026-11) */
async function readComments(mediaId: string, after: string | undefined, call: Instagram) {
  const page = await request<GraphList<Comment>>(call, {
    method: "GET",
    path: `${mediaId}/comments`,
    query: { fields: "id,text,timestamp,username", limit: "50", ...(after !== undefined && { after }) },
  });
  const { handle } = call.account;
  const data = page.data.map((comment) => ({
    id: comment.id,
    text: comment.text ?? "",
    at: new Date(comment.timestamp),
    byUs: (comment.username ?? handle) === handle,
  }));
  return { ...page, data };
}
