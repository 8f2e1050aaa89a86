import { PublishError } from "./publish-error.ts";

/**
 * What an edit throws in place of a `not_found`: platforms do not tell a post that is gone from another account's.
 * @returns any other error as it is
 */
export function asPostGone(error: unknown, platformName: string): unknown {
  if (!(error instanceof PublishError && error.detail.code === "not_found")) return error;
  return new PublishError(
    "invalid",
    `${platformName} no longer has this post, or it is not this account's, so its words stay as they are`,
    { ...error.detail, code: "post_gone" },
  );
}
