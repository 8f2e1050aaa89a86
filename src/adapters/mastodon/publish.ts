import type { Variant } from "../../domain/post.ts";
import type { Call, PublishCall, Published } from "../contract/adapter.ts";
import { textWithLink } from "../contract/text.ts";
import { type MastodonCredentials, requestEntity, type Status } from "./api.ts";

/** One status. The server keeps the key for an hour and answers a repeated one with the first status. */
export async function publish(variant: Variant, call: PublishCall<MastodonCredentials>): Promise<Published> {
  const body = JSON.stringify(statusBody(variant, call));
  const status = await call.commit(() =>
    requestEntity<Status>(call, "/v1/statuses", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": call.deliveryKey },
      body,
    }),
  );
  return published(status, call);
}

// https://docs.joinmastodon.org/methods/statuses/#create (checked 2026-11)
function statusBody(variant: Variant, call: PublishCall<MastodonCredentials>): Record<string, unknown> {
  const { visibility, spoilerText, language } = variant.options;
  const mediaIds = call.prepared?.values.mediaIds;
  return {
    status: textWithLink(variant),
    ...(mediaIds && { media_ids: mediaIds.split(",") }),
    ...(call.parent && { in_reply_to_id: call.parent.externalId }),
    ...(visibility !== undefined && { visibility }),
    ...(spoilerText !== undefined && { spoiler_text: spoilerText }),
    ...(language !== undefined && { language }),
  };
}

/** Where the status is; its page on the web client where the server names none. */
export function published(status: Pick<Status, "id" | "url">, call: Call<MastodonCredentials>): Published {
  const url = status.url ?? "";
  const externalUrl = /^https?:\/\//.test(url)
    ? url
    : `${call.baseUrl.web}/web/statuses/${encodeURIComponent(status.id)}`;
  return { state: "published", externalId: status.id, externalUrl };
}
