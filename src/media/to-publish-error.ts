import { PublishError } from "../adapters/contract/publish-error.ts";
import { Refusal } from "../domain/refusal.ts";

/** What trouble with a file means for a delivery that needs it. Nothing was sent. */
export function toPublishError(error: unknown): never {
  if (!(error instanceof Refusal)) throw error;
  switch (error.code) {
    case "storage_unavailable":
      throw new PublishError("unavailable", "The bucket with the file cannot be reached", {
        code: "storage_unavailable",
        notSent: true,
      });
    case "unavailable":
      throw new PublishError("unavailable", "The file could not be opened just now", {
        code: "media_unavailable",
        notSent: true,
      });
    case "not_found":
      throw mediaMissing();
    default:
      throw new PublishError("invalid", error.message, { code: "media_unfit" });
  }
}

export function mediaMissing(): PublishError {
  return new PublishError("invalid", "The file of this post is not there any more: attach it again", {
    code: "media_missing",
  });
}
