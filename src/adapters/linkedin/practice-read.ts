import type { PracticeNetwork, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type Caller, reads, speaksFor } from "./practice-access.ts";
import { commentsBelow, postBy, postEntity } from "./practice-posts.ts";
import { denied, notFound, problem, wrong } from "./practice-replies.ts";

/** GET /rest/posts?q=author: newest first. */
export function listPosts(
  caller: Caller,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const author = query.get("author") ?? "";
  if (query.get("q") !== "author") return wrong("q");
  if (!["CREATED", "LAST_MODIFIED"].includes(query.get("sortBy") ?? "LAST_MODIFIED")) return wrong("sortBy");
  if (!reads(caller, author, network)) return denied("partnerApiPosts.FINDER-author");
  const [start, count] = [Number(query.get("start") ?? 0), Number(query.get("count") ?? 10)];
  if (!(count >= 1 && count <= 100)) return wrong("count");
  const posts = network.posts(author).filter(({ replyTo }) => replyTo === null);
  return {
    status: 200,
    body: {
      elements: posts.slice(start, start + count).map((post) => postEntity(post, network)),
      paging: { start, count, links: [] },
    },
  };
}

/** GET /rest/posts/:urn */
export function getPost(
  caller: Caller,
  { params: { urn = "" } }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const post = network.post(urn);
  if (!caller.scopes.includes("r_organization_social")) return denied("partnerApiPosts.GET");
  if (!post) return notFound(urn);
  if (!reads(caller, post.accountId, network)) return denied("partnerApiPosts.GET");
  return { status: 200, body: postEntity(post, network) };
}

/** DELETE /rest/posts/:urn, which may be repeated. What was said below it goes too. */
export function deletePost(
  caller: Caller,
  { params: { urn = "" } }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const post = postBy(urn, network);
  if (!post) return { status: 204 };
  if (!speaksFor(caller, post.accountId, network)) return denied("partnerApiPosts.DELETE");
  for (const comment of commentsBelow(post.id, network)) network.remove(comment.id);
  network.remove(post.id);
  return { status: 204 };
}

/** GET /rest/organizationalEntityShareStatistics. Nobody reads on the practice network. */
export function statistics(
  caller: Caller,
  { query }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const organizationalEntity = query.get("organizationalEntity") ?? "";
  if (!reads(caller, organizationalEntity, network))
    return denied("organizationalEntityShareStatistics.FINDER");
  const list = query.has("ugcPosts") ? "ugcPosts" : "shares";
  const urn = /^List\((.+)\)$/.exec(query.get(list) ?? "")?.[1] ?? "";
  if (!urn.startsWith(list === "shares" ? "urn:li:share:" : "urn:li:ugcPost:"))
    return problem(400, "INVALID_URN_TYPE", `${list} :: ${urn}`);
  const totalShareStatistics = {
    impressionCount: 0,
    uniqueImpressionsCount: 0,
    clickCount: 0,
    likeCount: 0,
    commentCount: commentsBelow(urn, network).length,
    shareCount: 0,
    engagement: 0,
  };
  const of = list === "shares" ? { share: urn } : { ugcPost: urn };
  return { status: 200, body: { elements: [{ organizationalEntity, ...of, totalShareStatistics }] } };
}
