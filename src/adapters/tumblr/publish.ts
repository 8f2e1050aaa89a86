import { isUrl } from "../../domain/is-url.ts";
import type { Variant } from "../../domain/post.ts";
import type { Pending, PublishCall, Published } from "../contract/adapter.ts";
import { multipart } from "../contract/multipart.ts";
import { createPost, type ShownPost, type TumblrCall, type TumblrCredentials } from "./api.ts";
import { contentOf, identifierOf } from "./blocks.ts";
import { tagsOf } from "./rules.ts";

/** How often to ask for a video that is still being processed. */
const checkAfterMs = 15_000;

/** One request with everything in it: Tumblr takes files nowhere else. A video is public only once it is processed. */
export async function publish(
  variant: Variant,
  call: PublishCall<TumblrCredentials>,
): Promise<Published | Pending> {
  const init = await requestFor(variant, call);
  const { id, state } = await call.commit(() => createPost(call, init));
  const isPublic = state === "published" || (state !== "transcoding" && !hasVideo(variant));
  return isPublic ? published({ id_string: id }, call) : transcoding(id);
}

/** Its id is for the time being: the post gets another when it becomes public. https://github.com/tumblr/TMTumblrSDK/issues/146 (checked 2026-11) */
export function transcoding(id: string): Pending {
  return { state: "pending", handle: id, checkAfterMs };
}

export function hasVideo({ media }: Variant): boolean {
  return media.some(({ kind }) => kind === "video");
}

/** The address Tumblr gives, or the one its own pages have. */
export function published(
  post: Pick<ShownPost, "id_string" | "post_url">,
  { account, baseUrl }: Pick<TumblrCall, "account" | "baseUrl">,
): Published {
  const { id_string: externalId, post_url: url = "" } = post;
  const isWeb = isUrl(url) && /^https?:/.test(url);
  const externalUrl = isWeb ? url : `${baseUrl.web}/${encodeURIComponent(account.handle)}/${externalId}`;
  return { state: "published", externalId, externalUrl };
}

/** https://www.tumblr.com/docs/en/api/v2#user-uploaded-media (checked 2026-11) */
async function requestFor(variant: Variant, call: TumblrCall): Promise<RequestInit> {
  const tags = tagsOf(variant).join(",");
  const json = JSON.stringify({ ...contentOf(variant), state: "published", ...(tags !== "" && { tags }) });
  if (variant.media.length === 0) return { headers: { "content-type": "application/json" }, body: json };
  const files = await Promise.all(
    variant.media.map(async ({ id, mimeType }, index) => {
      const identifier = identifierOf(index);
      const file = await call.media.open(id);
      // A slice reads nothing yet; it gives the part its type.
      const blob = file.slice(0, file.size, mimeType);
      return [identifier, { blob, name: `${identifier}.${mimeType.split("/")[1]}` }] as const;
    }),
  );
  const first = { blob: new Blob([json], { type: "application/json" }), name: "" };
  return { body: multipart({}, { json: first, ...Object.fromEntries(files) }) };
}
