import type { Absent, Call, Pending, Published, Question, Unknown } from "../contract/adapter.ts";
import { unlessGone } from "../families/graph-gone.ts";
import { type GraphList, searchBack } from "../families/graph-match.ts";
import { type FacebookCredentials, type Node, request } from "./api.ts";
import { messageOf } from "./prepare.ts";
import { type Handle, handleOf, linkTo, published } from "./urls.ts";

type Facebook = Call<FacebookCredentials>;
type Answer = Published | Pending | Absent | Unknown;

const draftPatienceMs = 10 * 60_000;

/** A prepared post is asked itself; a comment is looked for below its post. */
export async function reconcile(question: Question, call: Facebook): Promise<Answer> {
  if (question.variant.role !== "post") return await findComment(question, call);
  const handle = handleOf(question.prepared, question.handle);
  return handle ? await askPrepared(handle, question, call) : { state: "unknown" };
}

async function askPrepared(handle: Handle, question: Question, call: Facebook): Promise<Answer> {
  const node = await unlessGone(() =>
    request<Node>(call, {
      method: "GET",
      path: handle.id,
      query: { fields: `${handle.switch},permalink_url` },
    }),
  );
  const isPublic = node?.[handle.switch];
  if (isPublic === true) return published(handle.id, node?.permalink_url, call);
  if (isPublic !== false) return { state: "unknown" };
  if (question.handle === undefined) return { state: "absent" };
  // Facebook said yes and still shows a draft: waiting may help, sending again may not.
  const waitedMs = call.now().getTime() - question.sentAt.getTime();
  return waitedMs < draftPatienceMs
    ? { state: "pending", handle: handle.id, checkAfterMs: 60_000 }
    : { state: "unknown" };
}

interface Comment {
  readonly id: string;
  readonly message?: string;
  readonly created_time: string;
  readonly permalink_url?: string;
  readonly from?: { readonly id?: string };
}

async function findComment({ parent, variant, sentAt }: Question, call: Facebook): Promise<Answer> {
  if (!parent) return { state: "unknown" };
  const read = (after: string | undefined) => readComments(parent.externalId, after, call);
  const result = await unlessGone(() => searchBack(read, messageOf(variant), sentAt));
  if (!result) return { state: "unknown" };
  const [comment, another] = result.found.filter((found) => found.byPage);
  if (!comment) return { state: result.isWhole ? "absent" : "unknown" };
  if (another) return { state: "unknown" };
  return published(comment.id, comment.permalink, call, linkTo(parent.externalId, call, comment.id));
}

async function readComments(postId: string, after: string | undefined, call: Facebook) {
  const page = await request<GraphList<Comment>>(call, {
    method: "GET",
    path: `${postId}/comments`,
    query: {
      fields: "id,message,created_time,permalink_url,from",
      filter: "stream",
      order: "reverse_chronological",
      limit: "100",
      ...(after !== undefined && { after }),
    },
  });
  const pageId = call.account.externalId;
  const data = page.data.map((comment) => ({
    id: comment.id,
    text: comment.message ?? "",
    at: new Date(comment.created_time),
    permalink: comment.permalink_url,
    byPage: (comment.from?.id ?? pageId) === pageId,
  }));
  return { ...page, data };
}
