import type { Absent, Call, Published, Question, Unknown } from "../contract/adapter.ts";
import { textWithLink } from "../contract/text.ts";
import { type TimelinePage, type TimelinePost, timeline, type XCredentials } from "./api.ts";
import { isSameText } from "./match.ts";
import { published } from "./publish.ts";
import { isId, madeAt } from "./snowflake.ts";

/** X's clock and ours may differ. */
const skewMs = 60_000;
const pageSize = 100;
/** X charges for every post read; nobody posts a thousand a day. */
const maxPages = 10;

/** Looks for the post among those the account made since it was sent; replies included. */
export async function reconcile(
  question: Question,
  call: Call<XCredentials>,
): Promise<Published | Absent | Unknown> {
  const since = new Date(question.sentAt.getTime() - skewMs);
  const posts = await postsSince(since, call);
  if (!posts) return { state: "unknown" };
  const [match, ...others] = posts.filter((post) => isOurs(post, question, since));
  if (!match) return { state: "absent" };
  return others.length === 0 ? published(match.id, call) : { state: "unknown" };
}

/** @returns undefined where X does not show all of them */
async function postsSince(since: Date, call: Call<XCredentials>): Promise<TimelinePost[] | undefined> {
  const query = new URLSearchParams({
    max_results: String(pageSize),
    start_time: `${since.toISOString().slice(0, 19)}Z`,
    exclude: "retweets",
  });
  const posts: TimelinePost[] = [];
  for (let page = 0; page < maxPages; page++) {
    const { data, meta } = await timeline(call, call.account.externalId, query);
    if (!isPage({ data, meta })) return undefined;
    posts.push(...(data ?? []));
    if (!meta?.next_token) return posts;
    query.set("pagination_token", meta.next_token);
  }
  return undefined;
}

/** An empty timeline comes without data but with a count; an account that is hidden from us with neither. */
function isPage({ data, meta }: { data: TimelinePage["data"]; meta: TimelinePage["meta"] }): boolean {
  return Array.isArray(data)
    ? data.every(({ id, text }) => isId(id) && typeof text === "string")
    : meta?.result_count === 0;
}

function isOurs(post: TimelinePost, { variant, parent }: Question, since: Date): boolean {
  if (madeAt(post.id) < since) return false;
  if (parent && isId(parent.externalId) && BigInt(post.id) <= BigInt(parent.externalId)) return false; // an answer is younger
  const sent = {
    text: textWithLink(variant),
    media: variant.media.length > 0,
    reply: variant.role !== "post",
  };
  return isSameText(sent, post.text);
}
