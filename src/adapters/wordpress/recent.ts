import { decodeEntities } from "../../markup/entities.ts";
import { mediaIn } from "../../markup/media-in.ts";
import { plainText } from "../../markup/plain-text.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { requestList, type WordPressCall } from "./api.ts";

type Media = SourcePost["media"][number];

interface Article {
  readonly id: number;
  readonly link: string;
  /** Without a zone. */
  readonly date_gmt: string;
  readonly title: { readonly rendered: string };
  readonly content: { readonly rendered: string; readonly protected?: boolean };
  readonly _embedded?: {
    readonly "wp:featuredmedia"?: readonly { readonly source_url?: string; readonly alt_text?: string }[];
  };
}

/**
 * The user's public posts: title and text, the featured picture and the pictures and videos of the text. What lies
 * behind a password stays there.
 * https://developer.wordpress.org/rest-api/reference/posts/#list-posts (checked 2026-11)
 */
export async function recent(since: Date, call: WordPressCall): Promise<SourcePost[]> {
  const query = new URLSearchParams({
    author: call.account.externalId,
    after: new Date(since.getTime() - 1000).toISOString(), // WordPress knows no parts of a second
    status: "publish",
    orderby: "date",
    order: "desc",
    per_page: "100",
    _embed: "wp:featuredmedia",
    _fields: "id,link,date_gmt,title,content,_links,_embedded",
  });
  const articles = await requestList<Article>(call, `/posts?${query}`);
  return articles.filter(({ content }) => content.protected !== true).map(sourcePost);
}

function sourcePost({ id, link, date_gmt, title, content, _embedded }: Article): SourcePost {
  const words = [plainText(title.rendered), plainText(content.rendered)];
  return {
    externalId: String(id),
    externalUrl: link,
    text: words.filter((text) => text !== "").join("\n\n"),
    link: null,
    media: unique([...featured(_embedded?.["wp:featuredmedia"] ?? []), ...mediaIn(content.rendered)]),
    language: null,
    createdAt: new Date(`${date_gmt}Z`),
    isReply: false,
    isRepost: false,
  };
}

function featured(
  attachments: readonly { readonly source_url?: string; readonly alt_text?: string }[],
): Media[] {
  return attachments.flatMap(({ source_url: url, alt_text: altText = "" }) =>
    url === undefined ? [] : [{ url, kind: "image" as const, altText: decodeEntities(altText) }],
  );
}

/** WordPress shows a picture in several sizes, each a file of its own (`well-300x300.jpg`): the first that is met stands for all. */
function unique(media: readonly Media[]): Media[] {
  const web = media.filter(({ url }) => /^https?:\/\//.test(url ?? ""));
  const files = web.map(({ url }) => url?.replace(/-\d+x\d+(?=\.\w+$)/, ""));
  return web.filter((_, index) => files.indexOf(files[index]) === index);
}
