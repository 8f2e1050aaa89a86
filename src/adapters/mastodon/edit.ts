import type { Variant } from "../../domain/post.ts";
import type { Call } from "../contract/adapter.ts";
import { asPostGone } from "../contract/post-gone.ts";
import { textWithLink } from "../contract/text.ts";
import { type MastodonCredentials, requestEntity, type Status } from "./api.ts";

/**
 * The status anew: what is not sent again, files and warning among it, the server takes away.
 * https://docs.joinmastodon.org/methods/statuses/#edit,
 * https://github.com/mastodon/mastodon/blob/main/app/services/update_status_service.rb (checked 2026-11)
 * @throws PublishError; `post_gone`
 */
export async function edit(
  externalId: string,
  variant: Variant,
  call: Call<MastodonCredentials>,
): Promise<void> {
  const path = `/v1/statuses/${encodeURIComponent(externalId)}`;
  try {
    const status = await requestEntity<Status>(call, path);
    await requestEntity<Status>(call, path, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(changedBody(variant, status)),
    });
  } catch (error) {
    throw asPostGone(error, "Mastodon");
  }
}

function changedBody({ text, link, options }: Variant, status: Status): Record<string, unknown> {
  const language = options.language ?? status.language;
  return {
    status: textWithLink({ text, link }),
    spoiler_text: options.spoilerText ?? status.spoiler_text,
    sensitive: status.sensitive,
    media_ids: status.media_attachments.map(({ id }) => id),
    ...(language && { language }),
  };
}
