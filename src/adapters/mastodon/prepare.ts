import type { Media, Variant } from "../../domain/post.ts";
import type { PrepareCall, Prepared } from "../contract/adapter.ts";
import { multipart } from "../contract/multipart.ts";
import { type MastodonCredentials, type MediaAttachment, request, requestEntity } from "./api.ts";

// Files that no post uses are removed after a day; the margin covers our own delays.
// https://github.com/mastodon/mastodon/blob/main/app/lib/vacuum/media_attachments_vacuum.rb (checked 2026-11)
export const preparedLifeMs = 20 * 60 * 60_000;
const pollAfterMs = 2000;
const never = "9999-12-31T00:00:00.000Z";

/** Uploads the files; `values` holds their ids in the order of the post, and those the server still works on. */
export async function prepare(variant: Variant, call: PrepareCall<MastodonCredentials>): Promise<Prepared> {
  if (variant.media.length === 0) return { values: {}, expiresAt: never };
  const { soFar } = call;
  if (soFar?.values.processing) return progress(soFar, soFar.values.processing.split(","), call);
  if (soFar) return soFar;
  const uploaded = await Promise.all(variant.media.map((item) => upload(item, call)));
  const processing = uploaded.filter(({ url }) => url === null).map(({ id }) => id);
  return prepared(
    uploaded.map(({ id }) => id).join(","),
    processing,
    new Date(call.now().getTime() + preparedLifeMs).toISOString(),
  );
}

async function progress(
  soFar: Prepared,
  ids: readonly string[],
  call: PrepareCall<MastodonCredentials>,
): Promise<Prepared> {
  const answers = await Promise.all(ids.map((id) => request(call, `/v1/media/${encodeURIComponent(id)}`)));
  const stillProcessing = ids.filter((_id, index) => answers[index]?.status === 206);
  return prepared(soFar.values.mediaIds ?? "", stillProcessing, soFar.expiresAt);
}

async function upload(item: Media, call: PrepareCall<MastodonCredentials>): Promise<MediaAttachment> {
  const extension = item.mimeType.split("/")[1] ?? "bin";
  const bytes = await call.media.open(item.id);
  const blob = bytes.slice(0, bytes.size, item.mimeType);
  return requestEntity<MediaAttachment>(call, "/v2/media", {
    method: "POST",
    body: multipart(item.altText === "" ? {} : { description: item.altText }, {
      file: { blob, name: `${item.id}.${extension}` },
    }),
  });
}

function prepared(mediaIds: string, processing: readonly string[], expiresAt: string): Prepared {
  if (processing.length === 0) return { values: { mediaIds }, expiresAt };
  return { values: { mediaIds, processing: processing.join(",") }, expiresAt, pollAfterMs };
}
