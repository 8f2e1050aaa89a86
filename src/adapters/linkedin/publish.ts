import { isUrl } from "../../domain/is-url.ts";
import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { PublishError } from "../contract/publish-error.ts";
import { type Content, createComment, createPost, type NewPost } from "./api.ts";
import { fileUrnsOf } from "./prepare.ts";
import type { LinkedInCredentials } from "./request.ts";
import { littleText, textOf } from "./text.ts";
import { commentIn } from "./urns.ts";

type LinkedIn = PublishCall<LinkedInCredentials>;

export async function publish(variant: Variant, call: LinkedIn): Promise<Published> {
  const urn =
    variant.role === "post" ? await publishPost(variant, call) : await publishComment(variant, call);
  return published(urn, call);
}

/** An address that LinkedIn leads on from, built from URNs alone. */
export function published(urn: string, call: Pick<Call<unknown>, "baseUrl">): Published {
  const comment = commentIn(urn);
  const path = comment ? `${comment.thread}?commentUrn=${encodeURIComponent(urn)}` : urn;
  return { state: "published", externalId: urn, externalUrl: `${call.baseUrl.web}/feed/update/${path}` };
}

async function publishPost(variant: Variant, call: LinkedIn): Promise<string> {
  const fileUrns = fileUrnsOf(call.prepared);
  if (fileUrns.length !== variant.media.length)
    throw new PublishError("unavailable", "The files of this post are not on LinkedIn yet", {
      notSent: true,
    });
  const content = contentOf(variant, fileUrns);
  const { visibility } = variant.options;
  const post: NewPost = {
    author: call.account.externalId,
    commentary: littleText(textOf(variant)),
    visibility: typeof visibility === "string" ? visibility : "PUBLIC",
    distribution: { feedDistribution: "MAIN_FEED", targetEntities: [], thirdPartyDistributionChannels: [] },
    ...(content && { content }),
    lifecycleState: "PUBLISHED",
    isReshareDisabledByAuthor: false,
  };
  return call.commit(() => createPost(call, post));
}

/** LinkedIn fetches nothing from a link's page: without a title of its own an article shows none. */
function contentOf({ media, link, options }: Variant, fileUrns: readonly string[]): Content | undefined {
  const title = typeof options.title === "string" && options.title !== "" ? options.title : undefined;
  const [first, ...others] = media.map(({ kind, altText }, index) => ({
    id: fileUrns[index] ?? "",
    ...(kind === "image" && altText !== "" && { altText }),
  }));
  if (!first) return link === null ? undefined : { article: { source: link, title: title ?? hostOf(link) } };
  if (others.length > 0) return { multiImage: { images: [first, ...others] } };
  const isTitled = media[0]?.kind === "video" && title !== undefined;
  return { media: { ...first, ...(isTitled && { title }) } };
}

function hostOf(link: string): string {
  return isUrl(link) ? new URL(link).host : link;
}

async function publishComment(variant: Variant, call: LinkedIn): Promise<string> {
  const { parent } = call;
  if (!parent)
    throw new PublishError("invalid", "A comment needs the LinkedIn post it belongs to", { notSent: true });
  const text = textOf(variant);
  return call.commit(() => createComment(call, parent.externalId, text).catch(inCommentWords));
}

/** Seen with the permissions every app gets; commenting needs those of LinkedIn's Community Management product (checked 2026-11) */
function inCommentWords(error: unknown): never {
  if (!(error instanceof PublishError) || error.detail.code !== "access_denied") throw error;
  throw new PublishError(
    "forbidden",
    "LinkedIn does not let this login comment, so the first comment is missing below the post: write it by hand, or ask LinkedIn for the Community Management product and connect again",
    { ...error.detail, code: "comment_not_permitted" },
  );
}
