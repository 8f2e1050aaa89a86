import type { PracticeNetwork, PracticePost, PracticeReply, PracticeRequest } from "../../practice/kit.ts";
import { type PracticeUser, usersOf } from "./practice-access.ts";
import { isId } from "./practice-ids.ts";
import { forbidden, invalidRequest, notFound } from "./practice-problems.ts";
import { summary, timelineBody } from "./practice-summary.ts";

const postParameters = ["tweet.fields", "post.fields"];
const timelineParameters = [
  "max_results",
  "pagination_token",
  "start_time",
  "end_time",
  "since_id",
  "until_id",
  "exclude",
  "expansions",
  "media.fields",
  "user.fields",
];

/** GET /2/tweets/:id */
export function readPost(
  _user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { params, query } = request;
  const { id = "" } = params;
  if (!isId(id))
    return invalidRequest(`The \`id\` query parameter value [${id}] does not match ^[0-9]{1,19}$`, { id });
  const strange = unknownParameter(query, postParameters);
  if (strange) return strange;
  const post = network.post(id);
  if (!post) return { status: 200, body: { errors: [notFound("tweet", id)] } };
  const asked = postParameters.flatMap((name) => query.get(name)?.split(",") ?? []);
  const metrics = asked.includes("public_metrics") ? { public_metrics: metricsOf(post, network) } : {};
  return { status: 200, body: { data: { ...summary(post, asked), ...metrics } } };
}

/** DELETE /2/tweets/:id */
export function deletePost(
  user: PracticeUser,
  { params }: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { id = "" } = params;
  const post = network.post(id);
  if (!post) return { status: 404, body: { ...notFound("tweet", id), status: 404 } };
  if (post.accountId !== user.id) return forbidden("You are not authorized to delete this Tweet.");
  network.remove(id);
  return { status: 200, body: { data: { deleted: true } } };
}

/** GET /2/users/:id/tweets: newest first, replies among them. */
export function readTimeline(
  _user: PracticeUser,
  request: PracticeRequest,
  network: PracticeNetwork,
): PracticeReply {
  const { id = "" } = request.params;
  const page = timelineQuery(request.query);
  if ("status" in page) return page;
  if (!usersOf(network).get(id)) return { status: 200, body: { errors: [notFound("user", id)] } };
  const { maxResults, startTime, endTime, sinceId, untilId, withReplies } = page;
  const found = network
    .posts(id)
    .filter(
      (post) =>
        post.createdAt >= startTime &&
        post.createdAt < endTime &&
        BigInt(post.id) > sinceId &&
        BigInt(post.id) < untilId &&
        (withReplies || post.replyTo === null),
    );
  const shown = found.slice(0, maxResults);
  const [newest, oldest] = [shown[0]?.id, shown.at(-1)?.id];
  const meta = {
    result_count: shown.length,
    ...(newest && { newest_id: newest, oldest_id: oldest }),
    ...(found.length > shown.length && { next_token: pageToken(oldest ?? "") }),
  };
  if (shown.length === 0) return { status: 200, body: { meta } };
  return { status: 200, body: { ...timelineBody(shown, request.query), meta } };
}

function timelineQuery(query: URLSearchParams) {
  const strange = unknownParameter(query, [...timelineParameters, ...postParameters]);
  if (strange) return strange;
  const maxResults = Number(query.get("max_results") ?? 10);
  if (!(maxResults >= 5 && maxResults <= 100))
    return invalidRequest(
      `The \`max_results\` query parameter value [${query.get("max_results")}] is not between 5 and 100`,
    );
  const [startTime, endTime] = [
    query.get("start_time") ?? "2010-11-06T00:00:00Z",
    query.get("end_time") ?? "9999-12-31T00:00:00Z",
  ];
  if (!isTime(startTime) || !isTime(endTime)) return invalidRequest("Invalid time: use RFC 3339");
  const token = query.get("pagination_token");
  const untilId = token === null ? (query.get("until_id") ?? "9".repeat(19)) : idInToken(token);
  const sinceId = query.get("since_id") ?? "0";
  if (!isId(untilId) || !isId(sinceId))
    return invalidRequest("A query parameter value does not match ^[0-9]{1,19}$");
  return {
    maxResults,
    startTime: new Date(startTime).toISOString(),
    endTime: new Date(endTime).toISOString(),
    sinceId: BigInt(sinceId),
    untilId: BigInt(untilId),
    withReplies: !query.get("exclude")?.split(",").includes("replies"),
  };
}

function unknownParameter(query: URLSearchParams, known: readonly string[]): PracticeReply | undefined {
  const name = [...query.keys()].find((key) => !known.includes(key));
  if (name === undefined) return undefined;
  return invalidRequest(`The query parameter [${name}] is not one of [id,${known}]`, {
    [name]: query.get(name),
  });
}

function isTime(value: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value))
  );
}

function metricsOf(post: PracticePost, network: PracticeNetwork) {
  const replies = usersOf(network)
    .list()
    .flatMap(([userId]) => network.posts(userId))
    .filter(({ replyTo }) => replyTo === post.id);
  return {
    repost_count: 0,
    retweet_count: 0,
    reply_count: replies.length,
    like_count: 0,
    quote_count: 0,
    bookmark_count: 0,
    impression_count: 0,
  };
}

/** Opaque to a client, as X's are. */
function pageToken(oldestId: string): string {
  return Buffer.from(`before ${oldestId}`).toString("hex");
}

function idInToken(token: string): string | undefined {
  return /^before (\d+)$/.exec(Buffer.from(token, "hex").toString())?.[1];
}
