import type { Call } from "../contract/adapter.ts";
import type { SourcePost } from "../contract/source-post.ts";
import type { MastodonCredentials, Status } from "./api.ts";
import { ownStatuses } from "./own-statuses.ts";
import { published } from "./publish.ts";
import { plainText } from "./text.ts";

type Mastodon = Call<MastodonCredentials>;

const most = 100;
const maxPages = 5;

/** Our own statuses, replies among them, boosts not. What is not for everyone is not for mirroring either. */
export async function recent(since: Date, call: Mastodon): Promise<readonly SourcePost[]> {
  const found: Status[] = [];
  let before: string | undefined;
  for (let page = 0; page < maxPages && found.length < most; page++) {
    const statuses = await ownStatuses(call, before);
    const young = statuses.filter(({ created_at }) => Date.parse(created_at) >= since.getTime());
    found.push(...young.filter(({ visibility }) => visibility === "public" || visibility === "unlisted"));
    before = statuses.at(-1)?.id;
    if (young.length < statuses.length || before === undefined) break;
  }
  return found.slice(0, most).map((status) => sourcePost(status, call));
}

function sourcePost(status: Status, call: Mastodon): SourcePost {
  const { spoiler_text: warning, content } = status;
  return {
    externalId: status.id,
    externalUrl: published(status, call).externalUrl,
    // The warning in front of it belongs to what is said.
    text: [warning, plainText(content)].filter((part) => part !== "").join("\n\n"),
    link: null,
    media: status.media_attachments.flatMap(fileOf),
    language: status.language ?? null,
    createdAt: new Date(status.created_at),
    isReply: status.in_reply_to_id !== null,
    isRepost: false,
  };
}

/** Sound, and what the server does not know, are left out. https://docs.joinmastodon.org/entities/MediaAttachment/ (checked 2026-11) */
function fileOf({ type, url, description }: Status["media_attachments"][number]): SourcePost["media"] {
  const kind = type === "image" ? "image" : type === "video" || type === "gifv" ? "video" : undefined;
  return kind ? [{ url: url || null, kind, altText: description ?? "" }] : [];
}
