import type { PracticeNetwork, PracticePost, PracticeReply } from "../../practice/kit.ts";

export interface Account {
  readonly id: string;
  readonly username: string;
  readonly name: string;
}

/** What a status remembers beside its post. */
export interface StatusRecord {
  readonly mediaIds: readonly string[];
}

/** Error bodies: https://docs.joinmastodon.org/entities/Error/ (checked 2026-11) */
export function problem(status: number, error: string): PracticeReply {
  return { status, body: { error } };
}

export function unauthorized(): PracticeReply {
  return problem(401, "The access token is invalid");
}

export function notFound(): PracticeReply {
  return problem(404, "Record not found");
}

// https://docs.joinmastodon.org/entities/Account/ (checked 2026-11)
export function accountEntity(account: Account, network: PracticeNetwork): Record<string, unknown> {
  return {
    id: account.id,
    username: account.username,
    acct: account.username,
    display_name: account.name,
    url: `${network.baseUrl}/@${account.username}`,
  };
}

// https://docs.joinmastodon.org/entities/Status/ (checked 2026-11)
export function statusEntity(post: PracticePost, network: PracticeNetwork): Record<string, unknown> {
  const url = `${network.baseUrl}/@${post.handle}/${post.id}`;
  const { mediaIds = [] } = network.collection<StatusRecord>("statuses").get(post.id) ?? {};
  const replies = network.posts(post.accountId).filter(({ replyTo }) => replyTo === post.id);
  return {
    id: post.id,
    uri: url,
    url,
    created_at: post.createdAt,
    edited_at: post.extra.editedAt ?? null,
    in_reply_to_id: post.replyTo,
    sensitive: Boolean(post.extra.spoilerText),
    spoiler_text: post.extra.spoilerText ?? "",
    visibility: post.extra.visibility ?? "public",
    language: post.extra.language ?? null,
    content: contentOf(post.text),
    account: accountEntity({ id: post.accountId, username: post.handle, name: post.name }, network),
    media_attachments: post.media.map(({ url: file, kind, altText }, index) => ({
      id: mediaIds[index] ?? String(index),
      type: kind,
      url: file,
      description: altText || null,
    })),
    replies_count: replies.length,
    reblogs_count: 0,
    favourites_count: 0,
  };
}

/** The text as Mastodon marks it up: paragraphs, breaks, and addresses of which only a part is shown. */
function contentOf(text: string): string {
  if (text === "") return "";
  const escaped = text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/'/g, "&#39;");
  const linked = escaped.replace(
    /(https?:\/\/)((?:(?!&quot;|&#39;|&lt;|&gt;)\S){1,30})((?:(?!&quot;|&#39;|&lt;|&gt;)\S)*)/g,
    (whole, scheme, shown, rest) =>
      `<a href="${whole}" target="_blank" rel="nofollow noopener" translate="no"><span class="invisible">${scheme}</span><span class="${rest ? "ellipsis" : ""}">${shown}</span><span class="invisible">${rest}</span></a>`,
  );
  return `<p>${linked.replace(/\n{2,}/g, "</p><p>").replace(/\n/g, "<br />")}</p>`;
}
