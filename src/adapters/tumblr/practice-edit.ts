import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import type { PracticeBlog } from "./practice-access.ts";
import { mediaOf } from "./practice-content.ts";
import { parse, shown } from "./practice-create.ts";
import { stored } from "./practice-files.ts";
import { entity } from "./practice-read.ts";
import { answer, notFound } from "./practice-replies.ts";
import { recordsOf } from "./practice-state.ts";

/** GET /v2/blog/{blog}/posts/{id}: a post to be edited */
export function readPost(
  blog: PracticeBlog,
  { params: { id = "" } }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const post = network.post(id);
  if (post?.accountId !== blog.uuid) return notFound("post");
  return answer(200, { ...entity(post, blog, network), id });
}

/** PUT /v2/blog/{blog}/posts/{id}: what is not sent again is gone. */
export async function editPost(
  blog: PracticeBlog,
  request: PracticeRequest,
  network: PracticeNetwork,
): Promise<PracticeReply> {
  const { id = "" } = request.params;
  const record = recordsOf(network).get(id);
  if (!record || network.post(id)?.accountId !== blog.uuid) return notFound("post");
  const body = parse(
    request,
    record.content.map((block) => mediaOf(block)?.url),
  );
  if ("status" in body) return body;
  const content = await stored(body.content, request.files, network);
  if ("status" in content) return content;
  const post = network.post(id);
  if (!post) return notFound("post"); // it was deleted while files were looked at
  recordsOf(network).put(id, { ...record, ...body, content });
  const { extra, ...changes } = shown(content, body.tags);
  const { title, tags } = post.extra;
  const gone = { ...(title !== undefined && { title: "" }), ...(tags !== undefined && { tags: "" }) };
  network.edit(post, { ...changes, extra: { ...gone, ...extra } });
  return answer(200, { id });
}
