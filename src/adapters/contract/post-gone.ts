import { PublishError } from "./publish-error.ts";

/**
 * What an edit throws in place of "not found": platforms do not tell a post that is gone from another account's.
 * @param isGone how the adapter knows it
 * @returns any other error as it is
 */
export function asPostGone(
  error: unknown,
  platformName: string,
  isGone = (detail: PublishError["detail"]) => detail.code === "not_found",
): unknown {
  if (!(error instanceof PublishError && isGone(error.detail))) return error;
  return new PublishError(
    "invalid",
    `${platformName} no longer has this post, or it is not this account's, so its words stay as they are`,
    { ...error.detail, code: "post_gone" },
  );
}
