import type { Call } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import type { SourcePost } from "../contract/source-post.ts";
import { isGone, type Post } from "./api.ts";
import { readFile, readImages } from "./files.ts";
import { filesOf } from "./match.ts";
import { postsSince, publishedAt } from "./own-posts.ts";
import { published } from "./publish.ts";
import type { LinkedInCredentials } from "./request.ts";
import { plainText } from "./text.ts";
import { isOrganization } from "./urns.ts";

type LinkedIn = Call<LinkedInCredentials>;

const maxPosts = 100;
/** Not all that stands on the first is public. */
const maxPages = 2;
/** Keeps the address of a request within a few kilobytes. */
const imagesAtOnce = 50;

/** What a page posted. A member's posts are hidden from apps, which must not look like there being none. */
export async function recent(since: Date, call: LinkedIn): Promise<readonly SourcePost[]> {
  if (!isOrganization(call.account.externalId))
    throw new PublishError(
      "forbidden",
      "LinkedIn shows apps what a page posted, not what a member posted: a member's posts cannot be shared on from here",
      { code: "member_not_readable" },
    );
  const { posts } = await postsSince(since, maxPages, call);
  const isPublic = ({ lifecycleState = "PUBLISHED" }: Post) => lifecycleState === "PUBLISHED";
  const shown = posts.filter(isPublic).slice(0, maxPosts);
  const urls = await addressesOf(shown.flatMap(filesOf), call);
  return shown.map((post) => sourcePost(post, urls, call));
}

function sourcePost(post: Post, urls: ReadonlyMap<string, string>, call: LinkedIn): SourcePost {
  const { externalId, externalUrl } = published(post.id, call);
  return {
    externalId,
    externalUrl,
    text: plainText(post.commentary ?? ""),
    link: post.content?.article?.source ?? null,
    media: mediaOf(post, urls),
    language: null,
    createdAt: publishedAt(post),
    isReply: false,
    isRepost: post.reshareContext !== undefined,
  };
}

function mediaOf(post: Post, urls: ReadonlyMap<string, string>): SourcePost["media"] {
  const { media, multiImage } = post.content ?? {};
  const described = new Map((multiImage?.images ?? [media]).map((item) => [item?.id, item?.altText ?? ""]));
  return filesOf(post).map((urn) => {
    const kind = urn.startsWith("urn:li:video:") ? "video" : "image";
    return { url: urls.get(urn) ?? null, kind, altText: described.get(urn) ?? "" };
  });
}

async function addressesOf(urns: readonly string[], call: LinkedIn): Promise<Map<string, string>> {
  const urls = new Map<string, string>();
  const note = (urn: string, url = "") => /^https?:\/\//.test(url) && urls.set(urn, url);
  const images = urns.filter((urn) => urn.startsWith("urn:li:image:"));
  for (let at = 0; at < images.length; at += imagesAtOnce) {
    const found = await readImages(call, images.slice(at, at + imagesAtOnce));
    for (const [urn, file] of Object.entries(found)) note(urn, file.downloadUrl);
  }
  for (const urn of urns.filter((each) => !images.includes(each))) {
    const file = await readFile(call, urn).catch((error: unknown) => {
      if (isGone(error)) return { downloadUrl: "" };
      throw error;
    });
    note(urn, file.downloadUrl);
  }
  return urls;
}
