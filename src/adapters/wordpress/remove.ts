import { PublishError } from "../contract/publish-error.ts";
import { request, type WordPressCall } from "./api.ts";
import { pathOf } from "./outcome.ts";

/**
 * Moves the post or comment into the site's bin, from where it may be taken out again; deletes it where there is none.
 * https://developer.wordpress.org/rest-api/reference/posts/#delete-a-post (checked 2026-11)
 */
export async function remove(externalId: string, call: WordPressCall): Promise<void> {
  const path = pathOf(externalId);
  const code = await refusalCode(() => request(call, path, { method: "DELETE" }));
  if (code === "no_trash") await refusalCode(() => request(call, `${path}?force=true`, { method: "DELETE" }));
}

/** The reason why there is nothing more to do, or undefined when it was done. */
async function refusalCode(send: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    const code = error instanceof PublishError ? error.detail.code : undefined;
    if (code === "not_found" || code === "no_trash") return code;
    throw error;
  }
}
